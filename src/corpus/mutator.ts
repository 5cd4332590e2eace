import { checksumFor } from "../acpi/checksum.ts";
import { readUint, writeUint } from "../bytes/numbers.ts";
import { FIXED_BYTES } from "../nbft/read/frame.ts";
import { nbftHeader } from "../nbft/structures/index.ts";
import type { MutableTable } from "./sites.ts";

/** One change to a table, in words. */
export interface Change {
  /** Which kind of change it is: one of {@link mutationKinds}. */
  readonly kind: string;
  /** Model path of what was changed; empty for the table as a whole. */
  readonly path: string;
  /** For example `0x1a4+23 → 0xffffffff+65535`. */
  readonly text: string;
}

/** A way to change tables: places where it applies, and choices at each of them. */
export interface Mutator {
  readonly kind: string;
  /** What is changed, for the documentation. */
  readonly title: string;
  /** Number of places that a table has for it. */
  places(subject: MutableTable): number;
  /** Number of choices at a place. */
  choices(subject: MutableTable, place: number): number;
  /** A changed copy. */
  apply(subject: MutableTable, place: number, choice: number): { readonly change: Change; readonly bytes: Uint8Array };
}

/** What a change did to the bytes, without its kind. */
export interface Edit {
  readonly path: string;
  readonly text: string;
  readonly bytes: Uint8Array;
}

/** A mutator whose places and choices are lists. */
export function mutator<P>(
  kind: string,
  title: string,
  definition: {
    places(subject: MutableTable): readonly P[];
    choices(subject: MutableTable, place: P): readonly number[];
    apply(subject: MutableTable, place: P, choice: number): Edit;
  },
): Mutator {
  const known = new WeakMap<MutableTable, readonly P[]>();
  const placesOf = (subject: MutableTable) => {
    let places = known.get(subject);
    if (!places) {
      places = definition.places(subject);
      known.set(subject, places);
    }
    return places;
  };
  return {
    kind,
    title,
    places: (subject) => placesOf(subject).length,
    choices: (subject, place) => definition.choices(subject, placesOf(subject)[place]!).length,
    apply: (subject, place, choice) => {
      const where = placesOf(subject)[place]!;
      const { bytes, path, text } = definition.apply(subject, where, definition.choices(subject, where)[choice]!);
      return { change: { kind, path, text }, bytes };
    },
  };
}

/** Whole numbers `from` … `to`. */
export function range(from: number, to: number): number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i);
}

/** Numbers without repetitions, and without those that a field of some bytes cannot hold. */
export function distinct(numbers: readonly number[], size: number, except?: number): number[] {
  const max = 2 ** (8 * size) - 1;
  return [...new Set(numbers)].filter((number) => number >= 0 && number <= max && number !== except);
}

/** A copy with some bytes changed and the checksum right over what Length covers. */
export function changed({ bytes }: MutableTable, edit: (copy: Uint8Array) => void): Uint8Array {
  const copy = Uint8Array.from(bytes);
  edit(copy);
  return summed(copy);
}

/** Writes the right checksum over what Length covers; over everything where Length makes no sense. */
export function summed(bytes: Uint8Array): Uint8Array {
  if (bytes.length <= nbftHeader.fields.checksum.at) return bytes;
  const stated = readUint(bytes, nbftHeader.fields.length.at, 4);
  bytes[nbftHeader.fields.checksum.at] = checksumFor(
    bytes,
    stated >= FIXED_BYTES && stated <= bytes.length ? stated : bytes.length,
  );
  return bytes;
}

/** Writes another number into a field. */
export function withNumber(subject: MutableTable, path: string, offset: number, size: 1 | 2 | 4, value: number): Edit {
  const before = readUint(subject.bytes, offset, size);
  const bytes = changed(subject, (copy) => writeUint(copy, offset, size, value));
  return { path, text: `${before} → ${value}`, bytes };
}
