import type { Bytes } from "../../bytes/bytes.ts";
import { viewOf } from "../../bytes/view.ts";
import { decodeUtf16, encodeUtf16, guidText } from "../bytes.ts";
import type { Variable } from "../variable.ts";
import { guidBytes, recordHeaderSize, type StoreFormat } from "./flash.ts";

/** States of a record; flash can only clear bits, so each step clears one more. */
export const RecordState = {
  /** Only the first two bytes are sure to be written. */
  NotBegun: 0xff,
  /** Header written, name and data not yet: never read. */
  HeaderOnly: 0x7f,
  Added: 0x3f,
  /** A newer copy is being written; still the live one as long as there is no other. */
  BeingReplaced: 0x3e,
  Replaced: 0x3c,
  Deleted: 0x3d,
} as const;

const stateNames = new Map<number, string>([
  [RecordState.HeaderOnly, "header only"],
  [RecordState.Added, "live"],
  [RecordState.BeingReplaced, "being replaced"],
  [RecordState.Replaced, "replaced"],
  [RecordState.Deleted, "deleted"],
  [RecordState.NotBegun, "not begun"],
]);

/** A record state in words. */
export function stateName(state: number): string {
  return stateNames.get(state) ?? `state 0x${state.toString(16).padStart(2, "0")}`;
}

/** One record of a store. Byte fields are views of the store. */
export interface StoredRecord extends Variable {
  /** First byte of the record in the file. */
  readonly offset: number;
  /** Bytes of header, name and data; the next record begins at the next multiple of 4. */
  readonly length: number;
  /** A value of {@link RecordState}, or an unknown one. */
  readonly state: number;
  /** The byte after the state, zero. */
  readonly reserved: number;
  readonly timestamp: Uint8Array;
  /** Count of the last signed write, 64 bits; 0 in a plain store. */
  readonly monotonicCount: bigint;
  readonly publicKeyIndex: number;
  /** Bytes of the name as stored, its NUL included. */
  readonly nameBytes: Uint8Array;
  /** First byte of the data in the file. */
  readonly dataOffset: number;
  /** Whether the firmware finds this record when it looks for the variable. */
  readonly visible: boolean;
}

/** A record before it is known which ones the firmware finds. */
export type ScannedRecord = Omit<StoredRecord, "visible"> & { visible: boolean };

/** First two bytes of every record. */
export const recordStart = 0x55aa;

/** Bytes from `at` to the next record: records begin at multiples of 4. */
export function alignRecord(at: number): number {
  return (at + 3) & ~3;
}

/** What lies at the place of a record: nothing, a record, or one whose sizes leave the store. */
export type RecordScan = { readonly record: ScannedRecord } | { readonly broken: string } | undefined;

const zeroTime = new Uint8Array(16);

/**
 * The record at `at`, which the caller has aligned. A header of which the sizes were never written has no name and no data.
 *
 * @param end end of the space for records.
 */
export function scanRecord(
  bytes: Uint8Array,
  view: DataView,
  format: StoreFormat,
  at: number,
  end: number,
): RecordScan {
  const headerSize = recordHeaderSize[format];
  if (at + 2 > end || view.getUint16(at, true) !== recordStart) return undefined;
  if (at + headerSize > end) return { broken: "the header goes past the end of the store" };
  const authenticated = format === "authenticated";
  const sizes = at + (authenticated ? 36 : 8);
  const attributes = view.getUint32(at + 4, true);
  const state = bytes[at + 2]!;
  let nameSize = view.getUint32(sizes, true);
  let dataSize = view.getUint32(sizes + 4, true);
  if (
    state === RecordState.NotBegun ||
    attributes === 0xffffffff ||
    nameSize === 0xffffffff ||
    dataSize === 0xffffffff
  ) {
    nameSize = 0;
    dataSize = 0;
  }
  const name = at + headerSize;
  const data = name + nameSize;
  if (data + dataSize > end) {
    return { broken: `name (${nameSize} bytes) and data (${dataSize} bytes) go past the end of the store` };
  }
  const nameBytes = bytes.subarray(name, data);
  return {
    record: {
      offset: at,
      length: headerSize + nameSize + dataSize,
      state,
      reserved: bytes[at + 3]!,
      attributes,
      monotonicCount: authenticated ? view.getBigUint64(at + 8, true) : 0n,
      timestamp: authenticated ? bytes.subarray(at + 16, at + 32) : zeroTime,
      publicKeyIndex: authenticated ? view.getUint32(at + 32, true) : 0,
      guid: guidText(bytes, at + headerSize - 16),
      name: decodeUtf16(nameBytes),
      nameBytes,
      data: bytes.subarray(data, data + dataSize),
      dataOffset: data,
      visible: false,
    },
  };
}

/** Bytes of a new record in state `Added`, without padding. */
export function encodeRecord(format: StoreFormat, variable: Variable): Bytes {
  const name = encodeUtf16(variable.name);
  const headerSize = recordHeaderSize[format];
  const bytes = new Uint8Array(headerSize + name.length + variable.data.length);
  const view = viewOf(bytes);
  view.setUint16(0, recordStart, true);
  bytes[2] = RecordState.Added;
  view.setUint32(4, variable.attributes, true);
  let sizes = 8;
  if (format === "authenticated") {
    view.setBigUint64(8, variable.monotonicCount ?? 0n, true);
    bytes.set(variable.timestamp ?? zeroTime, 16);
    view.setUint32(32, variable.publicKeyIndex ?? 0, true);
    sizes = 36;
  }
  view.setUint32(sizes, name.length, true);
  view.setUint32(sizes + 4, variable.data.length, true);
  bytes.set(guidBytes(variable.guid), headerSize - 16);
  bytes.set(name, headerSize);
  bytes.set(variable.data, headerSize + name.length);
  return bytes;
}
