import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { encodeCpio } from "../acpi/cpio.ts";
import { initrdTablePath } from "../acpi/initrd.ts";
import { LabError } from "./errors.ts";
import { appendArchives } from "./initrd-file.ts";
import { configOverlay, hookOverlay } from "./initrds.ts";
import { diskArguments, hostNics, machineArguments, type Wiring } from "./machines.ts";
import type { Run } from "./planned-run.ts";
import { rootUuid } from "./root-image.ts";
import { hostKeys } from "./security.ts";
import { leanTcgProfile, tcgProfile } from "./tcg-profile.ts";

/** QEMU's arguments for the host: a kernel with the table beside it. Its files are put into the run's folder. */
export function hostMachine(run: Run, commandLine: string, wiring: Wiring): string[] {
  const { options, build, folder, topology, tables, firmware } = run;
  const quick = options.depth === "read" || options.depth === "connect";
  const { system } = run;
  const base = options.initrd ?? system?.kernel?.initrd ?? (quick ? build.hostInitrd : build.dracutInitrd);
  if (base === undefined) throw new LabError("there is no initramfs made by dracut");
  const read = options.depth === "read";
  const config = (read ? topology.hostConfig.filter((line) => line !== "connect") : topology.hostConfig).join("\n");
  const own =
    options.initrd === undefined && quick ? configOverlay("etc/nbft/host.conf", `${config}\n`) : hookOverlay();
  const overlays = (options.overlays ?? []).map((file): Uint8Array => readFileSync(file));
  const early = options.via === "initrd" ? [tableArchive(tables)] : [];
  const tls = quick && build.tlsInitrd !== undefined ? [readFileSync(build.tlsInitrd)] : [];
  const keys = run.security && hostKeys(run.security, tables);
  appendArchives(folder, "host.initrd", base, [...tls, own, ...overlays, ...(keys ? [keys] : [])], early);
  const inject: string[] = [];
  if (options.via === "acpitable")
    for (const [i, bytes] of tables.entries()) {
      writeFileSync(join(folder, `nbft${i}.bin`), bytes);
      inject.push("-acpitable", `file=nbft${i}.bin`);
    }
  return machineArguments({
    name: "host",
    machine: topology.machine,
    acceleration: run.speed.acceleration,
    memory: options.memory ?? (quick ? 320 : system ? 1024 : 768),
    cpus: 2,
    kernel: options.kernel ?? system?.kernel?.image ?? kernelOf(run, firmware.name === "seabios"),
    initrd: "host.initrd",
    commandLine,
    serialReport: options.serialReport,
    more: [...firmware.prepare(folder), ...inject, ...hostDevices(run, wiring)],
  });
}

/** The lab's kernel: where its instructions are emulated and QEMU's own firmware starts it, unpacked. */
export function kernelOf({ build, speed, options }: Run, seabios: boolean): string {
  const emulated = speed.acceleration === "tcg" && !options.exactCommandLine;
  return emulated && seabios && statSync(build.kernelElf).size > 0 ? build.kernelElf : build.kernel.image;
}

/** What every host has: the cards that the tables name, disks of its own, and the user's own words. */
export function hostDevices({ options, topology }: Run, wiring: Wiring): string[] {
  return [
    ...hostNics(topology.nics, topology.links, topology.buses, topology.machine, wiring, options.nicModel),
    ...(options.disks ?? []).flatMap((file, i) => diskArguments(file, i)),
    ...(options.qemuArguments ?? []),
  ];
}

/** The host's command line. Nothing on it turns NBFT on, and nothing says what the table is to say. */
export function hostCommandLine(run: Run, nonce: string): string {
  const { options } = run;
  const words = [
    "console=ttyS0",
    "panic=-1",
    `nbft.nonce=${nonce}`,
    "nbft.serial=ttyS1",
    options.exactCommandLine ? "" : (options.depth === "os" ? tcgProfile : leanTcgProfile)(run.speed).trim(),
  ];
  if (options.depth === "dracut" || options.depth === "os") {
    words.push("nbft.journal=all", "nbft.poweroff", options.commandLine ?? rootWords(run));
    if (!options.exactCommandLine)
      words.push("quiet", "rd.skipfsck", "rd.retry=30", "rd.shell=0", "rd.emergency=poweroff");
  } else words.push("quiet", options.commandLine ?? "");
  // Who started nvme is a claim. The kernel keeps the record from its start: later it would have to patch itself.
  if (!options.exactCommandLine)
    words.push("trace_event=sched:sched_process_exec,sched:sched_process_fork,printk:console");
  if (options.faults?.includes("no-cipher")) words.push("module_blacklist=gcm");
  words.push(options.append ?? "");
  return words.filter(Boolean).join(" ");
}

/** What is said about root: by the disk's own menu, which firmware starts, or as that menu says it. */
function rootWords({ options, system, firmwareBoot }: Run): string {
  if (system?.menu) return firmwareBoot ? "" : system.menu.commandLine.replace(/\bconsole=\S+ ?/g, "");
  return `root=UUID=${rootUuid} ${options.depth === "os" ? "rw" : "ro init=/nbft-init"}`;
}

/** The archive that Linux takes tables from, which has to come first and be uncompressed. */
function tableArchive(tables: readonly Uint8Array[]): Uint8Array {
  return encodeCpio(tables.map((data, i) => ({ name: `${initrdTablePath}nbft${i}.aml`, data })));
}
