import { randomBytes } from "node:crypto";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { availableParallelism, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { encodeCpio } from "../acpi/cpio.ts";
import { initrdTablePath } from "../acpi/initrd.ts";
import type { BootTarget } from "../boot/description.ts";
import { readNbft } from "../nbft/read.ts";
import type { LabManifest } from "../verify/evidence.ts";
import { encodeReport } from "../verify/report.ts";
import { probeAcceleration, type Speed } from "./acceleration.ts";
import { type BuildOptions, buildLab, type LabBuild, type Work } from "./build.ts";
import { concat } from "./children.ts";
import { LabError } from "./errors.ts";
import { chooseFirmware, type FirmwareChoice } from "./firmware.ts";
import {
  type FirmwareBoot,
  type FirmwareWish,
  firmwareArguments,
  forgetBootOptions,
  keptByFirmware,
  namespaceImage,
  openFirmwareBoot,
  programmingArguments,
} from "./firmware-boot/firmware-boot.ts";
import { configOverlay, hookOverlay } from "./initrds.ts";
import { diskArguments, hostNics, type Joint, machineArguments, targetNics } from "./machines.ts";
import { findQemu } from "./qemu-program.ts";
import { makeEmptyDisk, rootUuid } from "./root-image.ts";
import { chooseJoint, linksReady, type MachineEnd, type RunningMachine, startMachine } from "./session.ts";
import { injectableTable, longestAcpitable, sysfsNames } from "./tables.ts";
import type { Remark } from "./topology/remark.ts";
import { deriveTopology, type Fault, type Topology } from "./topology/topology.ts";

/** How much of a boot is run. */
export type Depth = "read" | "connect" | "dracut" | "os";

export interface RunOptions {
  readonly tables: readonly Uint8Array[];
  readonly depth: Depth;
  readonly via: "acpitable" | "initrd";
  /** `seabios`, `ovmf`, or `CODE[:VARS]`. */
  readonly firmware: string;
  readonly build: Omit<BuildOptions, "depth">;
  /** The user's own kernel and initramfs for the host; the initramfs gets report hooks appended and is not changed otherwise. */
  readonly kernel?: string | undefined;
  readonly initrd?: string | undefined;
  /** Archives that are appended to the host's initramfs. */
  readonly overlays?: readonly string[] | undefined;
  /** Takes the place of what the laboratory puts on the host's command line for the root file system. */
  readonly commandLine?: string | undefined;
  /** Added to the host's command line. */
  readonly append?: string | undefined;
  /** Nothing is put on the command line to make an emulated guest faster. */
  readonly exactCommandLine?: boolean | undefined;
  /** Image for the namespace that is booted from; never written to. */
  readonly root?: string | undefined;
  readonly faults?: readonly Fault[] | undefined;
  /** Images of disks that the host has of its own; never written to. */
  readonly disks?: readonly string[] | undefined;
  /** Targets of the boot description that the table was made from, with full paths of their images. */
  readonly described?: readonly BootTarget[] | undefined;
  /** A target that runs already, ADDRESS and PORT as seen from this machine. */
  readonly target?: { readonly address: string; readonly port: number } | undefined;
  readonly nicModel?: string | undefined;
  /** Megabytes of the host's memory. */
  readonly memory?: number | undefined;
  /** More arguments for the host's QEMU. */
  readonly qemuArguments?: readonly string[] | undefined;
  readonly qemu?: string | undefined;
  /** Join the machines by TCP, as an old QEMU has to. */
  readonly socketNetwork?: boolean | undefined;
  /** Take the host's report from its second serial port, as from a guest without virtio. */
  readonly serialReport?: boolean | undefined;
  /** Seconds that the host may run; by default a multiple of what the probe took. */
  readonly timeout?: number | undefined;
  /** The firmware itself connects, loads the kernel and publishes the table. */
  readonly firmwareBoot?: FirmwareWish | undefined;
  /** Keep the folder of the run even if all went well. */
  readonly keep?: boolean | undefined;
  /** Called with each piece of the host's console. */
  readonly onConsole?: ((piece: Uint8Array) => void) | undefined;
}

/** A boot that took place. */
export interface RunResult {
  /** What `verify` reads. */
  readonly evidence: Uint8Array;
  readonly manifest: LabManifest;
  readonly ended: MachineEnd;
  readonly speed: Speed;
  readonly remarks: readonly Remark[];
  /** Folder with consoles and QEMU's own messages; it is there when it was to be kept or the run did not end well. */
  readonly folder: string | undefined;
}

/** Seconds of a host's run: so many, and so many times what the smallest guest takes. */
const limits: Record<Depth, readonly [number, number]> = {
  read: [20, 8],
  connect: [30, 12],
  dracut: [120, 30],
  os: [120, 60],
};

/** How much longer things take because others use the machine: what waits for each processor, at most eight times. */
function crowding(): number {
  return Math.min(8, Math.max(1, loadavg()[0]! / availableParallelism()));
}

/** Builds what is missing, boots once, and gathers what both machines say. */
export async function runLab(options: RunOptions, work: Work): Promise<RunResult> {
  const qemu = options.qemu ?? findQemu();
  const injected = options.tables.map(injectableTable);
  const remarks: Remark[] = injected.flatMap(({ changes }, i) =>
    changes.map((text): Remark => ({ kind: "remapped", about: `table ${i + 1}`, text })),
  );
  const tables = injected.map(({ bytes }) => bytes);
  if (options.via === "acpitable" && tables.some(({ length }) => length > longestAcpitable))
    throw new LabError(`QEMU's -acpitable takes tables of at most ${longestAcpitable} bytes: use --via initrd`);
  const firmware = options.firmwareBoot
    ? { name: "timberland", machine: "q35" as const, prepare: () => [] }
    : chooseFirmware(options.firmware);
  const topology = deriveTopology(
    tables.map((bytes) => readNbft(bytes).table),
    {
      faults: options.faults ?? [],
      machine: firmware.machine,
      described: options.described,
      relay: options.target && { address: relayAddress(options.target.address), port: options.target.port },
    },
  );
  remarks.push(...topology.remarks);
  const needsDracut = options.initrd === undefined && (options.depth === "dracut" || options.depth === "os");
  const build = await buildLab({ ...options.build, depth: needsDracut ? options.depth : "connect" }, work);
  const speed = await probeAcceleration(qemu, build, options.build.cache, work);
  const firmwareBoot =
    options.firmwareBoot &&
    (await openFirmwareBoot(options.firmwareBoot, { ...options.build, depth: "connect" }, work));
  for (const text of firmwareBoot?.notes ?? []) remarks.push({ kind: "remapped", about: "firmware", text });

  const folder = newRunFolder(options.build.cache);
  work.children.watchFolder(folder);
  const run: Run = { options, work, qemu, folder, tables, build, speed, topology, firmware, remarks, firmwareBoot };
  let good = false;
  try {
    const result = await boot(run);
    good = result.ended === "powered off";
    return { ...result, folder: good && !options.keep ? undefined : folder };
  } finally {
    if (good && !options.keep) rmSync(folder, { recursive: true, force: true });
    else {
      work.children.keepFolder(folder);
      dropLargeFiles(folder);
    }
  }
}

interface Run {
  readonly options: RunOptions;
  readonly work: Work;
  readonly qemu: string;
  readonly folder: string;
  readonly tables: readonly Uint8Array[];
  readonly build: LabBuild;
  readonly speed: Speed;
  readonly topology: Topology;
  readonly firmware: FirmwareChoice;
  readonly remarks: readonly Remark[];
  readonly firmwareBoot: FirmwareBoot | undefined;
}

async function boot(run: Run): Promise<Omit<RunResult, "folder">> {
  const { options, work, folder, topology, speed, qemu } = run;
  const nonces = { host: randomBytes(16).toString("hex"), target: randomBytes(16).toString("hex") };
  const withTarget = options.depth !== "read" && topology.links.length > 0;
  const version = await versionText(qemu, work);
  const joint: Joint = withTarget
    ? await chooseJoint(options.socketNetwork ? [0, 0] : qemuVersion(version), topology.links.length)
    : { kind: "none" };
  const scale = speed.seconds;
  const commandLine = hostCommandLine(run, nonces.host);
  if (run.firmwareBoot?.wish.program === "efidisk") await programFirmware(run, run.firmwareBoot);
  const image = run.firmwareBoot && (await firmwareImage(run, run.firmwareBoot, commandLine));
  let target: RunningMachine | undefined;
  if (withTarget) {
    target = startMachine("target", qemu, targetMachine(run, nonces.target, joint, image), folder, work.children);
    work.progress({ step: "start the target" });
    if (!(await linksReady(folder, topology.links, joint, target))) throw failedStart(target);
    // dracut takes longer to reach the network than the target takes to be ready; the quick host does not.
    if (options.depth === "connect" || run.firmwareBoot) {
      const ready = await target.says("report", `@@${nonces.target} READY`, (30 + 8 * scale) * crowding());
      if (!ready) throw new LabError(`the target was not ready in time: ${lastLine(target)}`);
    }
  }
  const [seconds, times] = limits[options.depth];
  const limit = options.timeout ?? (seconds + times * scale + (run.firmwareBoot ? 60 + 20 * scale : 0)) * crowding();
  const args = run.firmwareBoot ? firmwareHost(run, run.firmwareBoot, joint) : hostMachine(run, commandLine, joint);
  const host = startMachine("host", qemu, args, folder, work.children);
  const follow = followConsole(join(folder, "host.console"), options.onConsole);
  const timer = setInterval(
    () =>
      work.progress({
        step: "boot",
        detail: `${options.depth}, ${Math.round(host.elapsed())} s of at most ${Math.round(limit)} s`,
      }),
    500,
  );
  const ended = await host.end(limit).finally(() => {
    clearInterval(timer);
    follow.finish();
  });
  const hostSeconds = host.elapsed();
  if (ended === "failed to start" && host.read("console").length === 0 && host.read("report").length === 0)
    throw failedStart(host);
  if (target) {
    // The target looks once a second who is there.
    await new Promise((resolve) => setTimeout(resolve, 1500));
    await target.stop();
  }
  const manifest: LabManifest = {
    format: 1,
    host: nonces.host,
    ...(target ? { target: nonces.target } : {}),
    depth: options.depth,
    via: run.firmwareBoot ? "firmware" : options.via,
    firmware: run.firmware.name,
    acceleration: speed.acceleration,
    qemu: version,
    versions: options.initrd === undefined ? run.build.versions : {},
    commandLine,
    ...(options.target ? { foreignTarget: true } : {}),
    faults: options.faults ?? [],
    remarks: run.remarks,
    ended,
    seconds: Math.round(hostSeconds * 10) / 10,
  };
  return { evidence: evidenceOf(run, manifest, host, target), manifest, ended, speed, remarks: run.remarks };
}

function evidenceOf(
  run: Run,
  manifest: LabManifest,
  host: RunningMachine,
  target: RunningMachine | undefined,
): Uint8Array {
  const report = (machine: RunningMachine) => {
    const port = machine.read("report");
    return port.length > 0 ? port : machine.read("serial");
  };
  const json = new TextEncoder().encode(`${JSON.stringify(manifest, undefined, 2)}\n`);
  const console = 1024 * 1024;
  return encodeReport(randomBytes(16).toString("hex"), "lab", [
    { name: "manifest.json", bytes: json },
    ...sysfsNames(run.firmwareBoot?.prediction.bytes ? [run.firmwareBoot.prediction.bytes] : run.tables).map(
      ({ name, bytes }) => ({ name: `given/${name}`, bytes }),
    ),
    ...(run.firmwareBoot ? keptByFirmware(run.firmwareBoot, run.folder) : []),
    { name: "host/report", bytes: report(host) },
    { name: "host/console", bytes: host.read("console", console) },
    ...(target
      ? [
          { name: "target/report", bytes: report(target) },
          { name: "target/console", bytes: target.read("console", console) },
        ]
      : []),
  ]);
}

function targetMachine(
  run: Run,
  nonce: string,
  joint: Joint,
  image = run.options.root && resolve(run.options.root),
): string[] {
  const { options, build, folder, topology } = run;
  const config = [...topology.targetConfig, ""].join("\n");
  if (options.target) {
    const mac = "52:54:00:6e:62:fe";
    const user = `user ${mac} 10.199.199.15/24 10.199.199.2\n`;
    append(folder, "target.initrd", build.targetInitrd, [configOverlay("etc/nbft/target.conf", user + config)]);
  } else append(folder, "target.initrd", build.targetInitrd, [configOverlay("etc/nbft/target.conf", config)]);
  const disks = topology.disks.flatMap(({ content, image: own, blockSize }, i) => {
    const root = image ?? own ?? build.systemImage ?? build.rootImage;
    if (content === "root") return diskArguments(root, i, run.firmwareBoot?.wish.blockSize ?? blockSize);
    if (own !== undefined) return diskArguments(own, i, blockSize);
    makeEmptyDisk(join(folder, `empty${i}.img`), 8 * 1024 * 1024);
    return diskArguments(`empty${i}.img`, i, blockSize);
  });
  const outside = [
    ...["-netdev", "user,id=outside,net=10.199.199.0/24,host=10.199.199.2"],
    ...["-device", "virtio-net-pci,netdev=outside,mac=52:54:00:6e:62:fe,romfile="],
  ];
  return machineArguments({
    name: "target",
    machine: "pc",
    acceleration: run.speed.acceleration,
    memory: 192,
    cpus: 1,
    kernel: build.kernel.image,
    initrd: "target.initrd",
    commandLine: `console=ttyS0 panic=-1 quiet ${tcgProfile(run)}nbft.nonce=${nonce}`,
    more: [...disks, ...targetNics(topology.links, joint), ...(options.target ? outside : [])],
  });
}

function hostMachine(run: Run, commandLine: string, joint: Joint): string[] {
  const { options, build, folder, topology, tables, firmware } = run;
  const quick = options.depth === "read" || options.depth === "connect";
  const base = options.initrd ?? (quick ? build.hostInitrd : build.dracutInitrd);
  if (base === undefined) throw new LabError("there is no initramfs made by dracut");
  const read = options.depth === "read";
  const config = (read ? topology.hostConfig.filter((line) => line !== "connect") : topology.hostConfig).join("\n");
  const own =
    options.initrd === undefined && quick ? configOverlay("etc/nbft/host.conf", `${config}\n`) : hookOverlay();
  const overlays = (options.overlays ?? []).map((file): Uint8Array => readFileSync(file));
  const early = options.via === "initrd" ? [tableArchive(tables)] : [];
  append(folder, "host.initrd", base, [own, ...overlays], early);
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
    memory: options.memory ?? (quick ? 320 : 768),
    cpus: 2,
    kernel: options.kernel === undefined ? build.kernel.image : resolve(options.kernel),
    initrd: "host.initrd",
    commandLine,
    serialReport: options.serialReport,
    more: [
      ...firmware.prepare(folder),
      ...inject,
      ...hostNics(topology.nics, topology.links, topology.buses, topology.machine, joint, options.nicModel),
      ...(options.disks ?? []).flatMap((file, i) => diskArguments(resolve(file), i)),
      ...(options.qemuArguments ?? []),
    ],
  });
}

