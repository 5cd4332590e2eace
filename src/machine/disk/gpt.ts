import { crc32 } from "../../bytes/crc32.ts";
import { EncodeError } from "../../errors.ts";
import { parseGuid } from "../../text/uuid.ts";
import { type ImagePart, type SparseImage, shiftParts } from "./sparse-image.ts";

/** Type of an EFI system partition (UEFI 2.10, table 5-7). */
export const espType = "c12a7328-f81f-11d2-ba4b-00a0c93ec93b";

/** Type of a Linux root partition on x86-64 (Discoverable Partitions Specification). */
export const linuxRootType = "4f68bce3-e8cd-4db1-96e7-fbcaf984b709";

/** A partition to be written. */
export interface GptPartition {
  /** Type GUID as text. */
  readonly type: string;
  /** Unique GUID as text. */
  readonly guid: string;
  /** Up to 36 UTF-16 units. */
  readonly name: string;
  /** Image that starts at the partition's first byte; its size, rounded up to whole blocks, is the partition's. */
  readonly content: SparseImage;
}

/** Choices of {@link encodeGpt}. */
export interface GptOptions {
  /** Bytes of a logical block: 512 or 4096. */
  readonly blockSize?: 512 | 4096;
  /** GUID of the disk as text. */
  readonly diskGuid: string;
}

const entrySize = 128;
const entryCount = 128;
/** Partitions start at multiples of this. */
const alignment = 1 << 20;

/** First block of the first partition, for volumes that record where they start. */
export function firstPartitionBlock(blockSize: number): number {
  return alignment / blockSize;
}

/**
 * A disk with a GUID partition table (UEFI 2.10, section 5.3): protective MBR, header and 128 entries at both ends, partitions at multiples of one
 * MiB in the given order.
 *
 * @throws {EncodeError} for a GUID that is none, or a name that is too long.
 */
export function encodeGpt(partitions: readonly GptPartition[], options: GptOptions): SparseImage {
  const blockSize = options.blockSize ?? 512;
  const entryBlocks = (entrySize * entryCount) / blockSize;
  const entries = new Uint8Array(entrySize * entryCount);
  const view = new DataView(entries.buffer);
  const parts: ImagePart[] = [];
  let next = alignment;
  for (const [i, partition] of partitions.entries()) {
    const at = i * entrySize;
    const last = next + Math.ceil(partition.content.size / blockSize) * blockSize;
    entries.set(guidBytes(partition.type, `partitions[${i}].type`), at);
    entries.set(guidBytes(partition.guid, `partitions[${i}].guid`), at + 16);
    view.setBigUint64(at + 32, BigInt(next / blockSize), true);
    view.setBigUint64(at + 40, BigInt(last / blockSize - 1), true);
    if (partition.name.length > 36)
      throw new EncodeError("the name has more than 36 characters", `partitions[${i}].name`);
    for (let unit = 0; unit < partition.name.length; unit++)
      view.setUint16(at + 56 + 2 * unit, partition.name.charCodeAt(unit), true);
    parts.push(...shiftParts(partition.content, next));
    next = Math.ceil(last / alignment) * alignment;
  }
  const blocks = (next + alignment) / blockSize;
  const header = (own: number, other: number, table: number) =>
    headerBytes({
      own,
      other,
      table,
      blocks,
      blockSize,
      entryBlocks,
      disk: guidBytes(options.diskGuid, "diskGuid"),
      entriesCrc: crc32(entries),
    });
  const used = entries.subarray(0, Math.max(1, partitions.length) * entrySize);
  parts.push(
    { offset: 0, bytes: protectiveMbr(blocks) },
    { offset: blockSize, bytes: header(1, blocks - 1, 2) },
    { offset: 2 * blockSize, bytes: used },
    { offset: (blocks - 1 - entryBlocks) * blockSize, bytes: used },
    { offset: (blocks - 1) * blockSize, bytes: header(blocks - 1, 1, blocks - 1 - entryBlocks) },
  );
  parts.sort((a, b) => a.offset - b.offset);
  return { size: blocks * blockSize, parts };
}

function guidBytes(text: string, path: string): Uint8Array {
  const bytes = parseGuid(text);
  if (!bytes) throw new EncodeError(`${JSON.stringify(text)} is not a GUID`, path);
  return bytes;
}

interface Header {
  readonly own: number;
  readonly other: number;
  readonly table: number;
  readonly blocks: number;
  readonly blockSize: number;
  readonly entryBlocks: number;
  readonly disk: Uint8Array;
  readonly entriesCrc: number;
}

function headerBytes({ own, other, table, blocks, entryBlocks, disk, entriesCrc }: Header): Uint8Array {
  const bytes = new Uint8Array(92);
  const view = new DataView(bytes.buffer);
  bytes.set(new TextEncoder().encode("EFI PART"));
  view.setUint32(8, 0x0001_0000, true);
  view.setUint32(12, bytes.length, true);
  view.setBigUint64(24, BigInt(own), true);
  view.setBigUint64(32, BigInt(other), true);
  view.setBigUint64(40, BigInt(2 + entryBlocks), true);
  view.setBigUint64(48, BigInt(blocks - 2 - entryBlocks), true);
  bytes.set(disk, 56);
  view.setBigUint64(72, BigInt(table), true);
  view.setUint32(80, entryCount, true);
  view.setUint32(84, entrySize, true);
  view.setUint32(88, entriesCrc, true);
  view.setUint32(16, crc32(bytes), true);
  return bytes;
}

function protectiveMbr(blocks: number): Uint8Array {
  const bytes = new Uint8Array(512);
  const view = new DataView(bytes.buffer);
  bytes.set([0x00, 0x00, 0x02, 0x00, 0xee, 0xff, 0xff, 0xff], 446);
  view.setUint32(454, 1, true);
  view.setUint32(458, Math.min(blocks - 1, 0xffff_ffff), true);
  bytes.set([0x55, 0xaa], 510);
  return bytes;
}
