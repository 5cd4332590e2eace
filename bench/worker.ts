// Runs one goal in a process of its own and prints its result as JSON.
import { checksumGoal, decodeGoal, encodeGoal, rawGoal } from "./goals/codec.ts";
import { fuzzGoal, growthGoal, hostileGoal } from "./goals/growth.ts";
import { batchGoal, importGoal, startGoal, variablesGoal } from "./goals/processes.ts";
import type { GoalResult } from "./measure.ts";

const goals: Readonly<Record<string, () => GoalResult>> = {
  G1: decodeGoal,
  G2: rawGoal,
  G3: checksumGoal,
  G4: encodeGoal,
  G6: startGoal,
  G7: importGoal,
  G8: () => batchGoal("G8", 10_000, 3.5, 5),
  G9: () => batchGoal("G9", 100_000, 2.3, 3),
  G10: variablesGoal,
  G11: growthGoal,
  G12: hostileGoal,
  G13: fuzzGoal,
};

const goal = goals[process.argv[2] ?? ""];
if (!goal) throw new Error(`no such goal: ${process.argv[2]}`);
process.stdout.write(JSON.stringify(goal()));
