import { EncodeError } from "../../errors.ts";
import { isAuthenticated } from "../attributes.ts";
import { equalBytes, isFilled } from "../bytes.ts";
import { parseVendor } from "../guids.ts";
import { keyOf, type Variable, type VariableKey } from "../variable.ts";
import { decodeVariableStore, type VariableStore, visibleVariables } from "./read-store.ts";
import { alignRecord, encodeRecord, RecordState, type StoredRecord } from "./record.ts";

/** One step of an edit. */
export type StoreEdit =
  | { readonly kind: "set"; readonly variable: Variable }
  | { readonly kind: "delete"; readonly key: VariableKey }
  | { readonly kind: "compact" };

/** What a step did. */
export interface StoreChange {
  readonly action: "added" | "replaced" | "unchanged" | "deleted" | "missing" | "compacted";
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
  readonly bytes: Uint8Array;
  readonly changes: readonly StoreChange[];
}

/**
 * Applies steps to a flash variable store and returns the new file; the input is not touched. New records are appended and
 * old ones marked as the firmware does it; when space runs out the live records are packed first.
 *
 * Every step is checked: all other variables read back as they were, headers and everything outside the records byte for byte.
 *
 * @throws {DecodeError} when the store is not sound enough to edit, for example with an unfinished fault-tolerant write.
 * @throws {EncodeError} when a variable does not fit, has no valid name or GUID, or needs a signature.
 */
export function editVariableStore(
  bytes: Uint8Array,
  edits: readonly StoreEdit[],
  options: EditOptions = {},
): EditResult {
  const { volumeLength } = decodeVariableStore(bytes).layout;
  // Copied first: slices of a Node Buffer would share its memory. Some images are mostly filler behind the volume.
  let store = decodeVariableStore(new Uint8Array(bytes.subarray(0, volumeLength)));
  const changes: StoreChange[] = [];
  for (const edit of edits) {
    const copy = decodeVariableStore(store.bytes.slice());
    const change = applyEdit(copy, edit, options);
    const after = decodeVariableStore(copy.bytes);
    verifyEdit(store, after, edit);
    changes.push(change);
    store = after;
  }
  const edited = new Uint8Array(bytes);
  edited.set(store.bytes);
  return { bytes: edited, changes };
}

function applyEdit(store: VariableStore, edit: StoreEdit, options: EditOptions): StoreChange {
  switch (edit.kind) {
    case "set":
      return setVariable(store, edit.variable, options);
    case "delete":
      return deleteVariable(store, edit.key, options);
    case "compact": {
      const before = store.freeOffset;
      return { action: "compacted", size: before - compact(store) };
    }
  }
}

function setVariable(store: VariableStore, variable: Variable, { force }: EditOptions): StoreChange {
  requireVariable(variable);
  const key = { guid: variable.guid, name: variable.name };
  const size = variable.data.length;
  const old = liveRecords(store, key);
  const visible = old.find((record) => record.visible);
  if (visible && isSame(visible, variable) && old.length === 1 && visible.state === RecordState.Added) {
    return { action: "unchanged", key, size };
  }
  if (visible) requireUnsigned(visible, force);
  // Count, time and key of a record that is replaced go on unless the caller gives its own.
  const record = encodeRecord(store.layout.format, {
    timestamp: visible?.timestamp,
    monotonicCount: visible?.monotonicCount,
    publicKeyIndex: visible?.publicKeyIndex,
    ...variable,
  });
  for (const { offset } of old) store.bytes[offset + 2] = RecordState.Replaced;
  let at = store.freeOffset;
  if (at + record.length > store.layout.recordsEnd) at = compact(decodeVariableStore(store.bytes));
  const end = store.layout.recordsEnd;
  if (at + record.length > end) {
    const free = end - at;
    throw new EncodeError(`${record.length} bytes are needed, ${free} are free after compacting`, variable.name);
  }
  store.bytes.fill(0xff, at, end);
  store.bytes.set(record, at);
  return { action: visible ? "replaced" : "added", key, size };
}

function deleteVariable(store: VariableStore, key: VariableKey, { force }: EditOptions): StoreChange {
  const old = liveRecords(store, key);
  const visible = old.find((record) => record.visible);
  if (!visible) return { action: "missing", key, size: 0 };
  requireUnsigned(visible, force);
  for (const { offset } of old) store.bytes[offset + 2] = RecordState.Deleted;
  return { action: "deleted", key, size: visible.data.length };
}

/** Packs the live records to the front, in the firmware's order: live ones first, then those that were being replaced. Returns the new end. */
function compact(store: VariableStore): number {
  const { bytes, layout } = store;
  const kept = store.records.filter(({ visible }) => visible);
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

function liveRecords(store: VariableStore, { guid, name }: VariableKey): StoredRecord[] {
  return store.records.filter(
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
  if (parseVendor(guid) !== guid) throw new EncodeError(`${JSON.stringify(guid)} is no lower-case GUID`, name);
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
function verifyEdit(before: VariableStore, after: VariableStore, edit: StoreEdit): void {
  const { recordsStart, recordsEnd } = before.layout;
  const outside =
    before.bytes.length === after.bytes.length &&
    equalBytes(before.bytes.subarray(0, recordsStart), after.bytes.subarray(0, recordsStart)) &&
    equalBytes(before.bytes.subarray(recordsEnd), after.bytes.subarray(recordsEnd));
  const key = edit.kind === "set" ? keyOf(edit.variable) : edit.kind === "delete" ? keyOf(edit.key) : undefined;
  const expected = new Map(visibleVariables(before).map((record) => [keyOf(record), record]));
  const found = new Map(visibleVariables(after).map((record) => [keyOf(record), record]));
  const wanted = edit.kind === "set" ? found.get(keyOf(edit.variable)) : undefined;
  const applied =
    edit.kind === "set"
      ? wanted !== undefined && isSame(wanted, edit.variable)
      : edit.kind === "compact" || !found.has(keyOf(edit.key));
  if (key !== undefined) {
    expected.delete(key);
    found.delete(key);
  }
  const others =
    expected.size === found.size &&
    [...expected].every(([name, record]) => {
      const other = found.get(name);
      return other !== undefined && equalBytes(other.nameBytes, record.nameBytes) && isSame(other, record);
    });
  // A deletion changes one byte and leaves the free space as it is.
  const clean = edit.kind === "delete" || isFilled(after.bytes, 0xff, after.freeOffset, recordsEnd);
  if (!outside || !applied || !others || !clean) throw new Error("the edited store does not read back as it should");
}
