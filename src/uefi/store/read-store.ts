import { checkBytes } from "../../bytes/bytes.ts";
import { isFilled } from "../../bytes/compare.ts";
import { viewOf } from "../../bytes/view.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { DecodeError } from "../../errors.ts";
import { hex } from "../../text/hex.ts";
import { variableKey } from "../variable.ts";
import { findWorkingBlock, type WorkingBlock } from "./fault-tolerant-write.ts";
import { decodeFlashLayout, type FlashLayout, isUnformatted, recordHeaderSize } from "./flash.ts";
import {
  alignRecord,
  RecordState,
  recordStart,
  type ScannedRecord,
  type StoredRecord,
  scanRecord,
  stateName,
} from "./record.ts";
import { type FindingPlace, type StoreRuleCode, storeFinding } from "./rules.ts";

/** A flash variable store as the firmware sees it. */
export interface VariableStore {
  /** The file; records are views of it. */
  readonly bytes: Uint8Array;
  /** Where its parts are. */
  readonly layout: FlashLayout;
  /** All records in the order of the file, dead ones included. */
  readonly records: readonly StoredRecord[];
  /** First byte after the records, a multiple of 4, in the file. */
  readonly freeOffset: number;
  /** Header of the fault-tolerant write; undefined where the file has none. */
  readonly workingBlock: WorkingBlock | undefined;
}

