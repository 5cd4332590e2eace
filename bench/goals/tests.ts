import { spawnSync } from "node:child_process";
import type { GoalResult } from "../measure.ts";

/** P5: the quick tests by the clock. */
export function testsGoal(tests: boolean): GoalResult {
  if (!tests) return { rows: [], skipped: ["P5: npm test: give --tests"] };
  const start = process.hrtime.bigint();
  const { status } = spawnSync("npm", ["test"], { stdio: "ignore" });
  if (status !== 0) throw new Error(`npm test ended with ${status}`);
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  return {
    rows: [{ goal: "P5", what: "npm test ÷ 75 s", ratio: seconds / 75, limit: 1, detail: `${seconds.toFixed(0)} s` }],
  };
}
