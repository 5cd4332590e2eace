import { copyFileSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { BootDescription } from "../../boot/description.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { NbftError } from "../../errors.ts";
import { checkBootImage } from "../../machine/disk/boot-image.ts";
import { encodeEfiDisk, startupScript } from "../../machine/disk/efi-disk.ts";
import { openFile } from "../../node/file-reader.ts";
import { writeFileAtomic } from "../../node/write-file.ts";
import type { BootFacts } from "../../predict/facts.ts";
import { type Prediction, predictNbft } from "../../predict/predict.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import { nvmeofNames } from "../../uefi/nvmeof/names.ts";
import { editVariableStore } from "../../uefi/store/edit-store.ts";
import { decodeVariableStore, visibleVariables } from "../../uefi/store/read-store.ts";
import { firmwareLogOf } from "../../verify/facts/firmware-log.ts";
import { readTarget } from "../../verify/facts/target-facts.ts";
import { readReport } from "../../verify/report.ts";
import { UnfitSystemError, type Work } from "../parts.ts";
import { findProgram } from "../programs.ts";
import { type GivenAttempts, type Programmed, programmedAttempts } from "./attempts.ts";
import { writeBootDisk } from "./boot-disk.ts";
import { type FirmwareFiles, firmwareFiles, prepareStore } from "./firmware-files.ts";
import { seenFacts } from "./seen-facts.ts";
import { debugLog, leftTable, watchArguments } from "./watch.ts";

/** A boot that the firmware does itself: from its variables to the table. */
export interface FirmwareBootRequest {
  /** Folder with OVMF_CODE.fd, OVMF_VARS.fd and NvmeOfCli.efi of the Timberland release. */
  readonly folder: string;
  readonly boot: BootDescription;
  /** Bytes of a block of the namespace. */
  readonly blockSize: 512 | 4096;
  /** How the attempts get into the firmware: written into its store, or by its own tool from an EFI disk, in a boot before the boot. */
  readonly program: "store" | "efidisk";
  /** Attempts to program instead of the description's. */
  readonly attempts?: GivenAttempts | undefined;
}

/** Everything of a firmware boot that is known before the run. */
export interface FirmwareBoot {
  readonly request: FirmwareBootRequest;
  readonly files: FirmwareFiles;
  /** The store with the attempts. */
  readonly store: Uint8Array;
  readonly prediction: Prediction;
  readonly programmed: Programmed;
  /** What the description says that the firmware's variables cannot. */
  readonly notes: readonly string[];
}

/**
 * Says what a boot by the firmware lacks.
 *
 * @throws {UnfitSystemError} when a file is missing, or code and variables do not go together.
 */
export function checkFirmwareBoot({ folder, program }: FirmwareBootRequest): void {
  const files = firmwareFiles(folder);
  if (program === "efidisk" && !existsSync(files.program))
    throw new UnfitSystemError(`${files.program} is missing: --program-by efidisk runs it`);
}

/** Opens the firmware's files, programs a copy of its variables, and predicts its table. */
export function openFirmwareBoot(request: FirmwareBootRequest): FirmwareBoot {
  const files = firmwareFiles(request.folder);
  const programmed = programmedAttempts(request.boot, request.attempts);
  const { store, prediction } = prepareStore(files.vars, programmed.variables, programmed.facts);
  const halts = prediction.reason?.startsWith("it halts") ? [prediction.reason] : [];
  return { request, files, programmed, store, prediction, notes: [...programmed.notes, ...halts] };
}

/** What is known of the user's image before a firmware tries to boot it. */
export function imageNotes(path: string, blockSize: 512 | 4096): string[] {
  const reader = openFile(path);
  try {
    return checkBootImage(reader, blockSize).map(({ severity, message }) =>
      severity === "error" ? `it will not boot: ${message}` : `it may not boot: ${message}`,
    );
  } finally {
    reader.close();
  }
}

/** A part of the evidence. */
export interface KeptPart {
  readonly name: string;
  readonly bytes: Uint8Array;
}

const variables = "firmware.vars.fd";

/** QEMU's arguments for a host that starts from its firmware: flash, debug port, network boot of the other kind off. */
export function firmwareArguments({ files, store, request }: FirmwareBoot, folder: string): string[] {
  copyFileSync(files.code, join(folder, "firmware.code.fd"));
  // A boot before this one has programmed the store that lies here.
  if (request.program === "store" || !existsSync(join(folder, variables)))
    writeFileSync(join(folder, variables), store);
  return flashArguments();
}

function flashArguments(): string[] {
  return [
    ...["-drive", "if=pflash,format=raw,unit=0,readonly=on,file=firmware.code.fd"],
    ...["-drive", `if=pflash,format=raw,unit=1,file=${variables}`],
    ...watchArguments(),
    ...["-fw_cfg", "name=opt/org.tianocore/IPv4PXESupport,string=no"],
    ...["-fw_cfg", "name=opt/org.tianocore/IPv6PXESupport,string=no"],
  ];
}

/**
 * QEMU's arguments for the boot that programs the firmware the way of the proof of concept: a pristine store, and a disk from which the UEFI shell
 * runs `NvmeOfCli setattempt Config` by itself and resets, which ends the machine.
 */
export function programmingArguments({ files, programmed }: FirmwareBoot, folder: string): string[] {
  copyFileSync(files.code, join(folder, "firmware.code.fd"));
  copyFileSync(files.vars, join(folder, variables));
  const text = (content: string) => new TextEncoder().encode(content);
  const disk = encodeEfiDisk({
    files: [
      { path: "startup.nsh", data: text(startupScript()) },
      { path: "Config", data: programmed.text },
      { path: "NvmeOfCli.efi", data: readFileSync(files.program) },
    ],
  });
  writeFileAtomic(join(folder, "efidisk.img"), disk);
  return [
    ...flashArguments(),
    "-drive",
    "if=none,id=efidisk,file=efidisk.img,format=raw",
    "-device",
    "virtio-blk-pci,drive=efidisk",
  ];
}

/**
 * Takes the boot options out of the store that the programming boot has left: the firmware put its shell before the option of a namespace that was
 * not there yet, and would wait in it for a key. Without options it makes them anew, the namespace first.
 */
export function forgetBootOptions(folder: string): void {
  const file = join(folder, variables);
  const store = readFileSync(file);
  const options = visibleVariables(decodeVariableStore(store)).filter(
    ({ guid, name }) => guid === vendorGuids.global && /^Boot([0-9A-F]{4}|Order)$/.test(name),
  );
  writeFileSync(
    file,
    editVariableStore(
      store,
      options.map(({ guid, name }) => ({ kind: "delete", key: { guid, name } })),
    ).bytes,
  );
}

/** Writes the disk that the namespace serves, and says where it is. */
export async function namespaceImage(
  { request }: FirmwareBoot,
  host: {
    readonly grub: string;
    readonly kernel: string;
    readonly base: string;
    readonly behind: readonly Uint8Array[];
    readonly commandLine: string;
    readonly root: string | undefined;
  },
  folder: string,
  work: Work,
): Promise<string> {
  work.progress({ step: "make the disk", detail: "EFI system partition and root" });
  const path = join(folder, "namespace.img");
  writeBootDisk(path, {
    grub: host.grub,
    kernel: host.kernel,
    initrd: await initramfs(host.base, host.behind, folder, work),
    commandLine: host.commandLine,
    root: host.root,
    blockSize: request.blockSize,
  });
  return path;
}

/** The firmware reads 1.4 MB a second under emulation: a large initramfs is compressed when zstd is there. */
async function initramfs(base: string, behind: readonly Uint8Array[], folder: string, work: Work): Promise<Uint8Array> {
  const plain = readFileSync(base);
  const zstd = findProgram("zstd");
  const uncompressed = plain[0] === 0x30 && plain[1] === 0x37;
  if (zstd === undefined || !uncompressed || plain.length < 8 << 20) return concatBytes([padded(plain), ...behind]);
  const packed = join(folder, "initrd.zst");
  await work.children.run(zstd, ["-q", "-f", "-9", "-T2", "-o", packed, base]);
  return concatBytes([padded(readFileSync(packed)), ...behind]);
}

/** An archive behind another starts at a multiple of four bytes. */
function padded(bytes: Uint8Array): Uint8Array {
  const whole = new Uint8Array(Math.ceil(bytes.length / 512) * 512);
  whole.set(bytes);
  return whole;
}

/**
 * What the firmware left behind: the end of its debug log, its variables before and after the boot; and the table that was predicted, before the
 * boot and with what was seen of it.
 */
export function keptByFirmware(
  { prediction, store, programmed }: FirmwareBoot,
  folder: string,
  facts: BootFacts,
): KeptPart[] {
  const foretold = predictNbft(programmed.variables, { facts }).bytes;
  const log = join(folder, debugLog);
  const after = join(folder, variables);
  const left = join(folder, leftTable);
  return [
    ...(existsSync(log) ? [{ name: "firmware/debug.log", bytes: withoutProtocols(readFileSync(log)) }] : []),
    ...(existsSync(left) ? [{ name: "firmware/left", bytes: readFileSync(left) }] : []),
    ...nvmeofParts("before", store),
    ...(existsSync(after) ? nvmeofParts("after", readFileSync(after)) : []),
    ...(prediction.bytes ? [{ name: "firmware/predicted", bytes: prediction.bytes }] : []),
    ...(foretold ? [{ name: "firmware/foretold", bytes: foretold }] : []),
  ];
}

/** What was seen of a boot, in the form that `nbft predict --facts` takes; `report` is the target's. */
export function factsOfRun(
  { programmed }: FirmwareBoot,
  folder: string,
  report: Uint8Array | undefined,
  nonce: string,
): BootFacts {
  const log = join(folder, debugLog);
  const text = existsSync(log) ? readFileSync(log, "latin1") : "";
  const controllers = report ? readTarget(readReport(report, nonce)).controllers : [];
  return seenFacts(programmed, firmwareLogOf(text), controllers);
}

const maxLog = 1024 * 1024;

/** The end of a debug log without the lines that tell of every protocol installed, which are most of it. */
function withoutProtocols(log: Uint8Array): Uint8Array {
  const text = Buffer.from(log.subarray(-maxLog)).toString("latin1");
  return Buffer.from(
    text.replace(/^(?:InstallProtocolInterface|Register PPI Notify|Install PPI): .*\n/gm, ""),
    "latin1",
  );
}

/** The two variables of the driver in a store; a store that cannot be read has none. */
function nvmeofParts(when: string, store: Uint8Array): KeptPart[] {
  try {
    const found = visibleVariables(decodeVariableStore(store)).filter(({ guid }) => guid === vendorGuids.nvmeof);
    return found
      .filter(({ name }) => name === nvmeofNames.globalData || name === nvmeofNames.attempts)
      .map(({ name, data }) => ({ name: `firmware/${when}/${name}`, bytes: data }));
  } catch (error) {
    if (error instanceof NbftError) return [];
    throw error;
  }
}
