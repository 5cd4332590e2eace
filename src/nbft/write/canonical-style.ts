import { sumView } from "../../acpi/checksum.ts";
import { equalBytes, isFilled } from "../../bytes/compare.ts";
import { readUint } from "../../bytes/numbers.ts";
import { inUse } from "../../structure/condition.ts";
import type { Field, RefField, Structure } from "../../structure/field.ts";
import { referencesOf } from "../../structure/structure.ts";
import { MAX_NQN_BYTES } from "../../text/nvme.ts";
import { MAX_LIST_ENTRIES, MAX_OBJECT_BYTES, MAX_TEXT_BYTES } from "../limits.ts";
import { listNames, listStructures, type TableFrame } from "../read/frame.ts";
import { TableReader } from "../read/table-reader.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../structures/index.ts";
import { type CanonicalStyle, canonicalPlaces } from "./canonical-places.ts";
import { encodeObject, type PlainObject, valueOfObject } from "./encode-object.ts";

/**
 * The canonical layout in which the encoder gives a table's bytes back, if any does. Found in the bytes themselves, in a small part of the
 * time that encoding takes: everything is where that layout puts it, and no byte says anything that the model does not.
 */
export function canonicalStyle(frame: TableFrame): CanonicalStyle | undefined {
  if (frame.header.length !== frame.input.length || sumView(frame.view, 0, frame.bytes.length) !== 0) return undefined;
  return (["spec", "edk2"] as const).find((style) => new Walk(frame, style).isCanonical());
}

/** Goes through a table as the encoder does. */
class Walk {
  readonly #frame: TableFrame;
  readonly #style: CanonicalStyle;
  /** Where the next heap object must be. */
  #end = 0;

  constructor(frame: TableFrame, style: CanonicalStyle) {
    this.#frame = frame;
    this.#style = style;
  }

  isCanonical(): boolean {
    const { bytes, header, hostOffset, lists } = this.#frame;
    if (!this.#hasPlaces()) return false;
    const heapOffset = this.#end;
    if (header.heapOffset !== (header.heapLength > 0 ? heapOffset : 0)) return false;
    if (heapOffset + header.heapLength !== bytes.length) return false;
    return (
      this.#structure(nbftHeader, 0, nbftHeader.size) &&
      this.#structure(controlDescriptor, nbftHeader.size, controlDescriptor.size) &&
      (hostOffset === undefined || this.#structure(hostDescriptor, hostOffset, hostDescriptor.size)) &&
      listNames.every((name) => {
        const { offset, stride, count } = lists[name];
        for (let i = 0; i < count; i++) {
          if (!this.#structure(listStructures[name], offset + i * stride, stride)) return false;
        }
        return true;
      }) &&
      this.#end === bytes.length
    );
  }

  /** Whether the Host Descriptor and the lists are where they should be. */
  #hasPlaces(): boolean {
    const { control, hostOffset, lists } = this.#frame;
    const places = canonicalPlaces(this.#style, hostOffset !== undefined, (name) => lists[name].count);
    this.#end = places.end;
    for (const key in places.control) if (control[key as keyof typeof control] !== places.control[key]) return false;
    return true;
  }

  /** Whether the encoder would write these bytes for a structure, and its heap objects where they are. */
  #structure(structure: Structure, at: number, length: number): boolean {
    const { bytes } = this.#frame;
    for (const field of silentFieldsOf(structure)) {
      if (field.at + field.size > length) break;
      if (isFilled(bytes, 0, at + field.at, at + field.at + field.size)) continue;
      if (field.kind === "reserved" || !inUse(structure, field, bytes, at)) return false;
    }
    for (const [, field] of referencesOf(structure)) {
      if (field.at + field.size > length) break;
      if (!this.#object(field, at + field.at)) return false;
    }
    return true;
  }

  #object({ object }: RefField, at: number): boolean {
    const { bytes } = this.#frame;
    const offset = readUint(bytes, at, 4);
    const length = readUint(bytes, at + 4, 2);
    if (length === 0) return offset === 0;
    const end = offset + length;
    if (offset !== this.#end || end > bytes.length) return false;
    this.#end = end;
    if (this.#style === "edk2" && bytes[this.#end++] !== 0) return false;
    if (object.kind !== "structure") return this.#says(object, offset, end);
    const { structure } = object;
    return (length === structure.size || length === structure.minSize) && this.#structure(structure, offset, length);
  }

  /** Whether the value of an object says all of its bytes. */
  #says(object: PlainObject, offset: number, end: number): boolean {
    const { bytes } = this.#frame;
    const length = end - offset;
    switch (object.kind) {
      case "string": {
        const counted = this.#style === "spec" ? 1 : 0;
        if (counted && bytes[end - 1] !== 0) return false;
        const text = end - counted;
        if (object.what === "nqn" && text - offset > MAX_NQN_BYTES) return false;
        if (isAscii(bytes, offset, text)) return text - offset <= MAX_TEXT_BYTES;
        const reader = new TableReader(bytes, this.#frame.view, 0, bytes.length);
        const encoded = encodeObject(object, valueOfObject(object, reader, offset, length), "");
        return equalBytes(encoded, bytes.subarray(offset, text));
      }
      case "ip":
        return length === 16;
      case "number":
        return length === object.size;
      case "bytes":
        return length <= MAX_OBJECT_BYTES;
      case "list":
        return length % object.itemSize === 0 && length <= MAX_LIST_ENTRIES * object.itemSize;
    }
  }
}

/** Whether bytes are ASCII without a NUL: text that says what it is made of. */
function isAscii(bytes: Uint8Array, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const byte = bytes[i]!;
    if (byte === 0 || byte > 0x7f) return false;
  }
  return true;
}

type Silent = Exclude<Field, { kind: "flags" }>;

const silent = new WeakMap<Structure, readonly Silent[]>();

/** Fields that no model has, or not always. */
function silentFieldsOf(structure: Structure): readonly Silent[] {
  let found = silent.get(structure);
  if (!found) {
    const fields: Field[] = Object.values(structure.fields);
    found = fields.filter((field) => field.kind === "reserved" || ("when" in field && field.when)) as Silent[];
    silent.set(structure, found);
  }
  return found;
}
