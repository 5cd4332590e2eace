import { checksumFor } from "../acpi/checksum.ts";
import { EncodeError } from "../errors.ts";
import { inUse } from "../layout/condition.ts";
import type { Field, RefField, Structure } from "../layout/index.ts";
import { encodeValue, writeUint } from "../layout/value.ts";
import { parseHex } from "../text/hex.ts";
import { encodeObject } from "./encode-object.ts";
import { FIXED_BYTES, type ListName, listNames, listStructures } from "./frame.ts";
import type { NbftLayout, ObjectLayout } from "./layout-part.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "./structures/index.ts";
import type { NbftTable } from "./table.ts";
import { TableReader } from "./table-reader.ts";

/** Where things go: a canonical layout, or the places of another table. */
export type LayoutChoice = "spec" | "edk2" | NbftLayout;

/** Choices of {@link encodeNbft}. */
export interface EncodeOptions {
  /**
   * `spec` (default): lists, then a packed heap, lengths of strings count their NUL: every known reader accepts it.
   * `edk2`: as the Timberland driver writes: a NUL that no length counts behind every object, an offset for the empty
   * discovery list. An {@link NbftLayout}: every byte in its place.
   */
  readonly layout?: LayoutChoice;
  /** Derived header fields to write instead of the right ones, to make malformed tables. */
  readonly force?: { readonly length?: number; readonly checksum?: number };
}

/** Largest table that is written; the format itself ends at 4 GiB. */
export const MAX_TABLE_BYTES = 64 * 1024 * 1024;

/**
 * Bytes of a table. Offsets, lengths, counts and the checksum are derived. The table is taken as it is: defaults for
 * hand-written documents are filled in before (see `tableOfDocument`).
 *
 * NVMe Boot Specification 1.3, section 3.2.
 *
 * @throws {EncodeError} with the path of a value that has no representation: an object over 65 535 bytes, more than 255
 *   descriptors, an address or number out of form or range.
 */
export function encodeNbft(table: NbftTable, options: EncodeOptions = {}): Uint8Array {
  const choice = options.layout ?? "spec";
  const layout = typeof choice === "string" ? { style: choice } : choice;
  const writer =
    layout.style === undefined && layout.header ? new Restorer(layout) : new Arranger(layout.style ?? "spec");
  const bytes = writer.write(table);
  const { length, checksum }: { length?: number; checksum?: number } = { ...layout.header, ...options.force };
  if (length !== undefined) writeUint(bytes, 4, 4, length);
  const end = Math.min(length !== undefined && length >= FIXED_BYTES ? length : bytes.length, bytes.length);
  bytes[9] = checksum ?? checksumFor(bytes, end);
  return bytes;
}

type Model = Readonly<Record<string, unknown>>;

/** Writes structures into a growing table; subclasses decide where things go. */
abstract class Writer {
  protected bytes = new Uint8Array(4096);
  /** First byte behind everything written so far. */
  protected end = 0;

  abstract write(table: NbftTable): Uint8Array;

  /** Stores the place of the object at the end of a reference, writes the object, and says what the reference holds. */
  protected abstract follow(
    field: RefField,
    path: string,
    value: unknown,
  ): { offset: number; length: number } | undefined;

  /** Makes sure that `length` bytes from `offset` exist. */
  protected reserve(offset: number, length: number): void {
    const end = offset + length;
    if (end > MAX_TABLE_BYTES)
      throw new EncodeError(`table would have ${end} bytes, at most ${MAX_TABLE_BYTES} are written`);
    if (end > this.bytes.length) {
      const grown = new Uint8Array(Math.max(end, 2 * this.bytes.length));
      grown.set(this.bytes);
      this.bytes = grown;
    }
    if (end > this.end) this.end = end;
  }

