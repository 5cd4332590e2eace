/** Pseudo-random numbers: the same on every machine for the same seed. Not for secrets. */
export interface Prng {
  /** A whole number from 0 to 4294967295. */
  uint32(): number;
  /** A whole number from 0 to `limit` - 1. */
  below(limit: number): number;
  /** One of some things. @throws {RangeError} when there is none. */
  pick<T>(things: readonly T[]): T;
  /** True once in `times` on average. */
  oneIn(times: number): boolean;
  /** As many random bytes. */
  bytes(length: number): Uint8Array;
  /** Numbers of their own for a part of the work, whatever is drawn for the other parts. */
  fork(name: string): Prng;
}

/**
 * Numbers that follow from a seed: xoshiro128** (Blackman and Vigna), its state filled from the seed's text by a hash. Only 32-bit
 * integer arithmetic, so that no engine rounds otherwise.
 */
export function createPrng(seed: string | number): Prng {
  const text = String(seed);
  let [a, b, c, d] = stateOf(text) as [number, number, number, number];
  const uint32 = (): number => {
    const result = Math.imul(rotate(Math.imul(b, 5), 7), 9);
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = rotate(d, 11);
    return result >>> 0;
  };
  const below = (limit: number) => Math.floor((uint32() / 0x1_0000_0000) * limit);
  return {
    uint32,
    below,
    pick: (things) => {
      if (things.length === 0) throw new RangeError("nothing to pick from");
      return things[below(things.length)]!;
    },
    oneIn: (times) => below(times) === 0,
    bytes: (length) => Uint8Array.from({ length }, () => uint32() & 0xff),
    fork: (name) => createPrng(`${text}/${name}`),
  };
}

function rotate(value: number, by: number): number {
  return (value << by) | (value >>> (32 - by));
}

/** Four words from a text: FNV-1a for each, then the finishing steps of MurmurHash3 so that near texts give far states. */
function stateOf(text: string): number[] {
  const state = [0x811c9dc5, 0x01000193, 0x9e3779b9, 0x85ebca6b].map((start) => {
    let hash = start;
    for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
    hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
    return hash ^ (hash >>> 16);
  });
  return state.every((word) => word === 0) ? [1, 2, 3, 4] : state;
}
