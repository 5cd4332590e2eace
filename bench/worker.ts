// Runs one goal in a process of its own and prints its result as JSON: `worker GOAL OPTIONS`, the options as JSON.
import { codecGoal } from "./goals/codec.ts";
import { fleetGoal } from "./goals/fleet.ts";
import { hostileGoal } from "./goals/hostile.ts";
import { startGoal } from "./goals/start.ts";
import { testsGoal } from "./goals/tests.ts";
import { variablesGoal } from "./goals/variables.ts";
import type { GoalResult } from "./measure.ts";

interface Options {
  readonly tests?: boolean;
  readonly tables: string;
  readonly node?: readonly string[];
}

const [name = "", words = "{}"] = process.argv.slice(2);
const options = JSON.parse(words) as Options;
const goals: Readonly<Record<string, () => GoalResult>> = {
  P2: () => fleetGoal(Number(options.tables)),
  P3: () => startGoal([process.execPath, ...(options.node ?? [])]),
  P4: hostileGoal,
  P5: () => testsGoal(options.tests ?? false),
  P6: codecGoal,
  P7: variablesGoal,
};

const goal = goals[name];
if (!goal) throw new Error(`no such goal: ${name}`);
process.stdout.write(JSON.stringify(goal()));
