import type { Bytes } from "../../bytes/bytes.ts";
import { viewOf } from "../../bytes/view.ts";
import { EncodeError } from "../../errors.ts";
import type { HeapObject, RefField, Structure } from "../../structure/index.ts";
import { parseHex } from "../../text/hex.ts";
import { FIXED_BYTES, type ListName, listNames, listStructures } from "../read/frame.ts";
import { TableReader } from "../read/table-reader.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../structures/index.ts";
import type { NbftTable } from "../table.ts";
import { encodeObject, type PlainObject, sameValue, valueOfObject } from "./encode-object.ts";
import {
  checkLimits,
  entriesOf,
  formSize,
  MAX_TABLE_BYTES,
  type Model,
  type Reference,
  TableWriter,
  usedSize,
} from "./encode-writer.ts";
import type { ExactLayout, ListLayout, ObjectLayout } from "./layout-part.ts";
import { withRoom } from "./layout-shift.ts";

/**
 * Bytes of a table with everything where a layout says. Values that no longer fit their place get a new one at the end of the heap,
 * lists that have grown get room after their last entry, and what follows moves. The checksum is left to the caller.
 *
 * @throws {EncodeError} when a value has no representation, or the layout no place for it.
 */
export function encodeExact(table: NbftTable, layout: ExactLayout, limits: boolean): Bytes {
  const roomy = withLists(table, layout);
  const writer = new ExactWriter(roomy, limits);
  const bytes = writer.write(table);
  if (writer.appended === 0) return bytes;
  const { heapOffset, heapLength, length = bytes.length } = roomy.header;
  const tableEnd = Math.min(length, roomy.size ?? bytes.length);
  const heapEnd = heapOffset + heapLength;
  const sound = heapLength > 0 && heapOffset >= FIXED_BYTES && heapEnd <= tableEnd;
  const at = sound ? heapEnd : tableEnd;
  const wider = withRoom(roomy, at, writer.appended);
  const header = {
    ...wider.header,
    heapOffset: heapLength > 0 ? heapOffset : at,
    heapLength: heapLength + writer.appended,
  };
  return new ExactWriter({ ...wider, header }, limits, at).write(table);
}

/** The layout with room for entries that lists have gained, and none for those that they have lost. */
function withLists(table: NbftTable, layout: ExactLayout): ExactLayout {
  let roomy = layout;
  for (const name of listNames) {
    const { length } = entriesOf(table, name);
    const place = roomy[name];
    const entries = place?.entries ?? length;
    if (length <= entries && (place || length === 0)) continue;
    const kept = place && entries > 0 ? place : undefined;
    const at = kept ? kept.offset + entries * kept.length : endOfLists(roomy);
    const stride = kept?.length ?? listStructures[name].size;
    if (at + (length - entries) * stride > MAX_TABLE_BYTES)
      throw new EncodeError("the list has no room", `layout.${name}`);
    const wider = withRoom(roomy, at, (length - entries) * stride);
    // Growing says how many there are; a stated number that was something else has served.
    const list: ListLayout = {
      offset: kept ? wider[name]!.offset : at,
      length: stride,
      version: kept?.version ?? 1,
      entries: length,
    };
    roomy = { ...wider, [name]: list };
  }
  return roomy;
}

/** First byte after the Host Descriptor and the lists that have entries. */
function endOfLists({ host, size = FIXED_BYTES, ...layout }: ExactLayout): number {
  let end = FIXED_BYTES;
  const extend = (offset: number, length: number) => {
    if (offset >= FIXED_BYTES && offset + length <= size) end = Math.max(end, offset + length);
  };
  if (host && host.unread !== true) extend(host.offset, hostDescriptor.size);
  for (const name of listNames) {
    const place = layout[name];
    if (place?.entries) extend(place.offset, place.entries * place.length);
  }
  return end;
}

class ExactWriter extends TableWriter {
  readonly #layout: ExactLayout;
  readonly #limits: boolean;
  /** Where the next new object goes; after everything when not given. */
  #cursor: number | undefined;
  /** The bytes that the layout itself holds. */
  #base = new Uint8Array(0);
  /** 1 for every byte that a heap object has taken. */
  #taken = new Uint8Array(0);
  /** Whether an object has written other bytes than kept ones that were there. */
  #edited = false;
  /** Reads kept objects: one for all, so that a long one that many references share is searched once. */
  #reader: TableReader | undefined;
  /** What readers make of kept objects, by kind of object and place. */
  readonly #readings = new Map<HeapObject, Map<string, unknown>>();
  /** Values of the structures that stand in the heap, by kind and place. */
  readonly #structures = new Map<string, string>();
  readonly #kept = new Set<string>();
  /** Bytes of new objects. */
  appended = 0;

  constructor(layout: ExactLayout, limits: boolean, cursor?: number) {
    super();
    this.#layout = layout;
    this.#limits = limits;
    this.#cursor = cursor;
  }

  write(table: NbftTable): Bytes {
    const layout = this.#layout;
    this.#loadBase(layout);
    this.#taken = new Uint8Array(this.end);
    this.structure(nbftHeader, "header", table.header, 0, nbftHeader.size);
    this.structure(controlDescriptor, "control", table.control, nbftHeader.size, controlDescriptor.size);
    this.#control(table);
    this.#host(table);
    for (const name of listNames) {
      const { size } = listStructures[name];
      for (const [i, entry] of entriesOf(table, name).entries()) {
        const { offset, length } = layout[name]!;
        this.structure(listStructures[name], `${name}[${i}]`, entry, offset + i * length, size);
      }
    }
    const { heapOffset, heapLength, length } = layout.header;
    this.derived(nbftHeader, 0, { length: length ?? this.end, heapOffset, heapLength });
    return this.bytes.slice(0, this.end);
  }

