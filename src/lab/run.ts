import { randomBytes, randomInt } from "node:crypto";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { concatBytes } from "../bytes/concat.ts";
import { longestAcpitable } from "../machine/qemu/acpitable.ts";
import { readNbft } from "../nbft/read/read.ts";
import { type Renames, renameNbft } from "../nbft/write/rename.ts";
import { openFile } from "../node/file-reader.ts";
import type { LabManifest } from "../verify/evidence.ts";
import { verifyBoot } from "../verify/verify.ts";
import { probeAcceleration } from "./acceleration.ts";
import { buildLab } from "./build.ts";
import { LabError, SpoiledError } from "./errors.ts";
import { chooseFirmware } from "./firmware.ts";
import { surroundingsTable } from "./firmware-boot/attempts.ts";
import { checkFirmwareBoot, factsOfRun, imageNotes, openFirmwareBoot } from "./firmware-boot/firmware-boot.ts";
import { watchFirmware } from "./firmware-boot/watch.ts";
import { firmwareHost, firmwareImage, hostMemory, programFirmware } from "./firmware-machine.ts";
import { hostCommandLine, hostMachine } from "./host-machine.ts";
import { type DiskPatch, type ImageMenu, reportingEsp } from "./image/image-menu.ts";
import { type SystemToBoot, withSystem } from "./image/open-system.ts";
import { hookOverlay } from "./initrds.ts";
import type { Wiring } from "./machines.ts";
import type { Work } from "./parts.ts";
import type { Run, RunResult } from "./planned-run.ts";
import { findQemu } from "./qemu-program.ts";
import { evidenceOf } from "./run-evidence.ts";
import { dropLargeFiles, newRunFolder } from "./run-folder.ts";
import { type Depth, type RunOptions, withFullPaths } from "./run-options.ts";
import { securityOfRun, withTlsKeys } from "./security.ts";
import {
  chooseJoint,
  failedStart,
  type Limit,
  lastLine,
  linksReady,
  type MachineEnd,
  type RunningMachine,
  startMachine,
} from "./session.ts";
import { inverse, renameIn, shuffledNames } from "./shuffle.ts";
import { type InjectableTable, injectableTable } from "./tables.ts";
import { targetMachine } from "./target-machine.ts";
import type { Remark } from "./topology/remark.ts";
import { deriveTopology } from "./topology/topology.ts";

export type { RunResult } from "./planned-run.ts";
export type { RunOptions } from "./run-options.ts";

/** Seconds of a host's run: so many, and so many times what the smallest guest takes; both of a machine that has nothing else to do. */
const limits: Record<Depth, readonly [number, number]> = {
  read: [20, 8],
  connect: [30, 12],
  dracut: [120, 30],
  os: [120, 60],
};

/**
 * Builds what is missing, boots, and gathers what both machines say. A run that the machine spoiled is repeated once.
 *
 * @throws {LabError} when something around the boot is missing, refused or broken, a {@link MissingProgramError} for a program. How a boot that took
 * place ended is in the result.
 */
export async function runLab(given: RunOptions, work: Work): Promise<RunResult> {
  const { options, injected, names } = shuffled(withFullPaths(given));
  const remarks: Remark[] = injected.flatMap(({ changes }, i) =>
    changes.map((text): Remark => ({ kind: "remapped", about: `table ${i + 1}`, text })),
  );
  const tables = injected.map(({ bytes }) => renameNbft(bytes, names));
  if (options.via === "acpitable" && tables.some(({ length }) => length > longestAcpitable))
    throw new LabError(`QEMU's -acpitable takes tables of at most ${longestAcpitable} bytes: use --via initrd`);
  const firmware = options.firmwareBoot
    ? { name: "timberland", machine: "q35" as const, prepare: () => [] }
    : chooseFirmware(options.firmware);
  const read = tables.map((bytes) => readNbft(bytes).table);
  const security = await withTlsKeys(securityOfRun(read, options, remarks), tables);
  const topology = deriveTopology(read, {
    faults: options.faults ?? [],
    machine: firmware.machine,
    described: options.described,
    authentication: security?.choice,
    tls: security?.tls,
    relay: options.target && { address: relayAddress(options.target.address), port: options.target.port },
  });
  remarks.push(...topology.remarks);
  // After everything that a look at the arguments can refuse.
  const qemu = options.qemu ?? findQemu();
  const firmwareBoot = options.firmwareBoot && openFirmwareBoot(options.firmwareBoot);
  if (firmwareBoot && options.nicModel !== undefined && !/^virtio/.test(options.nicModel))
    remarks.push({
      kind: "note",
      about: "firmware",
      text: `the Timberland firmware has a driver for virtio cards only, and none for ${options.nicModel}`,
    });
  for (const text of firmwareBoot?.notes ?? []) remarks.push({ kind: "note", about: "firmware", text });
  const { cache } = options.build;
  const open = { blockSize: options.firmwareBoot?.blockSize ?? 512, kernel: !firmwareBoot } as const;
  return withSystem(options.system, open, cache, work, async (system) => {
    for (const text of systemNotes(options, system)) remarks.push({ kind: "note", about: options.system!, text });
    const build = await buildLab(
      { ...options.build, depth: buildDepth(options, system), tls: security?.tls !== undefined },
      work,
    );
    const speed = await probeAcceleration(qemu, build, cache, work);
    const setting = { options, work, qemu, tables, names, topology, security, firmware, remarks, firmwareBoot };
    return bootTwice({ ...setting, build, speed, system });
  });
}

