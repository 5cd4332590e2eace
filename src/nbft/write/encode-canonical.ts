import type { Bytes } from "../../bytes/bytes.ts";
import { EncodeError } from "../../errors.ts";
import type { RefField } from "../../structure/index.ts";
import { FIXED_BYTES, type ListName, listNames, listStructures } from "../read/frame.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../structures/index.ts";
import type { NbftTable } from "../table.ts";
import { encodeObject } from "./encode-object.ts";
import { checkLimits, entriesOf, formSize, type Model, type Reference, TableWriter } from "./encode-writer.ts";

/** Canonical layouts: structures, lists, then heap objects one after the other in the order of the references. */
export class CanonicalWriter extends TableWriter {
  readonly #edk2: boolean;
  readonly #limits: boolean;

  constructor(style: "spec" | "edk2", limits: boolean) {
    super();
    this.#edk2 = style === "edk2";
    this.#limits = limits;
  }

  write(table: NbftTable): Bytes {
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
    this.derived(nbftHeader, 0, { length: this.end, heapOffset: heapLength > 0 ? heapOffset : 0, heapLength });
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
      // The Timberland driver leaves the offset of an absent discovery list after the list before it.
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
