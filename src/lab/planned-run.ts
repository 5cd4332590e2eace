import type { Renames } from "../nbft/write/rename.ts";
import type { BootFacts } from "../predict/facts.ts";
import type { LabManifest } from "../verify/evidence.ts";
import type { Speed } from "./acceleration.ts";
import type { LabBuild } from "./build.ts";
import type { FirmwareChoice } from "./firmware.ts";
import type { FirmwareBoot } from "./firmware-boot/firmware-boot.ts";
import type { SystemToBoot } from "./image/open-system.ts";
import type { Work } from "./parts.ts";
import type { RunOptions } from "./run-options.ts";
import type { RunSecurity } from "./security.ts";
import type { MachineEnd } from "./session.ts";
import type { Remark } from "./topology/remark.ts";
import type { LabTopology } from "./topology/topology.ts";

/** A boot that took place. */
export interface RunResult {
  /** What `verify` reads. */
  readonly evidence: Uint8Array;
  /** What the lab says about the run; it is in the evidence, too. */
  readonly manifest: LabManifest;
  /** How the host's machine ended. */
  readonly ended: MachineEnd;
  /** How fast this machine runs guests. */
  readonly speed: Speed;
  /** What of the tables could not be built as it is. */
  readonly remarks: readonly Remark[];
  /** What was seen of a firmware's boot, as `nbft predict --facts` takes it. */
  readonly facts?: BootFacts | undefined;
  /** Folder with consoles and QEMU's own messages; it is there when it was to be kept or the run did not end well. */
  readonly folder: string | undefined;
}

/** Everything that is known about a run before its machines start. */
export interface Run {
  readonly options: RunOptions;
  readonly work: Work;
  readonly qemu: string;
  readonly folder: string;
  readonly tables: readonly Uint8Array[];
  /** What stands in the places of the given tables' names and addresses. */
  readonly names: Renames;
  readonly build: LabBuild;
  readonly speed: Speed;
  readonly topology: LabTopology;
  readonly security: RunSecurity | undefined;
  readonly firmware: FirmwareChoice;
  readonly remarks: readonly Remark[];
  readonly firmwareBoot: FirmwareBoot | undefined;
  /** The user's own system, open. */
  readonly system: SystemToBoot | undefined;
  /** How the machine spoiled the run before this one. */
  readonly spoiled: string | undefined;
}
