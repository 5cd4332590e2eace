// Runs one goal in a process of its own and prints its result as JSON.
import { decodeGoal, encodeGoal, ndjsonGoal } from "./goals/codec.ts";
import type { GoalResult } from "./measure.ts";

const goals: Readonly<Record<string, () => GoalResult | Promise<GoalResult>>> = {
  G1: decodeGoal,
  G4: encodeGoal,
  G5: ndjsonGoal,
};

const goal = goals[process.argv[2] ?? ""];
if (!goal) throw new Error(`no such goal: ${process.argv[2]}`);
process.stdout.write(JSON.stringify(await goal()));
