import { type Bytes, checkBytes } from "../bytes/bytes.ts";
import { equalBytes } from "../bytes/compare.ts";
import { DecodeError } from "../errors.ts";
import { nbftHeader } from "../nbft/structures/index.ts";
import { frameMutators } from "./frame-mutators.ts";
import type { Change, Mutator } from "./mutator.ts";
import type { Prng } from "./prng.ts";
import { referenceMutators } from "./reference-mutators.ts";
import { type MutableTable, mutableTableOf } from "./sites.ts";
import { valueMutators } from "./value-mutators.ts";
import { concatenation, wholeMutators } from "./whole-mutators.ts";

/** A table that was changed on purpose. */
export interface Mutant {
  /** The changed table, as a new array. */
  readonly bytes: Bytes;
  /** What was changed, in order. */
  readonly changes: readonly Change[];
}

/** Choices of {@link mutations} and {@link everyMutation}. */
export interface MutationOptions {
  /** Kinds of changes to make; all of them when absent. */
  readonly kinds?: readonly string[] | undefined;
  /** Tables to put before or after the mutated one. */
  readonly others?: readonly Uint8Array[] | undefined;
  /**
   * `right` (default): mutants have the right checksum unless it is what was changed, so that readers go on. `kept`: the byte of the
   * table that they were made of, so that readers that check it should stop there.
   */
  readonly checksum?: "right" | "kept" | undefined;
}

/** Every kind of change, with what it does. */
export const mutationKinds: readonly { readonly kind: string; readonly title: string }[] = mutatorsFor({});

function mutatorsFor({ kinds, others = [] }: MutationOptions): Mutator[] {
  const all = [...referenceMutators, ...valueMutators, ...frameMutators, ...wholeMutators, concatenation(others)];
  return kinds ? all.filter(({ kind }) => kinds.includes(kind)) : all;
}

/** Draws in a row that may come to nothing before it is said that there is nothing to draw. */
const MOST_IDLE = 10_000;

/**
 * Mutants of a table without end: one to three changes each, every kind as likely as the others. Changes know what the bytes are:
 * references, numbers, flags, strings, the frame. Every mutant differs from the table.
 *
 * @throws {DecodeError} when the bytes are not an NBFT.
 * @throws {RangeError} when no kind of change that was asked for applies to this table.
 */
export function* mutations(table: Uint8Array, prng: Prng, options: MutationOptions = {}): Generator<Mutant, never> {
  checkBytes(table);
  const start = mutableTableOf(table);
  const mutators = mutatorsFor(options).filter((mutator) => mutator.places(start) > 0);
  for (let idle = 0; idle < MOST_IDLE && mutators.length > 0; idle++) {
    let subject: MutableTable | undefined = start;
    let bytes = table;
    const changes: Change[] = [];
    for (let left = 1 + Math.min(prng.below(4), 2); left > 0 && subject; left--) {
      const made = applyAny(subject, mutators, prng);
      if (!made || equalBytes(made.bytes, bytes)) continue;
      bytes = made.bytes;
      changes.push(made.change);
      subject = left > 1 ? subjectOrNothing(bytes) : undefined;
    }
    // A later change may have undone an earlier one.
    if (equalBytes(bytes, table)) continue;
    idle = 0;
    yield finished(table, { bytes: new Uint8Array(bytes), changes }, options);
  }
  throw new RangeError("no kind of change that was asked for applies to this table");
}

/** A mutant with the checksum that was asked for. */
function finished(table: Uint8Array, mutant: Mutant, { checksum = "right" }: MutationOptions): Mutant {
  const { at } = nbftHeader.fields.checksum;
  if (checksum === "right" || mutant.changes.some(({ kind }) => kind === "checksum")) return mutant;
  const bytes = Uint8Array.from(mutant.bytes);
  if (at < bytes.length) bytes[at] = table[at]!;
  return equalBytes(bytes, table) ? mutant : { ...mutant, bytes };
}

/** One random change; undefined where a mutator has no place in this table. */
function applyAny(subject: MutableTable, mutators: readonly Mutator[], prng: Prng) {
  const mutator = prng.pick(mutators);
  const places = mutator.places(subject);
  if (places === 0) return undefined;
  const place = prng.below(places);
  const choices = mutator.choices(subject, place);
  return choices === 0 ? undefined : mutator.apply(subject, place, prng.below(choices));
}

function subjectOrNothing(bytes: Uint8Array): MutableTable | undefined {
  try {
    return mutableTableOf(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/**
 * Every single change that there is for a table, in order: tens of thousands.
 *
 * @throws {DecodeError} when the bytes are not an NBFT.
 */
export function* everyMutation(table: Uint8Array, options: MutationOptions = {}): Generator<Mutant, void> {
  checkBytes(table);
  const subject = mutableTableOf(table);
  for (const mutator of mutatorsFor(options)) {
    const places = mutator.places(subject);
    for (let place = 0; place < places; place++) {
      const choices = mutator.choices(subject, place);
      for (let choice = 0; choice < choices; choice++) {
        const { change, bytes } = mutator.apply(subject, place, choice);
        if (!equalBytes(bytes, table))
          yield finished(table, { bytes: new Uint8Array(bytes), changes: [change] }, options);
      }
    }
  }
}
