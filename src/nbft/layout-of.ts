import { sumBytes } from "../acpi/checksum.ts";
import { EncodeError } from "../errors.ts";
import type { RefField } from "../layout/index.ts";
import { readUint } from "../layout/value.ts";
import { formatHex } from "../text/hex.ts";
import { claimsOf } from "./claims.ts";
import { encodeNbft } from "./encode.ts";
import { encodeObject } from "./encode-object.ts";
import { type ListName, listNames, type TableFrame } from "./frame.ts";
import type { ListLayout, NbftLayout, ObjectLayout } from "./layout-part.ts";
import type { NbftReading } from "./read.ts";
import type { NbftTable } from "./table.ts";

/**
 * The layout of a table that was read: `undefined` when the canonical `spec` layout gives its bytes, the name of another
 * canonical layout that does, or the places of everything. `encodeNbft(table, { layout })` gives the input back.
 *
 * @param asEncoded the table as the encoder would be given it: the values of a document with its defaults filled in
 */
export function layoutOf(reading: NbftReading, asEncoded: NbftTable = reading.table): NbftLayout | undefined {
  const { input } = reading.frame;
  if (gives(asEncoded, "spec", input)) return undefined;
  if (gives(asEncoded, "edk2", input)) return { style: "edk2" };
  return exactLayout(reading);
}

function gives(table: NbftTable, layout: "spec" | "edk2", wanted: Uint8Array): boolean {
  try {
    const bytes = encodeNbft(table, { layout });
    return bytes.length === wanted.length && bytes.every((byte, i) => byte === wanted[i]);
  } catch (error) {
    if (error instanceof EncodeError) return false;
    throw error;
  }
}

function exactLayout({ table, frame }: NbftReading): NbftLayout {
  const { input, bytes, header, control } = frame;
  const wrongSum = header.length > input.length || sumBytes(bytes) !== 0;
  const layout: NbftLayout = {
    strings: stringsOf(frame),
    size: input.length,
    header: {
      ...(header.length === input.length ? {} : { length: header.length }),
      ...(wrongSum ? { checksum: header.checksum } : {}),
      heapOffset: header.heapOffset,
      heapLength: header.heapLength,
    },
    host: { offset: control.hostOffset, length: control.hostLength, version: control.hostVersion },
    ...(Object.fromEntries(listNames.map((name) => [name, listLayout(name, table, frame)])) as Record<
      ListName,
      ListLayout
    >),
    objects: objectsOf(table, frame),
  };
  const base = encodeNbft(table, { layout });
  const runs = differences(base, input);
  return runs.length > 0 ? { ...layout, bytes: runs } : layout;
}

function listLayout(name: ListName, table: NbftTable, { control }: TableFrame): ListLayout {
  const count = control[`${name}Count`];
  return {
    offset: control[`${name}Offset`],
    length: control[`${name}Length`],
    version: control[`${name}Version`],
    ...(count === table[name].length ? {} : { count }),
  };
}

/** Whether the table's strings count their NUL, by majority. */
function stringsOf(frame: TableFrame): "counted" | "uncounted" {
  let balance = 0;
  for (const { kind, via, offset, length } of claimsOf(frame)) {
    if (kind === "object" && via?.object.kind === "string") balance += frame.bytes[offset + length - 1] === 0 ? 1 : -1;
  }
  return balance < 0 ? "uncounted" : "counted";
}

/** Every reference that is not empty, with the bytes of objects whose value does not say them, once for each range. */
function objectsOf(table: NbftTable, frame: TableFrame): Record<string, ObjectLayout> {
  const objects: Record<string, ObjectLayout> = {};
  const exact = new Set<string>();
  for (const claim of claimsOf(frame)) {
    if (claim.kind !== "field" || claim.field?.kind !== "ref") continue;
    const offset = readUint(frame.bytes, claim.offset, 4);
    const length = readUint(frame.bytes, claim.offset + 4, 2);
    if (offset === 0 && length === 0) continue;
    const path = claim.path.slice(0, -"Ref".length);
    const key = `${offset}+${length}`;
    const value = valueAt(table, path);
    if (exact.has(key) || !needsBytes(claim.field, value, frame.bytes, offset, length))
      objects[path] = { offset, length };
    else {
      exact.add(key);
      objects[path] = { offset, length, bytes: formatHex(frame.bytes.subarray(offset, offset + length)) };
    }
  }
  return objects;
}

function needsBytes(field: RefField, value: unknown, bytes: Uint8Array, offset: number, length: number): boolean {
  if (value === undefined || field.object.kind === "structure") return false;
  const encoded = encodeObject(field.object, value, "");
  const room = field.object.kind === "string" ? 1 : 0;
  if (encoded.length !== length && encoded.length + room !== length) return true;
  for (let i = 0; i < length; i++) if (bytes[offset + i] !== (encoded[i] ?? 0)) return true;
  return false;
}

/** The value at a model path such as `hfi[0].transportInfo.hostName`. */
export function valueAt(table: NbftTable, path: string): unknown {
  return path
    .split(/[.[\]]+/)
    .filter((part) => part !== "")
    .reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], table);
}

/** Runs of the input that another encoding does not give; gaps of up to three equal bytes are bridged. */
function differences(encoded: Uint8Array, input: Uint8Array): { offset: number; bytes: string }[] {
  const runs: { start: number; end: number }[] = [];
  for (let i = 0; i < input.length; i++) {
    if (encoded[i] === input[i]) continue;
    const last = runs.at(-1);
    if (last && i - last.end <= 3) last.end = i + 1;
    else runs.push({ start: i, end: i + 1 });
  }
  return runs.map(({ start, end }) => ({ offset: start, bytes: formatHex(input.subarray(start, end)) }));
}