  /** Writes the fields of a structure that fit into `length` bytes; reserved bytes and fields out of use stay as they are. */
  protected structure(structure: Structure, path: string, value: Model, offset: number, length: number): void {
    this.reserve(offset, length);
    checkKeys(structure, path, value);
    const later: [string, RefField][] = [];
    for (const [key, field] of Object.entries(structure.fields)) {
      if (field.at + field.size > length) break;
      if (field.kind === "reserved" || field.derived) continue;
      if (field.kind === "ref") later.push([key, field]);
      else if (this.#written(structure, field, value[key], offset, `${path}.${key}`)) {
        encodeValue(field, value[key], this.bytes, offset + field.at, `${path}.${key}`);
      }
    }
    for (const [key, field] of later) {
      const used = this.#written(structure, field, value[key], offset, `${path}.${key}`);
      const ref = used ? this.follow(field, `${path}.${key}`, value[key]) : undefined;
      if (!ref) continue;
      writeUint(this.bytes, offset + field.at, 4, ref.offset);
      writeUint(this.bytes, offset + field.at + 4, 2, ref.length);
    }
  }

  /** Whether a field is in use in the structure written so far; a value for one that is not is a contradiction. */
  #written(structure: Structure, field: Field, value: unknown, offset: number, path: string): boolean {
    if (inUse(structure, field, this.bytes, offset)) return true;
    if (value === undefined) return false;
    const { when } = field as RefField;
    throw new EncodeError(`is reserved unless ${when!.field} is ${when!.atLeast} or more`, path);
  }

  protected derived(structure: Structure, base: number, values: Readonly<Record<string, number>>): void {
    for (const [key, value] of Object.entries(values)) {
      const field = structure.fields[key]!;
      writeUint(this.bytes, base + field.at, field.size, value);
    }
  }
}

function checkKeys(structure: Structure, path: string, value: Model): void {
  if (typeof value !== "object" || value === null) throw new EncodeError("expected an object", path);
  for (const key of Object.keys(value)) {
    const field = structure.fields[key];
    if (value[key] !== undefined && (!field || field.derived || field.kind === "reserved")) {
      throw new EncodeError("no such field", `${path}.${key}`);
    }
  }
}

/** Size of the form of a structure that a value needs: the newest one unless all its newer fields are absent. */
function formSize(structure: Structure, value: Model): number {
  if (structure.minSize === structure.size) return structure.size;
  const newer = Object.entries(structure.fields).some(
    ([key, field]) => field.at >= structure.minSize && value[key] !== undefined,
  );
  return newer ? structure.size : structure.minSize;
}

/** Bytes up to the last field that a value has. */
function usedSize(structure: Structure, value: Model): number {
  let size = structure.minSize;
  for (const [key, field] of Object.entries(structure.fields)) {
    if (value[key] !== undefined) size = Math.max(size, field.at + field.size);
  }
  return size;
}

function entriesOf(table: NbftTable, name: ListName): readonly Model[] {
  const entries = table[name] as unknown as readonly Model[];
  if (entries.length > 255) throw new EncodeError(`${entries.length} descriptors, at most 255 can be counted`, name);
  return entries;
}

/** Canonical layouts: structures, lists, then heap objects one behind the other in the order of the references. */
class Arranger extends Writer {
  readonly #edk2: boolean;

  constructor(style: "spec" | "edk2") {
    super();
    this.#edk2 = style === "edk2";
  }

  write(table: NbftTable): Uint8Array {
    this.reserve(0, FIXED_BYTES);
    const places = this.#places(table);
    const heapOffset = this.end;
    this.structure(nbftHeader, "header", table.header, 0, nbftHeader.size);
    this.structure(controlDescriptor, "control", table.control, nbftHeader.size, controlDescriptor.size);
    if (table.host) this.structure(hostDescriptor, "host", table.host, FIXED_BYTES, hostDescriptor.size);
    for (const name of listNames) {
      const structure = listStructures[name];
      for (const [i, entry] of entriesOf(table, name).entries()) {
        this.structure(structure, `${name}[${i}]`, entry, places[name] + i * structure.size, structure.size);
      }
    }
    const heapLength = this.end - heapOffset;
    this.derived(nbftHeader, 0, {
      length: this.end,
      heapOffset: heapLength > 0 ? heapOffset : 0,
      heapLength,
    });
    return this.bytes.slice(0, this.end);
  }

