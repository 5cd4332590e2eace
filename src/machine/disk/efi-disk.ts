import { crc32 } from "../../bytes/crc32.ts";
import { EncodeError } from "../../errors.ts";
import { formatUuid } from "../../text/uuid.ts";
import { encodeFat, type FatFile, type FatOptions } from "./fat.ts";
import { encodeGpt, espType, firstPartitionBlock } from "./gpt.ts";
import type { SparseImage } from "./sparse-image.ts";

/** What goes onto an EFI disk. */
export interface EfiDiskSpec {
  /** Files of the EFI system partition. */
  readonly files: readonly FatFile[];
  /** Bytes of a logical block: 512 or 4096. */
  readonly blockSize?: 512 | 4096;
  /** Bytes of the file system; as large as the files need unless given. */
  readonly size?: number | undefined;
  /** 12, 16 or 32 bits of a cluster number; what fits the size unless given. */
  readonly fatType?: FatOptions["type"] | undefined;
  /** Volume label of the file system, at most 11 characters. */
  readonly label?: string | undefined;
  /** GUIDs as text; made from the contents unless given, so that the same files give the same disk. */
  readonly diskGuid?: string | undefined;
  /** Unique GUID of the EFI system partition as text, as above. */
  readonly partitionGuid?: string | undefined;
  /** File time, as milliseconds since 1970 in UTC. */
  readonly time?: number | undefined;
}

/**
 * A disk with a GUID partition table and one EFI system partition, as a firmware boots it or its shell reads it.
 *
 * @throws {EncodeError} when a name, the size or a GUID cannot be written.
 */
export function encodeEfiDisk(spec: EfiDiskSpec): SparseImage {
  const blockSize = spec.blockSize ?? 512;
  const seed = fingerprint(spec.files);
  const volume = encodeFat(spec.files, {
    sectorSize: blockSize,
    hiddenSectors: firstPartitionBlock(blockSize),
    serial: seed[0]!,
    ...(spec.size !== undefined && { size: spec.size }),
    ...(spec.fatType !== undefined && { type: spec.fatType }),
    ...(spec.label !== undefined && { label: spec.label }),
    ...(spec.time !== undefined && { time: spec.time }),
  });
  return encodeGpt(
    [{ type: espType, guid: spec.partitionGuid ?? guidFrom(seed, 1), name: "EFI System Partition", content: volume }],
    { blockSize, diskGuid: spec.diskGuid ?? guidFrom(seed, 2) },
  );
}

/** Four numbers that follow from the files. */
function fingerprint(files: readonly FatFile[]): number[] {
  const names = new TextEncoder().encode(files.map(({ path, data }) => `${path}:${data.length}`).join("\n"));
  const contents = new Uint8Array(4 * files.length);
  const view = new DataView(contents.buffer);
  for (const [i, { data }] of files.entries()) view.setUint32(4 * i, crc32(data), true);
  return [crc32(contents) ^ crc32(names), crc32(names), crc32(contents), files.length].map((number) => number >>> 0);
}

/** A GUID of version 8, whose bits are the maker's own (RFC 9562, section 5.8). */
function guidFrom(seed: readonly number[], salt: number): string {
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  for (const [i, number] of seed.entries())
    view.setUint32(4 * i, crc32(Uint8Array.of(salt, i, number, number >> 8, number >> 16, number >> 24)));
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return formatUuid(bytes);
}

/** What the UEFI shell does with the disk. */
export interface StartupOptions {
  /** Name of the program that stores the attempts. */
  readonly program?: string;
  /** Name of the Config text. */
  readonly config?: string;
  /** What follows: `reset` starts the machine anew, `exit` leaves the shell. */
  readonly end?: "reset" | "exit" | "nothing";
}

/**
 * A `startup.nsh` that finds the disk it is on and runs `NvmeOfCli setattempt Config` from it. A shell starts it by itself after its delay.
 *
 * @throws {EncodeError} for a name that the shell would take apart.
 */
export function startupScript(options: StartupOptions = {}): string {
  const { program = "NvmeOfCli.efi", config = "Config", end = "reset" } = options;
  for (const name of [program, config])
    if (!/^[A-Za-z0-9._-]+$/.test(name))
      throw new EncodeError(`${JSON.stringify(name)} cannot be a word of a shell script`);
  const last = { reset: ["reset"], exit: ["exit"], nothing: [] }[end];
  const lines = [
    "@echo -off",
    "for %i in 0 1 2 3 4 5 6 7 8 9",
    `  if exist fs%i:\\${program} then`,
    `    if exist fs%i:\\${config} then`,
    "      fs%i:",
    "      goto found",
    "    endif",
    "  endif",
    "endfor",
    `echo "${program} and ${config} are on no disk"`,
    "goto end",
    ":found",
    `${program} setattempt ${config}`,
    ...last,
    ":end",
  ];
  return `${lines.join("\r\n")}\r\n`;
}