/** The disk that the firmware boots from: GRUB, the kernel, and an initramfs with the run's report hooks. */
function firmwareImage(run: Run, firmware: FirmwareBoot, commandLine: string): Promise<string> {
  const { options, build, folder, topology, work } = run;
  const quick = options.depth === "connect" && options.initrd === undefined;
  const base = options.initrd ?? (quick ? build.hostInitrd : build.dracutInitrd);
  if (base === undefined) throw new LabError("there is no initramfs made by dracut");
  const own = quick ? configOverlay("etc/nbft/host.conf", `${topology.hostConfig.join("\n")}\n`) : hookOverlay();
  const overlays = (options.overlays ?? []).map((file): Uint8Array => readFileSync(file));
  const root = quick ? undefined : (options.root ?? build.rootImage);
  return namespaceImage(firmware, build, { base, behind: [own, ...overlays], commandLine, root }, folder, work);
}

/** The boot before the boot: the firmware's own tool stores the attempts. */
async function programFirmware(run: Run, firmware: FirmwareBoot): Promise<void> {
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
}

/** A host without kernel: what it boots, its firmware has to fetch. */
function firmwareHost(run: Run, firmware: FirmwareBoot, joint: Joint): string[] {
  const { options, folder, topology } = run;
  return machineArguments({
    name: "host",
    machine: "q35",
    acceleration: run.speed.acceleration,
    memory: options.memory ?? 1024,
    cpus: 2,
    more: [
      ...firmwareArguments(firmware, folder),
      ...hostNics(topology.nics, topology.links, topology.buses, topology.machine, joint, options.nicModel),
      ...(options.disks ?? []).flatMap((file, i) => diskArguments(resolve(file), i)),
      ...(options.qemuArguments ?? []),
    ],
  });
}

