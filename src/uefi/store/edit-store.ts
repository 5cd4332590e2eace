import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { equalBytes } from "../../bytes/compare.ts";
import { EncodeError } from "../../errors.ts";
import { isAuthenticated } from "../attributes.ts";
import { parseVendor } from "../guids.ts";
import { type Variable, type VariableKey, variableKey } from "../variable.ts";
import type { FlashLayout } from "./flash.ts";
import { decodeVariableStore, readRecords, type VariableStore } from "./read-store.ts";
import { alignRecord, encodeRecord, RecordState, type StoredRecord } from "./record.ts";

/** One step of an edit. */
export type StoreEdit =
  | {
      /** Writes the variable, new or in place of an old one. */
      readonly kind: "set";
      /** Count, time and key that are absent are those of the variable that is replaced. */
      readonly variable: Variable;
    }
  | {
      /** Deletes the variable, where it exists. */
      readonly kind: "delete";
      /** Which variable. */
      readonly key: VariableKey;
    }
  | {
      /** Packs the live records, so that the space of dead ones is free. */
      readonly kind: "compact";
    };

/** What a step did. */
export interface StoreChange {
  /** `unchanged`: the variable was so already; `missing`: there was nothing to delete. */
  readonly action: "added" | "replaced" | "unchanged" | "deleted" | "missing" | "compacted";
  /** The variable; absent for `compacted`. */
  readonly key?: VariableKey | undefined;
  /** Bytes of the variable's data, or bytes given back by compacting. */
  readonly size: number;
}

/** Options of an edit. */
export interface EditOptions {
  /** Allows to replace and delete variables that need a signature, whose signature the edit cannot make. */
  readonly force?: boolean | undefined;
}

/** A store after an edit. */
export interface EditResult {
  /** The whole file; everything outside the records is as it was. */
  readonly bytes: Bytes;
  /** One for each step, in order. */
  readonly changes: readonly StoreChange[];
}

/**
 * Applies steps to a flash variable store and returns the new file; the input is not touched. New records are appended and
 * old ones marked as the firmware does it; when space runs out the live records are packed first.
 *
 * Nothing outside the space for records is touched. Every step is checked: all other variables read back as they were.
 *
 * @throws {DecodeError} when the store is not sound enough to edit, for example with an unfinished fault-tolerant write.
 * @throws {EncodeError} when a variable does not fit, has no valid name or GUID, or needs a signature.
 */
export function editVariableStore(
  bytes: Uint8Array,
  edits: readonly StoreEdit[],
  options: EditOptions = {},
): EditResult {
  checkBytes(bytes);
  return editStore(decodeVariableStore(bytes), edits, options);
}

/** Applies steps to a store that was found sound: see {@link editVariableStore}. */
export function editStore(store: VariableStore, edits: readonly StoreEdit[], options: EditOptions = {}): EditResult {
  const { layout } = store;
  const changes: StoreChange[] = [];
  const bytes = new Uint8Array(store.bytes);
  // Only this part can change; the rest of the file is never touched.
  const space = bytes.subarray(0, layout.recordsEnd);
  let before: CheckedArea = withVisible(store);
  for (const [i, edit] of edits.entries()) {
    const { records, freeOffset } = before;
    changes.push(applyEdit({ bytes: space, layout, records, freeOffset }, edit, options));
    // The next step is compared with a copy: records are views.
    const after = withVisible(areaOf(i < edits.length - 1 ? space.slice() : space, layout));
    verifyEdit(before, after, edit);
    before = after;
  }
  return { bytes, changes };
}

/** The part of a store up to the end of its record space. */
type Area = Pick<VariableStore, "bytes" | "layout" | "records" | "freeOffset">;

/** An area with the records that the firmware finds, by their keys. */
type CheckedArea = Area & { readonly visible: ReadonlyMap<string, StoredRecord> };

function withVisible({ bytes, layout, records, freeOffset }: Area): CheckedArea {
  const visible = new Map(
    records.flatMap((record) => (record.visible ? [[variableKey(record), record] as const] : [])),
  );
  return { bytes, layout, records, freeOffset, visible };
}

function areaOf(bytes: Uint8Array, layout: FlashLayout): Area {
  return { bytes, layout, ...readRecords(bytes, layout) };
}

function applyEdit(area: Area, edit: StoreEdit, options: EditOptions): StoreChange {
  switch (edit.kind) {
    case "set":
      return setVariable(area, edit.variable, options);
    case "delete":
      return deleteVariable(area, edit.key, options);
    case "compact":
      return { action: "compacted", size: area.freeOffset - compact(area) };
  }
}

