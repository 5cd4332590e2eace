import { describe, expect, it } from "vitest";
import { isOwn, targets } from "../../fuzz/targets.ts";
import { hardInputs } from "../../fuzz/worst.ts";

describe("the hardest inputs that we know (npm run fuzz -- --worst measures what they cost)", () => {
  it.each(
    // What does much with one input is measured by itself: test/hostile/bounds.
    targets.filter(({ tooLongMs }) => tooLongMs === undefined).map((target) => [target.name, target] as const),
  )("are taken by %s", (_, target) => {
    let tried = 0;
    for (const [name, bytes] of hardInputs(target, 16 * 1024)) {
      tried++;
      try {
        target.run(bytes);
      } catch (error) {
        if (!isOwn(error)) expect.fail(`${name}: ${(error as Error).stack}`);
      }
    }
    expect(tried).toBeGreaterThan(20);
  });
});