/** What makes an emulated guest a good deal faster: translated code can be used again when programs lie at the same addresses. */
function tcgProfile(run: Run): string {
  return run.speed.acceleration === "tcg" && !run.options.exactCommandLine ? "norandmaps mitigations=off " : "";
}

function hostCommandLine(run: Run, nonce: string): string {
  const { options } = run;
  const words = ["console=ttyS0", "panic=-1", `nbft.nonce=${nonce}`, "nbft.serial=ttyS1", tcgProfile(run).trim()];
  if (options.depth === "dracut" || options.depth === "os") {
    const tiny = options.root === undefined && options.depth === "dracut";
    words.push("nbft.journal=all", "nbft.poweroff");
    words.push(options.commandLine ?? `root=UUID=${rootUuid} ${tiny ? "ro init=/nbft-init" : "rw"}`);
    if (!options.exactCommandLine)
      words.push("quiet", "rd.skipfsck", "rd.retry=30", "rd.shell=0", "rd.emergency=poweroff");
  } else words.push("quiet", options.commandLine ?? "");
  words.push(options.append ?? "");
  return words.filter(Boolean).join(" ");
}

/** The archive that Linux takes tables from, which has to come first and be uncompressed. */
function tableArchive(tables: readonly Uint8Array[]): Uint8Array {
  return encodeCpio(tables.map((data, i) => ({ name: `${initrdTablePath}nbft${i}.aml`, data })));
}

