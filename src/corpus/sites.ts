import { readUint } from "../bytes/numbers.ts";
import { claimsOf } from "../nbft/read/claims.ts";
import { openTable, type TableFrame } from "../nbft/read/frame.ts";
import type { FlagsField, RefField, UintField } from "../structure/index.ts";

/** A field of a table and where its bytes are. */
export interface FieldSite<F> {
  /** Model path of the field as stored. */
  readonly path: string;
  /** First byte, from the start of the table. */
  readonly offset: number;
  readonly field: F;
}

/** A string in the heap and the reference that leads to it. */
export interface StringSite {
  readonly path: string;
  /** First byte of the reference. */
  readonly refAt: number;
  /** First byte of the string. */
  readonly offset: number;
  /** Its length as the reference states it. */
  readonly length: number;
}

/** A table with everything in it that can be changed on purpose. */
export interface MutableTable {
  readonly bytes: Uint8Array;
  readonly frame: TableFrame;
  readonly references: readonly FieldSite<RefField>[];
  readonly numbers: readonly FieldSite<UintField>[];
  readonly flags: readonly FieldSite<FlagsField>[];
  readonly strings: readonly StringSite[];
}

/**
 * The sites of a table, in its own order.
 *
 * @throws {DecodeError} when the bytes are not an NBFT at all.
 */
export function mutableTableOf(bytes: Uint8Array): MutableTable {
  const frame = openTable(bytes);
  const references: FieldSite<RefField>[] = [];
  const numbers: FieldSite<UintField>[] = [];
  const flags: FieldSite<FlagsField>[] = [];
  const strings: StringSite[] = [];
  const refs = new Map<string, number>();
  for (const { kind, path, offset, length, field, via } of claimsOf(frame)) {
    if (field?.kind === "ref") {
      references.push({ path, offset, field });
      refs.set(path, offset);
    } else if (field?.kind === "uint") numbers.push({ path, offset, field });
    else if (field?.kind === "flags") flags.push({ path, offset, field });
    else if (kind === "object" && via?.object.kind === "string") {
      const refAt = refs.get(`${path}Ref`);
      if (refAt !== undefined) strings.push({ path, refAt, offset, length });
    }
  }
  return { bytes: frame.input, frame, references, numbers, flags, strings };
}

/** A reference as stored. */
export function storedRef(bytes: Uint8Array, at: number): { offset: number; length: number } {
  return { offset: readUint(bytes, at, 4), length: readUint(bytes, at + 4, 2) };
}