  /** Starts with the bytes that the layout holds. */
  #loadBase({ size = 0, bytes = [] }: ExactLayout): void {
    this.reserve(0, Math.max(FIXED_BYTES, size));
    for (const [i, run] of bytes.entries()) {
      const data = parseHex(run.bytes);
      if (!data) throw new EncodeError("expected hexadecimal digits", `layout.bytes[${i}].bytes`);
      this.reserve(run.offset, data.length);
      this.bytes.set(data, run.offset);
    }
    this.#base = this.bytes.slice(0, this.end);
  }

  #control(table: NbftTable): void {
    const derived: Record<string, number> = {};
    const { host } = this.#layout;
    if (host && (table.host || host.unread)) {
      Object.assign(derived, { hostOffset: host.offset, hostLength: host.length, hostVersion: host.version });
    }
    for (const name of listNames) Object.assign(derived, this.#list(name, table[name].length));
    this.derived(controlDescriptor, nbftHeader.size, derived);
  }

  #list(name: ListName, length: number): Record<string, number> {
    const place = this.#layout[name];
    if (!place) return {};
    const count = length === (place.entries ?? length) ? (place.count ?? length) : length;
    return {
      [`${name}Offset`]: place.offset,
      [`${name}Length`]: place.length,
      [`${name}Version`]: place.version,
      [`${name}Count`]: count,
    };
  }

  #host({ host }: NbftTable): void {
    if (!host) return;
    const place = this.#layout.host;
    if (!place || place.unread) throw new EncodeError("the layout has no place for a Host Descriptor", "layout.host");
    this.structure(hostDescriptor, "host", host, place.offset, hostDescriptor.size);
  }

  protected follow({ object }: RefField, path: string, value: unknown): Reference {
    const place = this.#layout.objects?.[path];
    if (value === undefined) return place?.unread ? place : { offset: 0, length: 0 };
    if (object.kind === "structure") return this.#heapStructure(object.structure, path, value as Model, place);
    if (place?.kept && this.#keep(object, place, value)) return place;
    const bytes = encodeObject(object, value, path);
    const pad = object.kind === "string" ? 1 : 0;
    if (place && bytes.length <= place.length && this.#inPlace(bytes, place)) {
      const same = bytes.length === place.length || bytes.length + pad === place.length;
      return same ? place : { offset: place.offset, length: bytes.length + pad };
    }
    if (this.#limits) checkLimits(object, bytes, path);
    const counted = this.#layout.strings === "uncounted" ? 0 : pad;
    if (bytes.length + counted === 0) return { offset: 0, length: 0 };
    const reference = this.#room(bytes.length + counted, pad - counted);
    this.bytes.set(bytes, reference.offset);
    return reference;
  }

  #heapStructure(structure: Structure, path: string, value: Model, place: ObjectLayout | undefined): Reference {
    const form = formSize(structure, value);
    // An object whose newer fields are gone takes the older form.
    const length = form < structure.size ? Math.min(place?.length ?? 0, form) : (place?.length ?? 0);
    const key = `${structure.name} ${place?.offset}+${length}`;
    const says = JSON.stringify(value);
    const shared = this.#structures.get(key);
    const inside = place !== undefined && place.offset + length <= this.#base.length;
    const fits = inside && length >= usedSize(structure, value) && (shared === undefined || shared === says);
    const reference = fits ? { offset: place.offset, length } : this.#room(form, 0);
    if (fits) this.#structures.set(key, says);
    this.structure(structure, path, value, reference.offset, Math.min(reference.length, structure.size));
    return reference;
  }

  /** Leaves a kept object as it is, if readers still find the value in it. */
  #keep(object: PlainObject, place: ObjectLayout, value: unknown): boolean {
    const { offset, length } = place;
    const key = `${offset}+${length}`;
    const end = offset + length;
    if (end > this.#base.length) return false;
    let readings = this.#readings.get(object);
    if (!readings) {
      readings = new Map();
      this.#readings.set(object, readings);
    }
    if (!readings.has(key)) {
      this.#reader ??= new TableReader(this.#base, viewOf(this.#base), 0, this.#base.length);
      readings.set(key, valueOfObject(object, this.#reader, offset, length));
    }
    if (!sameValue(readings.get(key), value)) return false;
    if (this.#edited) {
      for (let i = offset; i < end; i++) if (this.bytes[i] !== this.#base[i]) return false;
    }
    if (!this.#kept.has(key)) this.#taken.fill(1, offset, end);
    this.#kept.add(key);
    return true;
  }

  /** Writes an object where it was, with zeros up to the end of its place, unless that changes an object written before. */
  #inPlace(bytes: Uint8Array, { offset, length }: ObjectLayout): boolean {
    const end = offset + length;
    if (end > this.#base.length) return false;
    for (let i = offset; i < end; i++) {
      if (this.#taken[i] === 1 && this.bytes[i] !== (bytes[i - offset] ?? 0)) return false;
    }
    for (let i = offset; i < end; i++) {
      const byte = bytes[i - offset] ?? 0;
      if (this.#base[i] !== byte && this.#base[i] !== 0) this.#edited = true;
      this.bytes[i] = byte;
    }
    this.#taken.fill(1, offset, end);
    return true;
  }

  /** Room for a new object, and for a NUL that its length does not count. */
  #room(length: number, behind: number): Reference {
    const offset = this.#cursor ?? this.end;
    this.reserve(offset, length + behind);
    if (this.#cursor !== undefined) this.#cursor += length + behind;
    this.appended += length + behind;
    return { offset, length };
  }
}
