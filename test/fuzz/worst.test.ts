import { describe, expect, it } from "vitest";
import { targets } from "../../fuzz/targets.ts";
import { costOf, hardInputs, worstOf } from "../../fuzz/worst.ts";

const small = 4096;
const large = 8 * small;

describe("the hardest inputs that we know", () => {
  it.each(targets.map((target) => [target.name, target] as const))(
    "cost %s time by their length, not by its square",
    (_, target) => {
      const worst = worstOf(target, small, 1).slice(0, 4);
      const larger = new Map(hardInputs(target, large, small / 2));
      for (const { input } of worst) {
        const bytes = new Map(hardInputs(target, small)).get(input)!;
        const [before, after] = [costOf(target, input, bytes, 5), costOf(target, input, larger.get(input)!, 3)];
        // The square would be 64 times; what is done in no time is not worth a look.
        if (after.ms > 30) expect([input, after.ms / before.ms]).toEqual([input, expect.toSatisfy((x) => x < 28)]);
        expect(after.ms).toBeLessThan(4000);
      }
    },
  );
});
