import { readUint } from "../../bytes/numbers.ts";
import { inUse } from "../../structure/condition.ts";
import { type Field, type RefField, recordKey, type Structure } from "../../structure/index.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../structures/index.ts";
import { FIXED_BYTES, listNames, listStructures, type TableFrame } from "./frame.ts";

/** What a range of bytes is to the one who claims it. */
export type ClaimKind =
  /** A field of a structure. */
  | "field"
  /** A reserved field. */
  | "reserved"
  /** Text, address, list or bytes in the heap. */
  | "object"
  /** The NUL right after a string whose length does not count it. */
  | "terminator"
  /** Bytes that a descriptor or object has beyond the structure known to us. */
  | "extra";

/** A range that some part of the model claims. Ranges of different claims may overlap in a malformed table. */
export interface ClaimedRange {
  readonly kind: ClaimKind;
  /** Model path; references as stored end in `Ref`. */
  readonly path: string;
  /** From the start of the table. */
  readonly offset: number;
  readonly length: number;
  readonly title: string;
  /** The field's description, for `field` and `reserved`. */
  readonly field?: Field;
  /** The reference that leads to the object, for `object` and `terminator`. */
  readonly via?: RefField;
}

/** Receives the claims of a table: fixed structures and lists first, then heap objects, each in table order. */
type Sink = (claim: ClaimedRange) => void;

/** Every claim on a table's bytes, structures before heap objects. */
export function claimsOf(frame: TableFrame): ClaimedRange[] {
  const fixed: ClaimedRange[] = [];
  const objects: ClaimedRange[] = [];
  const walk = new Walk(frame, (claim) => objects.push(claim));
  const root = (claim: ClaimedRange) => fixed.push(claim);
  walk.structure(nbftHeader, "header", 0, nbftHeader.size, root);
  walk.structure(controlDescriptor, "control", nbftHeader.size, FIXED_BYTES - nbftHeader.size, root);
  if (frame.hostOffset !== undefined) {
    const stated = Math.min(frame.control.hostLength, frame.bytes.length - frame.hostOffset);
    walk.structure(hostDescriptor, "host", frame.hostOffset, Math.max(stated, hostDescriptor.size), root);
  }
  for (const name of listNames) {
    const { offset, stride, count } = frame.lists[name];
    for (let i = 0; i < count; i++) {
      const at = offset + i * stride;
      walk.structure(listStructures[name], `${name}[${i}]`, at, Math.min(stride, frame.bytes.length - at), root);
    }
  }
  return [...fixed, ...objects];
}

class Walk {
  readonly #frame: TableFrame;
  readonly #objects: Sink;

  constructor(frame: TableFrame, objects: Sink) {
    this.#frame = frame;
    this.#objects = objects;
  }

  /** Claims the fields of a structure of `length` bytes, then follows its references. */
  structure(structure: Structure, path: string, at: number, length: number, sink: Sink): void {
    const { bytes } = this.#frame;
    let known = 0;
    for (const [key, field] of Object.entries(structure.fields)) {
      if (field.at + field.size > length) break;
      known = field.at + field.size;
      const used = inUse(structure, field, bytes, at);
      const kind = field.kind === "reserved" || !used ? "reserved" : "field";
      const fieldPath = `${path}.${recordKey(key, field)}`;
      sink({ kind, path: fieldPath, offset: at + field.at, length: field.size, title: field.title, field });
      if (field.kind === "ref" && used) this.#object(field, `${path}.${key}`, at + field.at);
    }
    if (known < length) {
      sink({ kind: "extra", path, offset: at + known, length: length - known, title: `${structure.title}, rest` });
    }
  }

  #object(via: RefField, path: string, refAt: number): void {
    const { bytes, heapStart, heapEnd } = this.#frame;
    const offset = readUint(bytes, refAt, 4);
    const length = readUint(bytes, refAt + 4, 2);
    if (length === 0 || offset < heapStart || offset + length > heapEnd) return;
    const { object } = via;
    if (object.kind === "structure" && length >= object.structure.minSize) {
      this.structure(object.structure, path, offset, length, this.#objects);
      return;
    }
    const title = via.title.replace(/ Heap Object Reference$/, "");
    this.#objects({ kind: "object", path, offset, length, title, via });
    const end = offset + length;
    if (object.kind === "string" && end < heapEnd && bytes[end] === 0 && bytes[end - 1] !== 0) {
      this.#objects({ kind: "terminator", path, offset: end, length: 1, title: `${title}, NUL`, via });
    }
  }
}
