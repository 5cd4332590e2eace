import { writeUint } from "../bytes/numbers.ts";
import { FIXED_BYTES } from "../nbft/read/frame.ts";
import { nbftHeader } from "../nbft/structures/index.ts";
import { hex } from "../text/hex.ts";
import { changed, type Mutator, mutator, summed } from "./mutator.ts";

const bits: Mutator = {
  kind: "bit",
  title: "any bit, with the checksum right again",
  places: ({ bytes }) => bytes.length,
  choices: () => 8,
  apply: (subject, place, bit) => ({
    change: { kind: "bit", path: "", text: `byte ${hex(place)}, bit ${bit}` },
    bytes: changed(subject, (copy) => {
      copy[place] = copy[place]! ^ (1 << bit);
    }),
  }),
};

const cuts: Mutator = {
  kind: "cut",
  title: "the table cut at any byte, with Length as it was or as it is now",
  places: ({ bytes }) => bytes.length,
  choices: (_, place) => (place >= FIXED_BYTES ? 2 : 1),
  apply: ({ bytes }, place, choice) => {
    const copy = bytes.slice(0, place);
    if (choice === 1) writeUint(copy, nbftHeader.fields.length.at, 4, place);
    const text = `cut after ${place} bytes${choice === 1 ? ", Length corrected" : ""}`;
    return { change: { kind: "cut", path: "", text }, bytes: summed(copy) };
  },
};

const tails = mutator("trailing", "bytes after the table", {
  places: () => [0x00, 0xff],
  choices: () => [1, 3, 8, 64],
  apply: ({ bytes }, value, count) => {
    const longer = new Uint8Array(bytes.length + count).fill(value, bytes.length);
    longer.set(bytes);
    return { path: "trailing", text: `${count} × ${hex(value, 2)} after the table`, bytes: longer };
  },
});

/** Two tables after one another, as some captures have them. */
export function concatenation(others: readonly Uint8Array[]): Mutator {
  return mutator("concatenate", "two tables, one after the other", {
    places: ({ bytes }) => [bytes, ...others],
    choices: () => [0, 1],
    apply: ({ bytes }, other, choice) => {
      const [first, second] = choice === 0 ? [bytes, other] : [other, bytes];
      const both = new Uint8Array(first.length + second.length);
      both.set(first);
      both.set(second, first.length);
      return { path: "", text: `${first.length} and ${second.length} bytes`, bytes: both };
    },
  });
}

export const wholeMutators = [bits, cuts, tails];
