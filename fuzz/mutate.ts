import type { Random } from "./random.ts";

/** Numbers at which lengths, offsets and counts break. */
const edges = [
  0, 1, 2, 0x0f, 0x10, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0,
  0xffffffff,
];
/** Largest input that is made. */
const MAX_BYTES = 256 * 1024;

/** An input like some others, with one to eight changes: bytes, edge values, runs moved, doubled, cut, or taken from another seed. */
export function mutate(random: Random, seeds: readonly Uint8Array[], words: readonly Uint8Array[] = []): Uint8Array {
  let bytes: Uint8Array = Uint8Array.from(random.pick(seeds));
  for (let changes = 1 + random.below(8); changes > 0; changes--) bytes = change(random, bytes, seeds, words);
  return bytes.length > MAX_BYTES ? bytes.slice(0, MAX_BYTES) : bytes;
}

function change(
  random: Random,
  bytes: Uint8Array,
  seeds: readonly Uint8Array[],
  words: readonly Uint8Array[],
): Uint8Array {
  const at = random.below(bytes.length + 1);
  const length = Math.min(1 + random.below(random.below(4) === 0 ? 512 : 16), bytes.length - at);
  switch (random.below(10)) {
    case 0:
    case 1:
      if (at < bytes.length) bytes[at]! ^= 1 << random.below(8);
      return bytes;
    case 2:
      if (at < bytes.length) bytes[at] = random.bits();
      return bytes;
    case 3:
    case 4: {
      const value = random.pick(edges) + (random.below(4) === 0 ? random.below(5) - 2 : 0);
      for (let i = 0, size = random.pick([1, 2, 4, 8]); i < size && at + i < bytes.length; i++) {
        bytes[at + i] = i < 4 ? value >>> (8 * i) : 0;
      }
      return bytes;
    }
    case 5:
      return join(bytes.subarray(0, at), bytes.subarray(at + length));
    case 6:
      return join(bytes.subarray(0, at), bytes.subarray(at, at + length), bytes.subarray(at));
    case 7: {
      const other = random.pick(seeds);
      const from = random.below(other.length);
      return join(bytes.subarray(0, at), other.subarray(from, from + 1 + random.below(256)), bytes.subarray(at));
    }
    case 8:
      return random.below(4) === 0 ? bytes.slice(0, at) : bytes;
    default: {
      if (words.length === 0) return bytes;
      return join(bytes.subarray(0, at), random.pick(words), bytes.subarray(at + random.below(2) * length));
    }
  }
}

function join(...parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