/** An initramfs with archives behind it, each at a multiple of 512 bytes, and others before it. */
function append(
  folder: string,
  name: string,
  base: string,
  behind: readonly Uint8Array[],
  before: readonly Uint8Array[] = [],
): void {
  const bytes = readFileSync(base);
  const padding = new Uint8Array((512 - (bytes.length % 512)) % 512);
  writeFileSync(join(folder, name), concat([...before, bytes, padding, ...behind]));
}

function followConsole(file: string, onConsole: ((piece: Uint8Array) => void) | undefined): { finish: () => void } {
  if (!onConsole) return { finish: () => {} };
  let shown = 0;
  const show = () => {
    if (!existsSync(file)) return;
    const bytes = readFileSync(file);
    if (bytes.length > shown) onConsole(bytes.subarray(shown));
    shown = bytes.length;
  };
  const timer = setInterval(show, 200);
  return {
    finish: () => {
      clearInterval(timer);
      show();
    },
  };
}

function newRunFolder(cache: string): string {
  const runs = join(cache, "runs");
  mkdirSync(runs, { recursive: true });
  forgetOld(runs);
  return mkdtempSync(join(runs, `${new Date().toISOString().slice(0, 19).replaceAll(":", "")}-`));
}

/** Folders that were kept are kept for a week. */
function forgetOld(runs: string): void {
  const limit = Date.now() - 7 * 24 * 3600 * 1000;
  for (const name of readdirSync(runs)) {
    const folder = join(runs, name);
    if ((statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? limit) < limit)
      rmSync(folder, { recursive: true, force: true });
  }
}

