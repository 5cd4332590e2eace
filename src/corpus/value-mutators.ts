import { readUint, writeUint } from "../bytes/numbers.ts";
import { nbftHeader } from "../nbft/structures/index.ts";
import { specHex } from "../text/hex.ts";
import { changed, distinct, mutator, range, withNumber } from "./mutator.ts";
import { storedRef } from "./sites.ts";

/** All values of a byte; small numbers, powers of two and limits of anything larger. */
function sweep(size: number): readonly number[] {
  if (size === 1) return range(0, 255);
  const powers = range(4, 8 * size).flatMap((exponent) => [2 ** exponent - 1, 2 ** exponent, 2 ** exponent + 1]);
  return distinct([...range(0, 16), ...powers], size);
}

const { checksum, length, heapOffset, heapLength } = nbftHeader.fields;

const numbers = mutator(
  "number",
  "every number: all values of a byte (revisions, TIV, types, indexes, enumerations), edges of a longer one",
  {
    places: ({ numbers }) =>
      numbers.filter(({ field }) => ![checksum, length, heapOffset, heapLength].includes(field as typeof length)),
    choices: (_, { field }) => sweep(field.size),
    apply: (subject, { path, offset, field }, value) => withNumber(subject, path, offset, field.size, value),
  },
);

const flags = mutator("flag", "every flag toggled; all of them cleared, all set", {
  places: ({ flags }) => flags,
  choices: (_, { field }) => range(0, 8 * field.size + 1),
  apply: (subject, { path, offset, field }, choice) => {
    const before = readUint(subject.bytes, offset, field.size);
    const width = 8 * field.size;
    const after = choice < width ? (before ^ (1 << choice)) >>> 0 : choice === width ? 0 : 2 ** width - 1;
    const bytes = changed(subject, (copy) => writeUint(copy, offset, field.size, after));
    return { path, text: `${specHex(before)} → ${specHex(after)}`, bytes };
  },
});

const terminators = mutator("terminator", "the NUL of a string: counted or not, overwritten", {
  places: ({ strings, bytes }) =>
    strings.filter(({ offset, length }) => bytes[offset + length - 1] === 0 || bytes[offset + length] === 0),
  choices: () => [0, 1],
  apply: (subject, { path, refAt, offset, length }, choice) => {
    const counted = subject.bytes[offset + length - 1] === 0;
    if (choice === 0) {
      const bytes = changed(subject, (copy) => writeUint(copy, refAt + 4, 2, counted ? length - 1 : length + 1));
      return { path: `${path}Ref`, text: counted ? "NUL no longer counted" : "NUL counted", bytes };
    }
    const bytes = changed(subject, (copy) => {
      copy[counted ? offset + length - 1 : offset + length] = 0x41;
    });
    return { path, text: "NUL overwritten", bytes };
  },
});

const texts = mutator("text", "a byte inside a string: NUL, control character, part of a character, quote", {
  places: ({ strings }) => strings,
  choices: () => [0x00, 0x0a, 0x1b, 0x20, 0x22, 0x5c, 0x7f, 0x80, 0xc3, 0xff],
  apply: (subject, { path, offset, length }, value) => {
    const at = offset + (length >> 1);
    const bytes = changed(subject, (copy) => {
      copy[at] = value;
    });
    return { path, text: `byte ${length >> 1}: ${specHex(subject.bytes[at]!)} → ${specHex(value)}`, bytes };
  },
});

const swaps = mutator("swap", "two references exchanged", {
  places: ({ references, bytes }) => references.filter(({ offset }) => storedRef(bytes, offset).length > 0),
  choices: ({ references }) => range(0, references.length - 1),
  apply: (subject, { path, offset }, choice) => {
    const other = subject.references[choice]!;
    const bytes = changed(subject, (copy) => {
      copy.set(subject.bytes.subarray(other.offset, other.offset + 6), offset);
      copy.set(subject.bytes.subarray(offset, offset + 6), other.offset);
    });
    return { path, text: `exchanged with ${other.path}`, bytes };
  },
});

export const valueMutators = [numbers, flags, terminators, texts, swaps];
