import type { SpecRef } from "../diagnostic.ts";
import type { Field, Fields, RefField, Structure } from "./field.ts";

interface StructureInput<F extends Fields> {
  readonly title: string;
  readonly about?: string;
  readonly spec: SpecRef;
  readonly size: number;
  readonly minSize?: number;
  readonly fields: F;
}

/**
 * Makes a structure from its rows and checks that they tile it: in order, without gap or overlap, up to the size.
 *
 * @throws {RangeError} when they do not, or when bits overlap: a mistake in the description.
 */
export function structure<const F extends Fields>(name: string, input: StructureInput<F>): Structure<F> {
  let next = 0;
  for (const [key, field] of Object.entries(input.fields)) {
    if (field.at !== next) throw new RangeError(`${name}.${key} is at ${field.at}, expected ${next}`);
    if (field.kind === "flags") checkBits(`${name}.${key}`, field);
    next += field.size;
  }
  if (next !== input.size) throw new RangeError(`${name} has ${next} bytes of fields, expected ${input.size}`);
  return { name, minSize: input.size, ...input };
}

function checkBits(name: string, field: Extract<Field, { kind: "flags" }>): void {
  let seen = 0;
  for (const [key, { low, width }] of Object.entries(field.bits)) {
    const mask = maskOf(low, width);
    if (low + width > field.size * 8 || (seen & mask) !== 0) throw new RangeError(`${name}.${key} has bits of another`);
    seen |= mask;
  }
}

/** Mask of `width` bits from bit `low`, as a signed 32-bit number. */
export function maskOf(low: number, width: number): number {
  return (width === 32 ? -1 : (1 << width) - 1) << low;
}

type References = readonly (readonly [key: string, field: RefField])[];

const references = new WeakMap<Structure, References>();

/** The heap object references of a structure, in order. */
export function referencesOf(structure: Structure): References {
  let found = references.get(structure);
  if (!found) {
    found = Object.entries(structure.fields).filter(([, field]) => field.kind === "ref") as unknown as References;
    references.set(structure, found);
  }
  return found;
}

/** A heap object reference as stored. */
export interface HeapRef {
  /** Bytes from the start of the table. */
  readonly offset: number;
  /** Bytes; strings may or may not count their NUL. */
  readonly length: number;
}

/** Name under which a record, a span or a finding knows a field as stored. */
export function recordKey(key: string, field: Field): string {
  return field.kind === "ref" ? `${key}Ref` : key;
}