/** What a kept folder does not need: the images that the cache has anyway. */
function dropLargeFiles(folder: string): void {
  for (const name of ["host.initrd", "target.initrd", "namespace.img", "initrd.zst"])
    rmSync(join(folder, name), { force: true });
}

/** The machine that runs the laboratory, as a guest of QEMU's user network sees it. */
function relayAddress(address: string): string {
  return address === "localhost" || address === "::1" || address.startsWith("127.") ? "10.199.199.2" : address;
}

async function versionText(qemu: string, { children }: Work): Promise<string> {
  const { stdout } = await children.run(qemu, ["--version"]);
  return /version (\S+)/.exec(new TextDecoder().decode(stdout))?.[1] ?? "unknown";
}

function qemuVersion(text: string): [number, number] {
  const [major = 0, minor = 0] = text.split(".").map((part) => Number.parseInt(part, 10) || 0);
  return [major, minor];
}

function failedStart(machine: RunningMachine): LabError {
  return new LabError(`QEMU did not start the ${machine.name}: ${lastLine(machine)}`);
}

function lastLine(machine: RunningMachine): string {
  const said = new TextDecoder().decode(machine.read("log")).trim();
  const console = new TextDecoder().decode(machine.read("console")).trim();
  return (said || console).split("\n").slice(-2).join("; ") || "it said nothing";
}
