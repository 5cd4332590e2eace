import { existsSync } from "node:fs";
import { resolve } from "node:path";
import type { BootTarget } from "../boot/description.ts";
import type { PathSecrets } from "../secrets/nvme-config.ts";
import { LabError } from "./errors.ts";
import type { FirmwareBootRequest } from "./firmware-boot/firmware-boot.ts";
import type { BuildOptions } from "./parts.ts";
import type { Fault } from "./topology/topology.ts";

/** All of them, from the shortest boot. */
export const depths = ["read", "connect", "dracut", "os"] as const;

/** How much of a boot is run. */
export type Depth = (typeof depths)[number];

/** What to boot, and how. */
export interface RunOptions {
  /** Contents of the tables that the host gets, in the order in which Linux numbers them. */
  readonly tables: readonly Uint8Array[];
  /** `read` the tables, `connect` with nvme-cli, boot by `dracut`, or a whole system (`os`). */
  readonly depth: Depth;
  /** How the tables get into the host; not used with `firmwareBoot`. */
  readonly via: "acpitable" | "initrd";
  /** `seabios`, `ovmf`, or `CODE[:VARS]`. */
  readonly firmware: string;
  /** Which parts the lab is made from; how far it is built follows from `depth`. */
  readonly build: Omit<BuildOptions, "depth">;
  /** The user's own kernel and initramfs for the host; the initramfs gets report hooks appended and is not changed otherwise. */
  readonly kernel?: string | undefined;
  /** The user's own initramfs, for the depths `dracut` and `os`. */
  readonly initrd?: string | undefined;
  /** Archives that are appended to the host's initramfs. */
  readonly overlays?: readonly string[] | undefined;
  /** Takes the place of what the lab puts on the host's command line for the root file system. */
  readonly commandLine?: string | undefined;
  /** Added to the host's command line. */
  readonly append?: string | undefined;
  /** Nothing is put on the command line to make an emulated guest faster. */
  readonly exactCommandLine?: boolean | undefined;
  /** A whole system to boot: a folder or tar with its files, or a disk image, raw or qcow2, which is never written to. */
  readonly system?: string | undefined;
  /**
   * Whether the run gets names and addresses of its own in the places of the table's: what was baked into an image cannot know them. Default true;
   * never for a target that runs elsewhere, attempts that somebody else wrote, or keys in an initramfs, which are filed by name.
   */
  readonly shuffle?: boolean | undefined;
  /** What is made to go wrong on purpose; nothing unless given. */
  readonly faults?: readonly Fault[] | undefined;
  /** Images of disks that the host has of its own; never written to. */
  readonly disks?: readonly string[] | undefined;
  /** Targets of the boot description that the table was made from, with full paths of their images. */
  readonly described?: readonly BootTarget[] | undefined;
  /**
   * Keys of host and target where the target is to demand authentication; made for the run where a table asks for it and none are given. They are in no
   * evidence.
   */
  readonly secrets?: PathSecrets | undefined;
  /** A target that runs already, ADDRESS and PORT as seen from this machine. */
  readonly target?: { readonly address: string; readonly port: number } | undefined;
  /** QEMU's model of the host's network cards; virtio unless given. */
  readonly nicModel?: string | undefined;
  /** Megabytes of the host's memory. */
  readonly memory?: number | undefined;
  /** More arguments for the host's QEMU. */
  readonly qemuArguments?: readonly string[] | undefined;
  /** Path of `qemu-system-x86_64`; the one in PATH unless given. */
  readonly qemu?: string | undefined;
  /** Join the machines by TCP, as an old QEMU has to. */
  readonly socketNetwork?: boolean | undefined;
  /** Take the host's report from its second serial port, as from a guest without virtio. */
  readonly serialReport?: boolean | undefined;
  /** Seconds by the clock on the wall that the host may run; by default a multiple of what the probe took, stretched by the load. */
  readonly timeout?: number | undefined;
  /** The firmware itself connects, loads the kernel and publishes the table. */
  readonly firmwareBoot?: FirmwareBootRequest | undefined;
  /** Keep the folder of the run even if all went well. */
  readonly keep?: boolean | undefined;
  /** Called with each piece of the host's console. */
  readonly onConsole?: ((piece: Uint8Array) => void) | undefined;
}

/** Options with the full paths of all files: QEMU runs in a folder of its own. */
export function withFullPaths(options: RunOptions): RunOptions {
  const full = (path: string | undefined) => path && existing(resolve(path));
  const { firmwareBoot } = options;
  return {
    ...options,
    kernel: full(options.kernel),
    initrd: full(options.initrd),
    overlays: options.overlays?.map((path) => existing(resolve(path))),
    system: options.system && resolve(options.system),
    disks: options.disks?.map((path) => existing(resolve(path))),
    firmwareBoot: firmwareBoot && {
      ...firmwareBoot,
      folder: resolve(firmwareBoot.folder),
    },
    build: {
      ...options.build,
      cache: resolve(options.build.cache),
      kernel: full(options.build.kernel),
      modules: full(options.build.modules),
      busybox: full(options.build.busybox),
      nvme: full(options.build.nvme),
    },
  };
}

/** @throws {LabError} for a file that is missing, before anything is built or started. */
function existing(path: string): string {
  if (!existsSync(path)) throw new LabError(`${path}: there is no such file`);
  return path;
}