/** How much is to be built: what a system brings along need not be. */
function buildDepth({ depth, initrd, firmwareBoot }: RunOptions, system: SystemToBoot | undefined) {
  const ownInitrd = initrd !== undefined || system?.menu !== undefined || (system && firmwareBoot);
  return ownInitrd || depth === "read" ? "connect" : depth;
}

/**
 * What is known of a system before it is booted.
 *
 * @throws {LabError} where nothing is known of how it starts.
 */
function systemNotes({ commandLine, firmwareBoot }: RunOptions, system: SystemToBoot | undefined): string[] {
  if (!system) return [];
  if (firmwareBoot) return [...system.notes, ...imageNotes(system.disk, system.blockSize)];
  if (!system.menu && commandLine === undefined)
    throw new LabError(
      `${system.disk}: nbft image did not make this disk: say where its root file system is with --cmdline root=UUID=…, or boot it by --firmware-dir`,
    );
  return [...system.notes];
}

/** Boots, and once more where the machine spoiled it. */
async function bootTwice(run: Omit<Run, "folder" | "spoiled">): Promise<RunResult> {
  const { work } = run;
  let spoiled: string | undefined;
  try {
    const result = await bootInFolder({ ...run, spoiled });
    spoiled = spoiledBy(result.evidence);
    if (spoiled === undefined) return result;
    if (result.folder !== undefined) rmSync(result.folder, { recursive: true, force: true });
  } catch (error) {
    if (!(error instanceof SpoiledError) || work.children.stopped()) throw error;
    spoiled = error.message;
  }
  work.notice(`the machine spoiled this run (${spoiled}): trying once more`);
  return bootInFolder({ ...run, spoiled });
}

/** Options for a run with names and addresses of its own; the tables are as given still. */
function shuffled(options: RunOptions): { options: RunOptions; injected: InjectableTable[]; names: Renames } {
  const { firmwareBoot, described, initrd, secrets, shuffle = true } = options;
  if (firmwareBoot) checkFirmwareBoot(firmwareBoot);
  const tables = firmwareBoot ? [surroundingsTable(firmwareBoot.boot)] : options.tables;
  const injected = tables.map(injectableTable);
  const keysInside = initrd !== undefined && secrets !== undefined;
  if (!shuffle || options.target || firmwareBoot?.attempts || keysInside)
    return { options, injected, names: new Map() };
  const bytes = injected.map((each) => each.bytes);
  const names = shuffledNames(bytes, (limit) => randomInt(limit));
  const boot = firmwareBoot && { ...firmwareBoot, boot: renameIn(firmwareBoot.boot, names) };
  return { options: { ...options, described: renameIn(described, names), firmwareBoot: boot }, injected, names };
}

function spoiledBy(evidence: Uint8Array): string | undefined {
  const { reason } = verifyBoot(evidence);
  return reason?.kind === "machine" ? reason.text : undefined;
}

/** Boots in a folder that goes with the run, unless it is to be kept or something went wrong. */
async function bootInFolder(before: Omit<Run, "folder">): Promise<RunResult> {
  const { options, work } = before;
  const folder = newRunFolder(options.build.cache);
  work.children.watchFolder(folder);
  let keep = true;
  try {
    const result = await boot({ ...before, folder });
    keep = options.keep || result.ended !== "powered off";
    return { ...result, folder: keep ? folder : undefined };
  } catch (error) {
    keep = !work.children.stopped();
    if (keep) work.notice(`the run's folder is kept: ${folder}`);
    throw error;
  } finally {
    // A machine that was ended by a signal looks like one that ended by itself.
    if (keep && !work.children.stopped()) {
      work.children.keepFolder(folder);
      dropLargeFiles(folder);
    } else rmSync(folder, { recursive: true, force: true });
  }
}

