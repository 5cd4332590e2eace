import type { Bytes } from "../../bytes/bytes.ts";
import { EncodeError } from "../../errors.ts";
import type { RefField } from "../../structure/index.ts";
import { FIXED_BYTES, listNames, listStructures } from "../read/frame.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../structures/index.ts";
import type { NbftTable } from "../table.ts";
import { type CanonicalStyle, canonicalPlaces } from "./canonical-places.ts";
import { encodeObject } from "./encode-object.ts";
import { checkLimits, entriesOf, formSize, type Model, type Reference, TableWriter } from "./encode-writer.ts";

/** Canonical layouts: structures, lists, then heap objects one after the other in the order of the references. */
export class CanonicalWriter extends TableWriter {
  readonly #edk2: boolean;
  readonly #limits: boolean;

  constructor(style: CanonicalStyle, limits: boolean) {
    super();
    this.#edk2 = style === "edk2";
    this.#limits = limits;
  }

  write(table: NbftTable): Bytes {
    const style = this.#edk2 ? "edk2" : "spec";
    const { control, end } = canonicalPlaces(style, !!table.host, (name) => entriesOf(table, name).length);
    this.reserve(0, end);
    this.derived(controlDescriptor, nbftHeader.size, control);
    this.structure(nbftHeader, "header", table.header, 0, nbftHeader.size);
    this.structure(controlDescriptor, "control", table.control, nbftHeader.size, controlDescriptor.size);
    if (table.host) this.structure(hostDescriptor, "host", table.host, FIXED_BYTES, hostDescriptor.size);
    for (const name of listNames) {
      const structure = listStructures[name];
      for (const [i, entry] of entriesOf(table, name).entries()) {
        const at = control[`${name}Offset`]! + i * structure.size;
        this.structure(structure, `${name}[${i}]`, entry, at, structure.size);
      }
    }
    const heapLength = this.end - end;
    this.derived(nbftHeader, 0, { length: this.end, heapOffset: heapLength > 0 ? end : 0, heapLength });
    return this.bytes.slice(0, this.end);
  }

  protected follow({ object }: RefField, path: string, value: unknown): Reference | undefined {
    if (value === undefined) return undefined;
    const offset = this.end;
    if (object.kind === "structure") {
      const length = formSize(object.structure, value as Model);
      this.reserve(offset, length + (this.#edk2 ? 1 : 0));
      this.structure(object.structure, path, value as Model, offset, length);
      return { offset, length };
    }
    const bytes = encodeObject(object, value, path);
    if (this.#limits) checkLimits(object, bytes, path);
    if (bytes.length === 0) {
      if (object.kind === "string" && this.#edk2) {
        throw new EncodeError(
          "an empty text has no form in the edk2 layout: leave it out, or choose the spec layout",
          path,
        );
      }
      if (object.kind !== "string") return undefined;
    }
    const counted = object.kind === "string" && !this.#edk2 ? 1 : 0;
    this.reserve(offset, bytes.length + (this.#edk2 ? 1 : counted));
    this.bytes.set(bytes, offset);
    return { offset, length: bytes.length + counted };
  }
}