/** A store, as far as it could be read, and what is wrong with it. */
export interface StoreReading {
  /** Undefined when the bytes are not a store, or one that was never formatted. */
  readonly store?: VariableStore | undefined;
  /** The whole image is 00h or FFh: the firmware will format it. */
  readonly unformatted?: true | undefined;
  /** What is wrong, by rules `V001` to `V015`. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Choices of {@link readVariableStore}. */
export interface ReadStoreOptions {
  /** Look at the free space only for records that lie there, not for other bytes that are not FFh (`V008`). */
  readonly quick?: boolean | undefined;
}

/**
 * Reads a flash variable store (OVMF_VARS.fd and its like) tolerantly: whatever is wrong becomes a diagnostic, `V001` … `V015`.
 * Never throws.
 */
export function readVariableStore(file: Uint8Array, options: ReadStoreOptions = {}): StoreReading {
  checkBytes(file);
  // Parts of a Buffer would be Buffers too, which are slow to make.
  const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
  if (bytes.length >= 0x10000 && isUnformatted(bytes)) {
    const message = "The store was never formatted: the firmware does so when it first starts";
    return { unformatted: true, diagnostics: [storeFinding("V005", message, { length: bytes.length })] };
  }
  let layout: FlashLayout;
  try {
    layout = decodeFlashLayout(bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    const { message, offset, rule } = error;
    return {
      diagnostics: [storeFinding((rule ?? "V001") as StoreRuleCode, message, offset === undefined ? {} : { offset })],
    };
  }
  const diagnostics = checkHeaders(layout);
  const { records, freeOffset, broken } = readRecords(bytes, layout, diagnostics);
  // Where the first byte of no record is, no record is; this search is native, the other one is not.
  const maybe = !options.quick || bytes.subarray(freeOffset, layout.recordsEnd).includes(recordStart & 0xff);
  if (!broken && maybe) checkFreeArea(bytes, layout, freeOffset, diagnostics);
  checkRecords(records, diagnostics, layout);
  const workingBlock = findWorkingBlock(bytes, layout.recordsEnd, layout.volumeLength);
  checkWorkingBlock(workingBlock, layout, diagnostics);
  return { store: { bytes, layout, records, freeOffset, workingBlock }, diagnostics };
}

/**
 * Reads a flash variable store that must be sound enough to edit.
 *
 * @throws {DecodeError} with the first error that makes an edit unsafe.
 */
export function decodeVariableStore(bytes: Uint8Array): VariableStore {
  checkBytes(bytes);
  return requireSound(readVariableStore(bytes, { quick: true }));
}

/**
 * The store of a reading, when it is sound enough to edit.
 *
 * @throws {DecodeError} with the first error that makes an edit unsafe.
 */
export function requireSound({ store, diagnostics }: StoreReading): VariableStore {
  const unsafe = new Set<string>(["V001", "V002", "V003", "V004", "V005", "V006", "V007", "V010"]);
  const found = diagnostics.find(({ rule }) => unsafe.has(rule));
  if (!store || found) {
    throw new DecodeError(found?.message ?? "not a variable store", found);
  }
  return store;
}

function checkHeaders(layout: FlashLayout): Diagnostic[] {
  const found: Diagnostic[] = [];
  const { headerSum, volumeHeaderLength, formatted, healthy } = layout;
  if (headerSum !== 0) {
    const message = `The volume header adds up to ${hex(headerSum, 4)}, expected 0`;
    found.push(
      storeFinding("V003", message, { path: "volume", offset: 50, length: 2, hint: "Take the file from a backup" }),
    );
  }
  if (formatted !== 0x5a || healthy !== 0xfe) {
    const message = `The store says formatted ${hex(formatted, 2)}, healthy ${hex(healthy, 2)}; expected 0x5a, 0xfe`;
    found.push(storeFinding("V004", message, { path: "store", offset: volumeHeaderLength + 20, length: 2 }));
  }
  return found;
}

/** Records from the first to the end of the list, of bytes that reach at least to the end of the record space. */
export function readRecords(
  bytes: Uint8Array,
  layout: FlashLayout,
  diagnostics: Diagnostic[] = [],
): { readonly records: StoredRecord[]; readonly freeOffset: number; readonly broken: boolean } {
  const view = viewOf(bytes);
  const { format, recordsEnd } = layout;
  const records: ScannedRecord[] = [];
  let at = alignRecord(layout.recordsStart);
  let broken = false;
  while (at < recordsEnd) {
    const scan = scanRecord(bytes, view, format, at, recordsEnd);
    if (!scan) break;
    if ("broken" in scan) {
      const place = { path: `records[${records.length}]`, offset: at, length: recordHeaderSize[format] };
      diagnostics.push(storeFinding("V006", `The record at ${hex(at)} is broken: ${scan.broken}`, place));
      broken = true;
      break;
    }
    records.push(scan.record);
    at = alignRecord(at + scan.record.length);
  }
  markVisible(records);
  return { records, freeOffset: Math.min(at, recordsEnd), broken };
}

/** Bytes after the last record: records that the firmware does not see any more, or anything else but FFh. */
function checkFreeArea(
  bytes: Uint8Array,
  { format, recordsEnd }: FlashLayout,
  start: number,
  diagnostics: Diagnostic[],
): void {
  if (isFilled(bytes, 0xff, start, recordsEnd)) return;
  const view = viewOf(bytes);
  let first = start;
  while (bytes[first] === 0xff) first++;
  for (let at = alignRecord(start); at + recordHeaderSize[format] <= recordsEnd; at += 4) {
    const scan = scanRecord(bytes, view, format, at, recordsEnd);
    if (!scan || "broken" in scan || scan.record.name === "") continue;
    const message = `A record is at ${hex(at)}, after the end of the list at ${hex(start)}`;
    diagnostics.push(storeFinding("V007", message, { offset: at, length: scan.record.length }));
    return;
  }
  const message = `The free space from ${hex(start)} is not all FFh: the first other byte is at ${hex(first)}`;
  diagnostics.push(storeFinding("V008", message, { offset: first, length: 1, hint: "nbft vars compact cleans it" }));
}

/** Largest name and data that SetVariable takes, header included, by the builds' store sizes. */
export function largestVariable({ recordsEnd }: FlashLayout): number {
  return recordsEnd > 0x10000 ? 0x8400 : 0x2000;
}

const isLive = (state: number) => state === RecordState.Added || state === RecordState.BeingReplaced;

/** Marks the record that the firmware finds for each variable: the first live one, else the last that is being replaced. */
function markVisible(records: readonly ScannedRecord[]): void {
  const chosen = new Map<string, ScannedRecord>();
  for (const record of records) {
    if (!isLive(record.state)) continue;
    const key = variableKey(record);
    if (chosen.get(key)?.state === RecordState.Added) continue;
    chosen.set(key, record);
  }
  for (const record of chosen.values()) record.visible = true;
}

function checkRecords(records: readonly StoredRecord[], diagnostics: Diagnostic[], layout: FlashLayout): void {
  const live = new Map<string, StoredRecord>();
  const max = largestVariable(layout);
  for (const [i, record] of records.entries()) {
    const { state, name, nameBytes, data, offset, length } = record;
    const report = (code: StoreRuleCode, message: string, more: FindingPlace = {}) =>
      diagnostics.push(storeFinding(code, message, { path: `records[${i}]`, offset, length, ...more }));
    const unfinished = `The record at ${hex(offset)} was not written to its end (${stateName(state)})`;
    if (state === RecordState.HeaderOnly) report("V013", unfinished);
    if (state === RecordState.NotBegun)
      report(
        "V013",
        `${unfinished}: a DEBUG build of OVMF that checks the store stops on an assertion, and the guest does not boot`,
        { severity: "warning", hint: "nbft vars compact STORE removes it" },
      );
    if (state === RecordState.BeingReplaced) report("V012", `${name}: a replacement was not finished`);
    if (!isLive(state)) continue;
    if (name === "" || nameBytes.length !== 2 * name.length + 2) {
      report("V014", `The name of the record at ${hex(offset)} is not a text that ends with its only NUL`);
    }
    if (nameBytes.length + data.length > max - recordHeaderSize[layout.format]) {
      report("V015", `${name} has ${data.length} bytes, more than the firmware writes (${max} with name and header)`);
    }
    const first = live.get(variableKey(record));
    if (state !== RecordState.Added) continue;
    if (first) report("V011", `${name} has a live record at ${hex(first.offset)} already`);
    else live.set(variableKey(record), record);
  }
}

function checkWorkingBlock(block: WorkingBlock | undefined, layout: FlashLayout, diagnostics: Diagnostic[]): void {
  if (!block) {
    const offset = layout.recordsEnd;
    diagnostics.push(
      storeFinding("V009", "There is no fault-tolerant-write block: the firmware makes a new one", { offset }),
    );
    return;
  }
  const place = { path: "workingBlock", offset: block.offset, length: 32 };
  if (!block.valid) {
    diagnostics.push(storeFinding("V009", "The fault-tolerant-write block's header is not valid", place));
  }
  if (block.pending) {
    const what = block.pending.restores
      ? "the firmware will copy the spare area over the store"
      : "it was begun and not finished";
    const message = `A fault-tolerant write is pending: ${what}`;
    const hint = "Start the machine once with this store and shut it down, then edit";
    diagnostics.push(storeFinding("V010", message, { ...place, offset: block.pending.offset, length: 40, hint }));
  }
}

/** The variables that the firmware sees, in the order of the file. */
export function visibleVariables(store: VariableStore): StoredRecord[] {
  return store.records.filter(({ visible }) => visible);
}

/** Bytes of a store's record space by use. */
export interface StoreSpace {
  /** Bytes for records. */
  readonly total: number;
  /** Bytes of records that the firmware finds. */
  readonly live: number;
  /** Replaced, deleted and unfinished records: what compacting gives back. */
  readonly dead: number;
  /** Bytes after the last record. */
  readonly free: number;
}

/** How full a store is; padding counts with its record. */
export function storeSpace({ layout, records, freeOffset }: VariableStore): StoreSpace {
  const total = layout.recordsEnd - layout.recordsStart;
  let live = 0;
  for (const { visible, offset, length } of records) if (visible) live += alignRecord(offset + length) - offset;
  return { total, live, dead: freeOffset - layout.recordsStart - live, free: layout.recordsEnd - freeOffset };
}
