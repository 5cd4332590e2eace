import { describe, expect, it } from "vitest";
import { LabError } from "../../src/lab/errors.ts";
import { withChildren } from "../../src/lab/interrupt.ts";

describe("work with programs of its own", () => {
  it("gives what it gives, and ends what still runs", async () => {
    let pid = 0;
    const result = await withChildren(async (children) => {
      pid = children.spawn("sleep", ["60"]).pid;
      return 7;
    });
    expect(result).toBe(7);
    expect(() => process.kill(pid, 0)).toThrow("ESRCH");
  });

  it.each([
    ["fails when its programs are ended", true],
    ["takes their end for a result", false],
  ])("says that a signal stopped it: one that %s", async (_, fails) => {
    const done = withChildren(async (children) => {
      const child = children.spawn("sleep", ["60"]);
      setTimeout(() => process.emit("SIGTERM", "SIGTERM"), 50);
      const { signal } = await child.ended;
      if (fails) throw new Error(`ended by ${signal}`);
      return signal;
    });
    await expect(done).rejects.toThrow(LabError);
    await expect(done).rejects.toThrow("stopped by SIGTERM; every program that was started is gone");
  });

  it("passes its own errors on where nobody stopped it", async () => {
    await expect(withChildren(() => Promise.reject(new Error("mine")))).rejects.toThrow("mine");
  });
});