  /** Reserves room for the fixed structures and lists, and fills in the Control Descriptor's derived fields. */
  #places(table: NbftTable): Record<ListName, number> {
    const places = { hfi: 0, ssns: 0, security: 0, discovery: 0 };
    const derived: Record<string, number> = {};
    if (table.host) {
      this.reserve(FIXED_BYTES, hostDescriptor.size);
      Object.assign(derived, { hostOffset: FIXED_BYTES, hostLength: hostDescriptor.size, hostVersion: 1 });
    }
    for (const name of listNames) {
      const { length: count } = entriesOf(table, name);
      // The Timberland driver leaves the offset of an absent discovery list behind the list before it.
      if (count === 0 && !(this.#edk2 && name === "discovery" && table.host)) continue;
      places[name] = this.end;
      const { size } = listStructures[name];
      derived[`${name}Offset`] = this.end;
      if (count === 0) continue;
      Object.assign(derived, { [`${name}Length`]: size, [`${name}Version`]: 1, [`${name}Count`]: count });
      this.reserve(this.end, count * size);
    }
    this.derived(controlDescriptor, nbftHeader.size, derived);
    return places;
  }

  protected follow(via: RefField, path: string, value: unknown): { offset: number; length: number } | undefined {
    if (value === undefined) return undefined;
    const { object } = via;
    const offset = this.end;
    if (object.kind === "structure") {
      const length = formSize(object.structure, value as Model);
      this.reserve(offset, length + (this.#edk2 ? 1 : 0));
      this.structure(object.structure, path, value as Model, offset, length);
      return { offset, length };
    }
    const bytes = encodeObject(object, value, path);
    if (bytes.length === 0 && (object.kind !== "string" || this.#edk2)) return undefined;
    const counted = object.kind === "string" && !this.#edk2 ? 1 : 0;
    this.reserve(offset, bytes.length + (this.#edk2 ? 1 : counted));
    this.bytes.set(bytes, offset);
    return { offset, length: bytes.length + counted };
  }
}

/** Puts everything where a layout says, and what no longer fits its place at the end. */
class Restorer extends Writer {
  readonly #layout: NbftLayout;
  /** Objects whose bytes the layout holds, by place, with what a reader makes of them once that was asked. */
  readonly #exact = new Map<string, { readonly bytes: Uint8Array; says?: string | undefined }>();
  readonly #done = new Set<string>();
  #heapGrown = false;

  constructor(layout: NbftLayout) {
    super();
    this.#layout = layout;
    for (const [path, { offset, length, bytes }] of Object.entries(layout.objects ?? {})) {
      if (bytes !== undefined) {
        this.#exact.set(`${offset}+${length}`, { bytes: hexOf(bytes, `layout.objects["${path}"].bytes`) });
      }
    }
  }

  write(table: NbftTable): Uint8Array {
    const layout = this.#layout;
    const { heapOffset, heapLength } = layout.header!;
    this.reserve(0, Math.max(FIXED_BYTES, layout.size ?? 0));
    for (const [i, run] of (layout.bytes ?? []).entries()) {
      const bytes = hexOf(run.bytes, `layout.bytes[${i}].bytes`);
      this.reserve(run.offset, bytes.length);
      this.bytes.set(bytes, run.offset);
    }
    const size = this.end;
    this.structure(nbftHeader, "header", table.header, 0, nbftHeader.size);
    this.structure(controlDescriptor, "control", table.control, nbftHeader.size, controlDescriptor.size);
    this.#control(table);
    if (table.host && layout.host)
      this.structure(hostDescriptor, "host", table.host, layout.host.offset, hostDescriptor.size);
    for (const name of listNames) {
      const place = layout[name];
      for (const [i, entry] of entriesOf(table, name).entries()) {
        if (!place) throw new EncodeError("the layout has no place for this list", `layout.${name}`);
        const { size } = listStructures[name];
        this.structure(listStructures[name], `${name}[${i}]`, entry, place.offset + i * place.length, size);
      }
    }
    this.derived(nbftHeader, 0, {
      length: layout.header!.length ?? this.end,
      heapOffset,
      heapLength: this.#heapGrown || this.end > size ? this.end - heapOffset : heapLength,
    });
    return this.bytes.slice(0, this.end);
  }

  #control(table: NbftTable): void {
    const derived: Record<string, number> = {};
    const { host } = this.#layout;
    if (host) Object.assign(derived, { hostOffset: host.offset, hostLength: host.length, hostVersion: host.version });
    for (const name of listNames) {
      const place = this.#layout[name];
      if (!place) continue;
      derived[`${name}Offset`] = place.offset;
      derived[`${name}Length`] = place.length;
      derived[`${name}Version`] = place.version;
      derived[`${name}Count`] = place.count ?? table[name].length;
    }
    this.derived(controlDescriptor, nbftHeader.size, derived);
  }

  protected follow(via: RefField, path: string, value: unknown): { offset: number; length: number } | undefined {
    const place = this.#layout.objects?.[path];
    const { object } = via;
    if (value === undefined) return place ?? { offset: 0, length: 0 };
    if (object.kind === "structure") {
      const fits = place && place.length >= usedSize(object.structure, value as Model);
      const ref = fits ? place : this.#append(formSize(object.structure, value as Model));
      this.structure(object.structure, path, value as Model, ref.offset, Math.min(ref.length, object.structure.size));
      return ref;
    }
    if (place && this.#stillExact(place, via, value)) return this.#once(place);
    const bytes = encodeObject(object, value, path);
    const pad = object.kind === "string" ? 1 : 0;
    const fits = place && (bytes.length === place.length || bytes.length + pad === place.length);
    const counted = this.#layout.strings === "uncounted" ? 0 : pad;
    const ref = fits ? place : this.#append(bytes.length + counted, pad - counted);
    this.reserve(ref.offset, ref.length);
    this.bytes.fill(0, ref.offset, ref.offset + ref.length);
    this.bytes.set(bytes, ref.offset);
    return ref;
  }

  /** Whether the bytes that the layout holds for an object still say what the document says. */
  #stillExact(place: ObjectLayout, via: RefField, value: unknown): boolean {
    const exact = this.#exact.get(`${place.offset}+${place.length}`);
    if (!exact) return false;
    exact.says ??= JSON.stringify(valueOfObject(via, exact.bytes));
    return exact.says === JSON.stringify(value);
  }

  #once(place: ObjectLayout): ObjectLayout {
    const key = `${place.offset}+${place.length}`;
    if (!this.#done.has(key)) {
      const exact = this.#exact.get(key)!.bytes;
      this.reserve(place.offset, exact.length);
      this.bytes.set(exact, place.offset);
      this.#done.add(key);
    }
    return place;
  }

  #append(length: number, behind = 0): { offset: number; length: number } {
    const offset = this.end;
    this.reserve(offset, length + behind);
    this.#heapGrown = true;
    return { offset, length };
  }
}

/** What a reader makes of an object's bytes. */
function valueOfObject({ object }: RefField, bytes: Uint8Array): unknown {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const reader = new TableReader(bytes, view, 0, bytes.length);
  switch (object.kind) {
    case "string":
      return reader.string(0, bytes.length, "");
    case "ip":
      return reader.ip(0, bytes.length, "");
    case "bytes":
      return reader.hex(0, bytes.length, "");
    case "number":
      return reader.number(0, bytes.length, "");
    case "list":
      return reader.list(0, bytes.length, "", object.itemSize, object.names ?? {});
    case "structure":
      return undefined;
  }
}

function hexOf(text: string, path: string): Uint8Array {
  const bytes = parseHex(text);
  if (!bytes) throw new EncodeError("expected hexadecimal digits", path);
  return bytes;
}
