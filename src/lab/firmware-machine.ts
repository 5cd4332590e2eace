import { readFileSync, renameSync } from "node:fs";
import { join } from "node:path";
import { LabError } from "./errors.ts";
import {
  type FirmwareBoot,
  firmwareArguments,
  forgetBootOptions,
  namespaceImage,
  programmingArguments,
} from "./firmware-boot/firmware-boot.ts";
import { findGrub } from "./firmware-boot/loader.ts";
import { debugLog } from "./firmware-boot/watch.ts";
import { hostDevices } from "./host-machine.ts";
import { configOverlay, hookOverlay } from "./initrds.ts";
import { machineArguments, type Wiring } from "./machines.ts";
import type { Run } from "./planned-run.ts";
import { lastLine, startMachine } from "./session.ts";

/** The disk that the firmware boots from where the user has none: GRUB, the kernel, and an initramfs with the run's report hooks. */
export async function firmwareImage(run: Run, firmware: FirmwareBoot, commandLine: string): Promise<string> {
  const { options, build, folder, topology, work } = run;
  const quick = options.depth === "connect" && options.initrd === undefined;
  const base = options.initrd ?? (quick ? build.hostInitrd : build.dracutInitrd);
  if (base === undefined) throw new LabError("there is no initramfs made by dracut");
  const own = quick ? configOverlay("etc/nbft/host.conf", `${topology.hostConfig.join("\n")}\n`) : hookOverlay();
  const overlays = (options.overlays ?? []).map((file): Uint8Array => readFileSync(file));
  const root = quick ? undefined : (build.systemImage ?? build.rootImage);
  const kernel = options.kernel ?? build.kernel.image;
  const grub = await findGrub({ ...options.build, depth: "connect" }, work);
  return namespaceImage(firmware, { grub, kernel, base, behind: [own, ...overlays], commandLine, root }, folder, work);
}

/** The boot before the boot: the firmware's own tool stores the attempts. */
export async function programFirmware(run: Run, firmware: FirmwareBoot): Promise<void> {
  const { folder, work, qemu, speed } = run;
  const args = machineArguments({
    name: "program",
    machine: "q35",
    acceleration: speed.acceleration,
    memory: 512,
    cpus: 1,
    more: programmingArguments(firmware, folder),
  });
  const machine = startMachine("program", qemu, args, folder, work.children);
  const limit = 60 + 20 * speed.seconds;
  work.progress({
    step: "program the firmware",
    detail: `its shell runs NvmeOfCli.efi, at most ${Math.round(limit)} s`,
  });
  const ended = await machine.end(limit);
  if (ended !== "powered off")
    throw new LabError(`the firmware's shell did not come to its end (${ended}): ${lastLine(machine)}`);
  forgetBootOptions(folder);
  // The boot to come is checked by its own log.
  renameSync(join(folder, debugLog), join(folder, "program.debug"));
}

/** A host without kernel: what it boots, its firmware has to fetch. */
export function firmwareHost(run: Run, firmware: FirmwareBoot, wiring: Wiring): string[] {
  const { folder } = run;
  return machineArguments({
    name: "host",
    machine: "q35",
    acceleration: run.speed.acceleration,
    memory: hostMemory(run),
    cpus: 2,
    more: [...firmwareArguments(firmware, folder), ...hostDevices(run, wiring)],
  });
}

/** Megabytes of a host that boots from its firmware. */
export function hostMemory({ options }: Run): number {
  return options.memory ?? 1024;
}