async function boot(run: Run): Promise<Omit<RunResult, "folder">> {
  const { options, work, folder, topology, speed, qemu } = run;
  const nonces = { host: randomBytes(16).toString("hex"), target: randomBytes(16).toString("hex") };
  const withTarget = options.depth !== "read" && topology.links.length > 0;
  const version = await versionText(qemu, work);
  const wiring: Wiring = withTarget
    ? await chooseJoint(options.socketNetwork ? [0, 0] : qemuVersion(version), topology.links.length)
    : { kind: "none" };
  const scale = speed.seconds;
  const commandLine = hostCommandLine(run, nonces.host);
  const { firmwareBoot, system } = run;
  if (firmwareBoot?.request.program === "efidisk") await programFirmware(run, firmwareBoot);
  const image = firmwareBoot && !system ? await firmwareImage(run, firmwareBoot, commandLine) : undefined;
  const patch = firmwareBoot && system?.menu ? systemPatch(run, system, system.menu, commandLine) : undefined;
  let target: RunningMachine | undefined;
  if (withTarget) {
    target = startMachine(
      "target",
      qemu,
      targetMachine(run, nonces.target, wiring, image, patch),
      folder,
      work.children,
    );
    work.progress({ step: "start the target" });
    if (!(await linksReady(folder, topology.links, wiring, target))) throw failedStart(target);
    // dracut takes longer to reach the network than the target takes to be ready; the quick host does not.
    if (options.depth === "connect" || run.firmwareBoot) {
      const ready = await target.says("report", `@@${nonces.target} READY`, 30 + 8 * scale);
      if (!ready) throw new SpoiledError(`the target was not ready in time: ${lastLine(target)}`);
    }
  }
  const [seconds, times] = limits[options.depth];
  const limit: Limit =
    options.timeout === undefined
      ? seconds + times * scale + (run.firmwareBoot ? 60 + 20 * scale : 0)
      : { wall: options.timeout };
  const args = run.firmwareBoot ? firmwareHost(run, run.firmwareBoot, wiring) : hostMachine(run, commandLine, wiring);
  const { host, ended } = await runHost(run, args, limit);
  const hostSeconds = host.elapsed();
  if (ended === "failed to start" && host.read("console").length === 0 && host.read("report").length === 0)
    throw failedStart(host);
  if (target) {
    await lastWord(target, nonces.target);
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
    versions: options.initrd === undefined && !system ? run.build.versions : {},
    commandLine,
    ...(options.target ? { foreignTarget: true } : {}),
    ...(silentSystem(run) ? { ownImage: true } : {}),
    ...((options.initrd ?? system?.menu) ? { ownInitrd: true } : {}),
    ...(options.nicModel === undefined ? {} : { nicModel: options.nicModel }),
    ...(run.names.size === 0 ? {} : { shuffled: [...run.names].map(([from, to]) => ({ from, to })) }),
    ...(run.spoiled === undefined ? {} : { spoiled: run.spoiled }),
    ...(run.security?.choice && {
      authentication: run.security.target.controller ? ("mutual" as const) : ("one-way" as const),
    }),
    ...(run.security?.tls && { tls: run.security.tls }),
    faults: options.faults ?? [],
    remarks: run.remarks,
    ended,
    seconds: Math.round(hostSeconds * 10) / 10,
  };
  const facts = run.firmwareBoot && factsOfRun(run.firmwareBoot, folder, target?.read("report"), nonces.target);
  return {
    evidence: evidenceOf(run, manifest, host, target, facts),
    facts: renameIn(facts, inverse(run.names)),
    manifest,
    ended,
    speed,
    remarks: run.remarks,
  };
}

/** Whether firmware starts a disk that somebody else has made: it need not report, and nothing of it is changed. */
function silentSystem({ firmwareBoot, system }: Run): boolean {
  return firmwareBoot !== undefined && system !== undefined && !system.menu;
}

/** What makes a system report: words on the command line of its menu, and hooks beside its initramfs. */
function systemPatch({ options }: Run, { disk }: SystemToBoot, menu: ImageMenu, commandLine: string): DiskPatch {
  const reader = openFile(disk);
  try {
    const overlays = (options.overlays ?? []).map((file): Uint8Array => readFileSync(file));
    return reportingEsp(reader, menu, commandLine, concatBytes([hookOverlay(), ...overlays]));
  } finally {
    reader.close();
  }
}

/** Starts the host and waits for its end. */
async function runHost(
  run: Run,
  args: readonly string[],
  limit: Limit,
): Promise<{ host: RunningMachine; ended: MachineEnd }> {
  const { options, work, folder, qemu } = run;
  const host = startMachine("host", qemu, args, folder, work.children);
  const follow = followConsole(join(folder, "host.console"), options.onConsole);
  const seconds = () => `${Math.round(host.elapsed())} s`;
  const timer = setInterval(() => work.progress({ step: "boot", detail: `${options.depth}, ${seconds()}` }), 500);
  try {
    const watch = run.firmwareBoot && watchFirmware(folder, hostMemory(run), silentSystem(run));
    const giving = watch && { hasGivenUp: watch.hasGivenUp, last: watch.takeTable };
    return { host, ended: await host.end(limit, giving) };
  } finally {
    clearInterval(timer);
    follow.finish();
  }
}

/** Asks the target for all that it saw until now, and waits for it. */
async function lastWord(target: RunningMachine, nonce: string): Promise<void> {
  target.child.say("last\n");
  await target.says("report", `@@${nonce} LOOKED last`, 20);
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

/** The machine that runs the lab, as a guest of QEMU's user network sees it. */
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
