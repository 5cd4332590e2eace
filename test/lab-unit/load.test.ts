import { describe, expect, it } from "vitest";
import { rateIn } from "../../src/lab/acceleration.ts";
import { fairLimit, fairShare } from "../../src/lab/load.ts";

describe("a limit that follows the load", () => {
  const run = (seconds: number, share: (second: number) => number) => {
    let time = 0;
    const limit = fairLimit(
      seconds,
      () => share(time / 1000),
      () => time,
    );
    while (!limit.isOver()) time += 100;
    return Math.round(time / 1000);
  };

  it("is the clock's where the machine has nothing else to do", () => {
    expect(run(30, () => 1)).toBe(30);
  });

  it("is longer by what others take, at the time at which they take it", () => {
    expect(run(30, () => 0.25)).toBe(120);
    expect(run(30, (second) => (second < 20 ? 1 : 0.5))).toBe(40);
  });

  it("ends whatever the load says", () => {
    expect(run(30, () => 0)).toBe(300);
  });

  it("has a share of a real machine above 0 and at most 1", () => {
    expect(fairShare()).toBeGreaterThan(0);
    expect(fairShare()).toBeLessThanOrEqual(1);
  });
});

describe("the rate of the processor's counter", () => {
  const console = (first: number, second: number, ...log: string[]) =>
    [`nbft-probe-first ${first}`, `nbft-probe-second ${second}`, ...log].join("\r\n");

  it("is the guest's, refined where it is, when its clock kept time with the wall's", () => {
    const detected = "[    0.0] tsc: Detected 2594.021 MHz processor";
    const refined = "[    1.9] tsc: Refined TSC clocksource calibration: 2596.124 MHz";
    expect(rateIn(console(3.1, 4.7, detected, refined), [0, 1620])).toEqual({ keepsTime: true, khz: 2_596_124 });
    expect(rateIn(console(3.1, 4.7, detected), [0, 1620])).toEqual({ keepsTime: true, khz: 2_594_021 });
  });

  it("is corrected after a clock that ran too fast or too slowly, for the next try", () => {
    const detected = "[    0.0] tsc: Detected 877.000 MHz processor";
    expect(rateIn(console(3.0, 4.5, detected), [0, 500])).toEqual({ keepsTime: false, khz: 2_631_000 });
    expect(rateIn(console(3.0, 4.5, detected), [0, 3000])).toEqual({ keepsTime: false, khz: 438_500 });
    expect(rateIn(console(3.0, 4.5, detected), [0, 1500], 2_631_000)).toEqual({ keepsTime: true, khz: 2_631_000 });
  });

  it("is not known from a console that is cut off or does not tell", () => {
    expect(rateIn("nbft-probe-first 3.1", [0])).toBeUndefined();
    expect(rateIn(console(3.1, 4.6), [0, 1500])).toBeUndefined();
  });
});
