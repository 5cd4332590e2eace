import { describe, expect, it } from "vitest";
import { createPrng } from "../../src/corpus/prng.ts";

const draw = (seed: string | number, count = 8) => {
  const prng = createPrng(seed);
  return Array.from({ length: count }, () => prng.uint32());
};

describe("createPrng", () => {
  // From an implementation in another language.
  it("gives these numbers for this seed, whatever the machine: they are part of what a corpus promises", () => {
    expect(draw(1, 4)).toEqual([2794891911, 1443588872, 2086604807, 2808475300]);
  });

  it("gives the same for a number and its digits", () => expect(draw(7)).toEqual(draw("7")));

  it("gives others for a seed beside it", () => {
    const [a, b] = [new Set(draw(1, 1000)), draw(2, 1000)];
    expect(b.filter((value) => a.has(value)).length).toBeLessThan(2);
  });

  it("forks by name and seed only, not by what was drawn before", () => {
    const [early, late] = [createPrng(3), createPrng(3)];
    late.bytes(100);
    expect(early.fork("x").uint32()).toBe(late.fork("x").uint32());
    expect(early.fork("x").uint32()).not.toBe(early.fork("y").uint32());
  });

  it("draws below a limit, every number about as often", () => {
    const prng = createPrng("even");
    const counts = Array.from({ length: 10 }, () => 0);
    for (let i = 0; i < 10_000; i++) counts[prng.below(10)]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });

  it("has nothing to pick from an empty list", () => {
    expect(() => createPrng(1).pick([])).toThrow(RangeError);
  });
});
