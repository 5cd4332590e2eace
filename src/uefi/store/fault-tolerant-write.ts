import type { Bytes } from "../../bytes/bytes.ts";
import { crc32 } from "../../bytes/crc32.ts";
import { viewOf } from "../../bytes/view.ts";
import { guidText } from "../bytes.ts";
import { guidBytes, storeGuids } from "./flash.ts";

/** Bytes of the working block's header, of a write header and of a write record. */
const blockHeaderSize = 32;
const writeHeaderSize = 40;
const writeRecordSize = 40;

/** The fault-tolerant-write block of a flash store. */
export interface WorkingBlock {
  /** First byte in the file. */
  readonly offset: number;
  /** Bytes of the write queue after the 32-byte header. */
  readonly queueSize: number;
  /** Header checksum and state are as the firmware writes them. */
  readonly valid: boolean;
  /** Writes in the queue, finished ones included. */
  readonly writes: number;
  /** A write that was begun and not finished. */
  readonly pending?: PendingWrite | undefined;
}

/** An unfinished write. */
export interface PendingWrite {
  /** Where its header lies in the file. */
  readonly offset: number;
  /** The new content is complete in the spare area, so that the firmware will copy it over the store. */
  readonly restores: boolean;
}

/** Header of an empty working block with a queue of so many bytes. */
export function encodeWorkingBlockHeader(queueSize: number): Bytes {
  const bytes = new Uint8Array(blockHeaderSize).fill(0xff);
  bytes.set(guidBytes(storeGuids.workingBlock), 0);
  const view = viewOf(bytes);
  view.setBigUint64(24, BigInt(queueSize), true);
  // Checksum and state count as erased in the checksum.
  view.setUint32(16, crc32(bytes), true);
  bytes[20] = 0xfe;
  return bytes;
}

/**
 * The working block of a store: the first one after the records, at a multiple of 4 KiB.
 *
 * @returns undefined when there is none.
 */
export function findWorkingBlock(bytes: Uint8Array, start: number, end: number): WorkingBlock | undefined {
  for (let at = (start + 0xfff) & ~0xfff; at + blockHeaderSize <= end; at += 0x1000) {
    // An erased page needs no second look.
    if (bytes[at] === 0xff || guidText(bytes, at) !== storeGuids.workingBlock) continue;
    return readWorkingBlock(bytes, at, end);
  }
  return undefined;
}

function readWorkingBlock(bytes: Uint8Array, offset: number, end: number): WorkingBlock {
  const view = viewOf(bytes);
  const claimed = view.getBigUint64(offset + 24, true);
  const room = end - offset - blockHeaderSize;
  const queueSize = claimed > BigInt(room) ? room : Number(claimed);
  const valid = claimed <= BigInt(room) && isHeaderValid(bytes, offset);
  const queue = valid
    ? readQueue(bytes, view, offset + blockHeaderSize, offset + blockHeaderSize + queueSize)
    : undefined;
  return { offset, queueSize, valid, writes: queue?.writes ?? 0, pending: queue?.pending };
}

/** Whether checksum and state are right; both count as erased in the checksum. */
function isHeaderValid(bytes: Uint8Array, offset: number): boolean {
  const header = bytes.slice(offset, offset + blockHeaderSize);
  const view = viewOf(header);
  const sum = view.getUint32(16, true);
  const state = view.getUint32(20, true);
  header.fill(0xff, 16, 24);
  return sum === crc32(header) && state === 0xfffffffe;
}

/** Bits of a header's or record's first byte are set by clearing them. */
const isSet = (byte: number, bit: number) => (byte & (1 << bit)) === 0;

/** Walks the queue up to its first free or unfinished entry, as the firmware does. */
function readQueue(bytes: Uint8Array, view: DataView, start: number, end: number) {
  let writes = 0;
  let at = start;
  while (at + writeHeaderSize <= end) {
    const header = bytes[at]!;
    if (!isSet(header, 0)) break;
    writes++;
    const count = view.getBigUint64(at + 24, true);
    const step = BigInt(writeRecordSize) + view.getBigUint64(at + 32, true);
    const records = at + writeHeaderSize;
    const fits = count * step <= BigInt(end - records);
    const restores = fits && hasRestore(bytes, records, Number(count), Number(step));
    if (!isSet(header, 2) || restores || !fits) return { writes, pending: { offset: at, restores } };
    at = records + Number(count * step);
  }
  return { writes };
}

/** Whether a record has its spare copy but not its destination. */
function hasRestore(bytes: Uint8Array, records: number, count: number, step: number): boolean {
  for (let i = 0; i < count; i++) {
    const flags = bytes[records + i * step]!;
    if (isSet(flags, 1) && !isSet(flags, 2)) return true;
  }
  return false;
}
