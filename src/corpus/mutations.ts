import { DecodeError } from "../errors.ts";
import { frameMutators } from "./frame-mutators.ts";
import type { Change, Mutator } from "./mutator.ts";
import type { Prng } from "./prng.ts";
import { referenceMutators } from "./reference-mutators.ts";
import { type Subject, subjectOf } from "./sites.ts";
import { valueMutators } from "./value-mutators.ts";
import { concatenation, wholeMutators } from "./whole-mutators.ts";

/** A table that was changed on purpose. */
export interface Mutant {
  readonly bytes: Uint8Array;
  /** What was changed, in order. */
  readonly changes: readonly Change[];
}

/** Choices of {@link mutations} and {@link everyMutation}. */
export interface MutationOptions {
  /** Kinds of changes to make; all of them when absent. */
  readonly kinds?: readonly string[] | undefined;
  /** Tables to put in front of or behind the mutated one. */
  readonly others?: readonly Uint8Array[] | undefined;
}

/** Every kind of change, with what it does. */
export const mutationKinds: readonly { readonly kind: string; readonly title: string }[] = mutatorsFor({});

function mutatorsFor({ kinds, others = [] }: MutationOptions): Mutator[] {
  const all = [...referenceMutators, ...valueMutators, ...frameMutators, ...wholeMutators, concatenation(others)];
  return kinds ? all.filter(({ kind }) => kinds.includes(kind)) : all;
}

/**
 * Mutants of a table without end: one to three changes each, every kind as likely as the others. Changes know what the bytes are:
 * references, numbers, flags, strings, the frame. The checksum is right again unless it is what was changed.
 *
 * @throws {DecodeError} when the bytes are no NBFT.
 */
export function* mutations(table: Uint8Array, prng: Prng, options: MutationOptions = {}): Generator<Mutant, never> {
  const start = subjectOf(table);
  const mutators = mutatorsFor(options).filter((mutator) => mutator.places(start) > 0);
  if (mutators.length === 0) throw new RangeError("no kind of change applies to this table");
  for (;;) {
    let subject: Subject | undefined = start;
    let bytes = table;
    const changes: Change[] = [];
    for (let left = 1 + Math.min(prng.below(4), 2); left > 0 && subject; left--) {
      const made = applyAny(subject, mutators, prng);
      if (!made) continue;
      bytes = made.bytes;
      changes.push(made.change);
      subject = left > 1 ? subjectOrNothing(bytes) : undefined;
    }
    if (changes.length > 0) yield { bytes, changes };
  }
}

/** One random change; undefined where a mutator has no place in this table. */
function applyAny(subject: Subject, mutators: readonly Mutator[], prng: Prng) {
  const mutator = prng.pick(mutators);
  const places = mutator.places(subject);
  if (places === 0) return undefined;
  const place = prng.below(places);
  const choices = mutator.choices(subject, place);
  return choices === 0 ? undefined : mutator.apply(subject, place, prng.below(choices));
}

function subjectOrNothing(bytes: Uint8Array): Subject | undefined {
  try {
    return subjectOf(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/**
 * Every single change that there is for a table, in order: tens of thousands.
 *
 * @throws {DecodeError} when the bytes are no NBFT.
 */
export function* everyMutation(table: Uint8Array, options: MutationOptions = {}): Generator<Mutant, void> {
  const subject = subjectOf(table);
  for (const mutator of mutatorsFor(options)) {
    const places = mutator.places(subject);
    for (let place = 0; place < places; place++) {
      const choices = mutator.choices(subject, place);
      for (let choice = 0; choice < choices; choice++) {
        const { change, bytes } = mutator.apply(subject, place, choice);
        yield { bytes, changes: [change] };
      }
    }
  }
}
