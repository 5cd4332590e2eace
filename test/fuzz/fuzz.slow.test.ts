import { describe, expect, it } from "vitest";
import { fuzz } from "../../fuzz/run.ts";
import { targets } from "../../fuzz/targets.ts";

/** The same for every run of the tests, so that what fails here fails everywhere; `npm run fuzz` goes on from here. */
const seed = 1;

describe.each(targets.map((target) => [target.name, target] as const))("%s", (_, target) => {
  it(`takes anything (seed ${seed})`, () => {
    const seconds = target.tooLongMs === undefined ? 2 : 20;
    const { inputs, finds } = fuzz(target, { seed, inputs: 20_000, seconds });
    expect(
      finds.map(({ input, message, bytes }) => ({
        input,
        message,
        hex: Buffer.from(bytes.subarray(0, 2048)).toString("hex"),
      })),
    ).toEqual([]);
    expect(inputs).toBeGreaterThan(50);
  });
});
