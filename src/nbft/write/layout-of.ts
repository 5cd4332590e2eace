import { sumBytes } from "../../acpi/checksum.ts";
import { equalBytes } from "../../bytes/compare.ts";
import { readUint } from "../../bytes/numbers.ts";
import { EncodeError } from "../../errors.ts";
import { formatHex } from "../../text/hex.ts";
import { type ClaimedRange, claimsOf } from "../read/claims.ts";
import { type ListName, listNames, type TableFrame } from "../read/frame.ts";
import type { NbftReading } from "../read/read.ts";
import { nbftHeader } from "../structures/index.ts";
import type { NbftTable } from "../table.ts";
import { valueAt } from "../value-at.ts";
import type { CanonicalStyle } from "./canonical-places.ts";
import { canonicalStyle } from "./canonical-style.ts";
import { encodeNbft } from "./encode.ts";
import { encodeExact } from "./encode-exact.ts";
import { encodeObject, type PlainObject } from "./encode-object.ts";
import type { ByteRun, ExactLayout, HostLayout, ListLayout, NbftLayout, ObjectLayout } from "./layout-part.ts";

/**
 * The layout of a table that was read: `undefined` when the canonical `spec` layout gives its bytes, the name of another
 * canonical layout that does, or the places of everything. `encodeNbft(table, { layout })` gives the input back.
 *
 * @param fill makes of the table what the encoder would be given: the values of a document with its defaults filled in; the table itself
 * where nothing is missing. Asked only where a canonical layout gives the bytes of the table as it is
 */
export function layoutOf(
  reading: NbftReading,
  fill: (table: NbftTable) => NbftTable = (table) => table,
): NbftLayout | undefined {
  const style = canonicalStyle(reading.frame);
  if (style === undefined) return exactLayoutOf(reading);
  const table = fill(reading.table);
  if (table !== reading.table && !gives(table, style, reading.frame.input)) return exactLayoutOf(reading);
  return style === "spec" ? undefined : { style };
}

function gives(table: NbftTable, layout: CanonicalStyle, wanted: Uint8Array): boolean {
  try {
    return equalBytes(encodeNbft(table, { layout }), wanted);
  } catch (error) {
    if (error instanceof EncodeError) return false;
    throw error;
  }
}

/** The places of everything in a table that was read, whether or not a canonical layout would do. */
export function exactLayoutOf({ table, frame }: NbftReading): ExactLayout {
  const claims = claimsOf(frame);
  const { input, bytes, header } = frame;
  const wrongSum = header.length > input.length || sumBytes(bytes) !== 0;
  const { objects, kept } = objectsOf(table, frame, claims);
  const layout: ExactLayout = {
    strings: stringsOf(claims, bytes),
    size: input.length,
    header: {
      ...(header.length === input.length ? {} : { length: header.length }),
      ...(wrongSum ? { checksum: header.checksum } : {}),
      heapOffset: header.heapOffset,
      heapLength: header.heapLength,
    },
    host: hostLayout(table, frame),
    ...(Object.fromEntries(listNames.map((name) => [name, listLayout(name, table, frame)])) as Record<
      ListName,
      ListLayout
    >),
    objects,
  };
  const held = mask(kept, input.length);
  const base = runsOf(held, input);
  const encoded = encodeExact(table, base.length > 0 ? { ...layout, bytes: base } : layout, false);
  // The checksum is either right, and derived, or stated.
  encoded[nbftHeader.fields.checksum.at] = header.checksum;
  for (let i = 0; i < held.length; i++) if (encoded[i] !== input[i]) held[i] = 1;
  const runs = runsOf(held, input);
  return runs.length > 0 ? { ...layout, bytes: runs } : layout;
}

function hostLayout({ host }: NbftTable, { control }: TableFrame): HostLayout {
  const { hostOffset: offset, hostLength: length, hostVersion: version } = control;
  return { offset, length, version, ...(host ? {} : { unread: true as const }) };
}

function listLayout(name: ListName, table: NbftTable, { control }: TableFrame): ListLayout {
  const count = control[`${name}Count`];
  const entries = table[name].length;
  return {
    offset: control[`${name}Offset`],
    length: control[`${name}Length`],
    version: control[`${name}Version`],
    entries,
    ...(count === entries ? {} : { count }),
  };
}

/** Whether the table's strings count their NUL, by majority. */
function stringsOf(claims: readonly ClaimedRange[], bytes: Uint8Array): "counted" | "uncounted" {
  let balance = 0;
  for (const { kind, via, offset, length } of claims) {
    if (kind === "object" && via?.object.kind === "string") balance += bytes[offset + length - 1] === 0 ? 1 : -1;
  }
  return balance < 0 ? "uncounted" : "counted";
}

interface Extent {
  readonly start: number;
  readonly end: number;
}

/** Every reference that is not empty, and the extents of the objects whose values do not say all their bytes. */
function objectsOf(
  table: NbftTable,
  { bytes, input }: TableFrame,
  claims: readonly ClaimedRange[],
): { objects: Record<string, ObjectLayout>; kept: Extent[] } {
  const objects: Record<string, ObjectLayout> = {};
  const kept = new Map<string, Extent>();
  for (const claim of claims) {
    if (claim.kind !== "field" || claim.field?.kind !== "ref") continue;
    const offset = readUint(bytes, claim.offset, 4);
    const length = readUint(bytes, claim.offset + 4, 2);
    if (offset === 0 && length === 0) continue;
    const path = claim.path.slice(0, -"Ref".length);
    const value = valueAt(table, path);
    const key = `${offset}+${length}`;
    if (value === undefined) objects[path] = { offset, length, unread: true };
    else if (claim.field.object.kind === "structure") objects[path] = { offset, length };
    else if (kept.has(key) || !says(claim.field.object, value, input, offset, length)) {
      objects[path] = { offset, length, kept: true };
      kept.set(key, { start: offset, end: offset + length });
    } else objects[path] = { offset, length };
  }
  return { objects, kept: [...kept.values()] };
}

/** Whether the encoding of a value, with zeros after it, is what an object holds. */
function says(object: PlainObject, value: unknown, bytes: Uint8Array, offset: number, length: number): boolean {
  const encoded = encodeObject(object, value, "");
  const room = object.kind === "string" ? 1 : 0;
  if (encoded.length !== length && encoded.length + room !== length) return false;
  for (let i = 0; i < length; i++) if (bytes[offset + i] !== (encoded[i] ?? 0)) return false;
  return true;
}

/** 1 for every byte inside some extents. */
function mask(extents: readonly Extent[], length: number): Uint8Array {
  const inside = new Uint8Array(length);
  let covered = 0;
  // In the order of their starts no byte needs to be filled twice, however many extents name it.
  for (const { start, end } of [...extents].sort((a, b) => a.start - b.start)) {
    if (end > covered) inside.fill(1, Math.max(start, covered), end);
    covered = Math.max(covered, end);
  }
  return inside;
}

/** Most other bytes between two runs that are written as one. */
const BRIDGE = 3;

/** Runs of the bytes that have a 1 in `chosen`, joined where hardly anything is between them. */
function runsOf(chosen: Uint8Array, input: Uint8Array): ByteRun[] {
  const runs: ByteRun[] = [];
  let start = chosen.indexOf(1);
  while (start >= 0) {
    let end = start + 1;
    for (let i = end; i < input.length && i - end <= BRIDGE; i++) if (chosen[i] === 1) end = i + 1;
    runs.push({ offset: start, bytes: formatHex(input.subarray(start, end)) });
    start = chosen.indexOf(1, end);
  }
  return runs;
}
