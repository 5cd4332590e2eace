// Long fuzzing by command: npm run fuzz -- [--inputs N] [--seconds S] [--seed N] [--target NAME] [--finds FOLDER]; npm run fuzz -- --worst
// [--size BYTES] lists what the hardest inputs of one size cost each parser, npm run fuzz -- --commands [--target KIND] what the worst inputs of
// 128 KB cost each command of dist/cli over a sound one. Run by scripts/fuzz.mjs.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { CommandRunner, goal, overCosts } from "./command-bounds.ts";
import { inputKinds } from "./command-inputs.ts";
import { fuzz } from "./run.ts";
import { targets } from "./targets.ts";
import { worstOf } from "./worst.ts";

const { values } = parseArgs({
  options: {
    inputs: { type: "string", default: "1000000" },
    seconds: { type: "string", default: "3600" },
    seed: { type: "string", default: "1" },
    target: { type: "string" },
    finds: { type: "string", default: "fuzz-finds" },
    worst: { type: "boolean", default: false },
    commands: { type: "boolean", default: false },
    size: { type: "string", default: "131072" },
  },
});

/** An input that takes longer is a find. */
const TOO_LONG_MS = 100;

const chosen = targets.filter(({ name }) => values.target === undefined || name === values.target);
if (chosen.length === 0) {
  console.error(`no target ${values.target}; there are ${targets.map(({ name }) => name).join(", ")}`);
  process.exitCode = 2;
}
if (values.commands) {
  const runner = new CommandRunner(resolve("dist/cli/nbft.cjs"));
  console.log("kind             over CPU s   over MB  command; input");
  for (const kind of inputKinds.filter((each) => values.target === undefined || each.kind === values.target)) {
    const costs = [...overCosts(runner, kind)].sort((a, b) => b.cpu - a.cpu);
    const memory = Math.max(...costs.map((cost) => cost.memory));
    const over = costs.filter((cost) => cost.cpu > goal.cpu || cost.memory > goal.memory);
    for (const { cpu, command, input } of new Set([...costs.slice(0, 3), ...over]))
      console.log(
        `${kind.kind.padEnd(16)} ${cpu.toFixed(2).padStart(10)} ${memory.toFixed(0).padStart(9)}  ${command}; ${input}`,
      );
  }
  runner.close();
} else if (values.worst) {
  console.log("target           worst ms   ns a byte   heap MB  input");
  for (const target of chosen) {
    const costs = worstOf(target, Number(values.size));
    const heap = Math.max(...costs.map((cost) => cost.heap)) / 1e6;
    const { ms, bytes, input } = costs[0]!;
    const perByte = ((ms * 1e6) / bytes).toFixed(0);
    console.log(
      `${target.name.padEnd(16)} ${ms.toFixed(1).padStart(8)} ${perByte.padStart(11)} ${heap.toFixed(1).padStart(9)}  ${input}`,
    );
  }
} else run();

function run(): void {
  console.log("target             inputs  accepted  per second   worst ms (bytes)    heap MB  finds");
  for (const target of chosen) {
    const result = fuzz(target, {
      seed: Number(values.seed),
      inputs: Number(values.inputs),
      seconds: Number(values.seconds),
      tooLongMs: target.tooLongMs ?? TOO_LONG_MS,
    });
    const { inputs, accepted, seconds, worst, finds } = result;
    const heap = process.memoryUsage().heapUsed / 1e6;
    console.log(
      `${`${result.target.padEnd(16)} ${String(inputs).padStart(8)} ${`${Math.round((100 * accepted) / inputs)}%`.padStart(9)} ${String(Math.round(inputs / seconds)).padStart(11)} ${worst.ms.toFixed(2).padStart(10)} (${worst.bytes})`.padEnd(
        68,
      )}${heap.toFixed(0).padStart(9)} ${String(finds.length).padStart(6)}`,
    );
    for (const find of finds) {
      mkdirSync(values.finds, { recursive: true });
      const file = join(values.finds, `${find.target}-${values.seed}-${find.input}`);
      writeFileSync(file, find.bytes);
      console.log(`  ${file}: ${find.message}`);
      process.exitCode = 1;
    }
  }
}