function setVariable(area: Area, variable: Variable, { force }: EditOptions): StoreChange {
  requireVariable(variable);
  const key = { guid: variable.guid, name: variable.name };
  const size = variable.data.length;
  const old = liveRecords(area, key);
  const visible = old.find((record) => record.visible);
  if (visible && isSame(visible, variable) && old.length === 1 && visible.state === RecordState.Added) {
    return { action: "unchanged", key, size };
  }
  if (visible) requireUnsigned(visible, force);
  // Count, time and key of a record that is replaced go on unless the caller gives its own.
  const record = encodeRecord(area.layout.format, {
    timestamp: visible?.timestamp,
    monotonicCount: visible?.monotonicCount,
    publicKeyIndex: visible?.publicKeyIndex,
    ...variable,
  });
  const end = area.layout.recordsEnd;
  for (const { offset } of old) area.bytes[offset + 2] = RecordState.Replaced;
  let at = area.freeOffset;
  if (at + record.length > end) at = compact(areaOf(area.bytes, area.layout));
  if (at + record.length > end) {
    throw new EncodeError(`${record.length} bytes are needed, ${end - at} are free after compacting`, variable.name);
  }
  area.bytes.fill(0xff, at, end);
  area.bytes.set(record, at);
  return { action: visible ? "replaced" : "added", key, size };
}

function deleteVariable(area: Area, key: VariableKey, { force }: EditOptions): StoreChange {
  const old = liveRecords(area, key);
  const visible = old.find((record) => record.visible);
  if (!visible) return { action: "missing", key, size: 0 };
  requireUnsigned(visible, force);
  for (const { offset } of old) area.bytes[offset + 2] = RecordState.Deleted;
  return { action: "deleted", key, size: visible.data.length };
}

/** Packs the live records to the front, in the firmware's order: live ones first, then those that were being replaced. Returns the new end. */
function compact({ bytes, layout, records }: Area): number {
  const kept = records.filter(({ visible }) => visible);
  const ordered = [
    ...kept.filter(({ state }) => state === RecordState.Added),
    ...kept.filter(({ state }) => state !== RecordState.Added),
  ];
  const copies = ordered.map(({ offset, length }) => bytes.slice(offset, offset + length));
  bytes.fill(0xff, layout.recordsStart, layout.recordsEnd);
  let at = alignRecord(layout.recordsStart);
  for (const copy of copies) {
    copy[2] = RecordState.Added;
    bytes.set(copy, at);
    at = alignRecord(at + copy.length);
  }
  return Math.min(at, layout.recordsEnd);
}

function liveRecords(area: Area, { guid, name }: VariableKey): StoredRecord[] {
  return area.records.filter(
    (record) =>
      record.guid === guid &&
      record.name === name &&
      (record.state === RecordState.Added || record.state === RecordState.BeingReplaced),
  );
}

function isSame(
  record: StoredRecord,
  { attributes, data, timestamp, monotonicCount, publicKeyIndex }: Variable,
): boolean {
  return (
    record.attributes === attributes &&
    equalBytes(record.data, data) &&
    (timestamp === undefined || equalBytes(record.timestamp, timestamp)) &&
    (monotonicCount === undefined || record.monotonicCount === monotonicCount) &&
    (publicKeyIndex === undefined || record.publicKeyIndex === publicKeyIndex)
  );
}

/** @throws {EncodeError} for a variable that no store can hold. */
export function requireVariable({ guid, name, attributes, data }: Variable): void {
  if (parseVendor(guid) !== guid) throw new EncodeError(`${JSON.stringify(guid)} is not a lower-case GUID`, name);
  if (name === "" || name.includes("\0")) throw new EncodeError("a variable needs a name without NUL", "name");
  if (!Number.isInteger(attributes) || attributes < 0 || attributes >= 0xffffffff) {
    throw new EncodeError(`the attributes ${attributes} are no 32-bit number`, name);
  }
  // The firmware takes an empty value for a request to delete.
  if (data.length === 0) throw new EncodeError("a variable without data cannot exist", name);
}

function requireUnsigned({ attributes, name }: StoredRecord, force: boolean | undefined): void {
  if (force || !isAuthenticated(attributes)) return;
  throw new EncodeError(
    "the variable needs a signature, which an edit cannot make; force the change to write it as it is",
    name,
  );
}

/** Compares a store before and after a step. A difference is a mistake of this module, never of its input. */
function verifyEdit(before: CheckedArea, after: CheckedArea, edit: StoreEdit): void {
  const { recordsStart } = before.layout;
  const headers = equalBytes(before.bytes.subarray(0, recordsStart), after.bytes.subarray(0, recordsStart));
  let applied = true;
  let edited: string | undefined;
  if (edit.kind !== "compact") {
    edited = variableKey(edit.kind === "set" ? edit.variable : edit.key);
    const record = after.visible.get(edited);
    applied = edit.kind === "set" ? record !== undefined && isSame(record, edit.variable) : record === undefined;
  }
  const count = ({ visible }: CheckedArea) => visible.size - (edited !== undefined && visible.has(edited) ? 1 : 0);
  let others = count(before) === count(after);
  for (const [key, record] of before.visible) {
    if (key === edited) continue;
    const other = after.visible.get(key);
    others &&= other !== undefined && equalBytes(other.nameBytes, record.nameBytes) && isSame(other, record);
  }
  if (!headers || !applied || !others) throw new Error("the edited store does not read back as it should");
}
