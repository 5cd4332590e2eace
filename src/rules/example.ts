import { checksumFor } from "../acpi/checksum.ts";
import { writeUint } from "../bytes/numbers.ts";
import { openTable, type TableFrame } from "../nbft/read/frame.ts";
import type { NbftTable } from "../nbft/table.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import type { Field } from "../structure/index.ts";
import { encodeValue } from "../structure/value.ts";
import { type ExampleTableName, exampleTables } from "./example-tables.ts";
import { type Place, placeOf } from "./place.ts";

/** A reference as an example stores it; what is left out stays. */
export interface StoredRef {
  readonly offset?: number;
  /** Offset from the first byte that the example adds to the heap. */
  readonly added?: number;
  readonly length?: number;
  /** Path of the object to lead to instead. */
  readonly like?: string;
}

/** How to make a table for a rule's example: one of a few sound tables, and what is different about it. */
export interface Example {
  /** The table to start from; `plain` if not given. */
  readonly table?: ExampleTableName;
  /** Layout of the heap; `spec` if not given. */
  readonly layout?: "spec" | "edk2";
  /** Values of the model that differ, by path. `undefined` leaves one out. */
  readonly model?: Readonly<Record<string, unknown>>;
  /** What is stored otherwise than the model would have it, by path: numbers and flags, references, bytes. */
  readonly stored?: Readonly<Record<string, number | string | StoredRef | readonly number[]>>;
  /** Bytes that are added to the end of the heap. */
  readonly heap?: readonly number[];
  /** Bytes that are added after the heap, inside the table. */
  readonly behind?: readonly number[];
  /** Bytes that are added after the table. */
  readonly trailing?: readonly number[];
  /** Bytes that are left of it. */
  readonly cut?: number;
  /** Checksum to write instead of the right one. */
  readonly checksum?: number;
  /** More tables of the same machine, where several are checked together. */
  readonly others?: readonly Example[];
}

/**
 * The bytes of an example.
 *
 * @throws {TypeError} or {EncodeError} when the example does not fit its table: a mistake in a rule.
 */
export function exampleBytes(example: Example): Uint8Array {
  const table = withValues(exampleTables[example.table ?? "plain"], example.model ?? {});
  let bytes: Uint8Array = encodeNbft(table, { layout: example.layout ?? "spec" });
  const start = bytes.length;
  bytes = grow(bytes, example.heap, true);
  bytes = grow(bytes, example.behind, false);
  const frame = openTable(bytes);
  // All places are looked up before anything is written: what is stored may lead elsewhere.
  const stored = Object.entries(example.stored ?? {}).map(([path, value]) => ({
    path,
    value,
    ...placeOf(frame, path),
  }));
  for (const { path, value, offset, length } of stored) {
    if (typeof value === "object" && !Array.isArray(value))
      storeRef(bytes, resolve(frame, value as StoredRef, start), offset);
    else store(bytes, path, value as number | string | readonly number[], offset, length);
  }
  bytes[9] = example.checksum ?? checksumFor(bytes, bytes.length);
  if (example.trailing) bytes = Uint8Array.from([...bytes, ...example.trailing]);
  return example.cut === undefined ? bytes : bytes.slice(0, example.cut);
}

function grow(bytes: Uint8Array, more: readonly number[] | undefined, inHeap: boolean): Uint8Array {
  if (!more) return bytes;
  const grown = Uint8Array.from([...bytes, ...more]);
  const view = new DataView(grown.buffer);
  writeUint(grown, 4, 4, grown.length);
  if (inHeap) writeUint(grown, 40, 4, view.getUint32(40, true) + more.length);
  return grown;
}

function store(
  bytes: Uint8Array,
  path: string,
  value: number | string | readonly number[],
  offset: number,
  length: number,
): void {
  if (typeof value === "number") writeUint(bytes, offset, Math.min(length, 4), value);
  else if (typeof value === "string") encodeValue(asciiField(length), value, bytes, offset, path);
  else bytes.set(value, offset);
}

/** A reference with its place in numbers. */
function resolve(frame: TableFrame, { offset, added, length, like }: StoredRef, start: number): Partial<Place> {
  if (like !== undefined) return placeOf(frame, like);
  const place = added === undefined ? offset : start + added;
  return { ...(place !== undefined && { offset: place }), ...(length !== undefined && { length }) };
}

function storeRef(bytes: Uint8Array, { offset, length }: Partial<Place>, at: number): void {
  if (offset !== undefined) writeUint(bytes, at, 4, offset);
  if (length !== undefined) writeUint(bytes, at + 4, 2, length);
}

function asciiField(size: number): Field {
  return { kind: "ascii", at: 0, size, title: "" };
}

/** A copy of a table with other values at some paths. */
function withValues(table: NbftTable, values: Readonly<Record<string, unknown>>): NbftTable {
  const copy = structuredClone(table) as unknown as Record<string, unknown>;
  for (const [path, value] of Object.entries(values)) {
    const keys = path.split(/[.[\]]+/).filter((key) => key !== "");
    const last = keys.pop()!;
    let owner = copy;
    for (const key of keys) owner = owner[key] as Record<string, unknown>;
    if (typeof owner !== "object") throw new TypeError(`no such path: ${path}`);
    owner[last] = value;
  }
  return copy as unknown as NbftTable;
}
