import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { duration, median, type Row } from "./measure.ts";

export const cli = "dist/cli/nbft.cjs";
export const scratch = "node_modules/.cache/nbft-bench";
mkdirSync(scratch, { recursive: true });

/** A command to measure: its words. */
export type Command = readonly string[];

/**
 * CPU time of a program in milliseconds, all its threads and children, as the shell measures it. A program that fails is
 * quick: one that ends with more than `worst` is refused.
 */
export function cpuOf(command: Command, worst = 1): number {
  const words = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(" ");
  const script = `TIMEFORMAT='CPU %U %S'; time ${words} >/dev/null 2>/dev/null; echo "STATUS $?" >&2`;
  const { stderr } = spawnSync("bash", ["-c", script], { encoding: "utf8" });
  const [, user, system] = /CPU ([\d.]+) ([\d.]+)/.exec(stderr) ?? [];
  const status = Number(/STATUS (\d+)/.exec(stderr)?.[1]);
  if (user === undefined || system === undefined || status > worst) {
    throw new Error(`cannot measure ${command.join(" ")}: ${stderr}`);
  }
  return (Number(user) + Number(system)) * 1000;
}

/** Largest resident size of a Node.js program in MB. */
export function residentOf([node, ...words]: Command): number {
  const report = join(scratch, "resident");
  const probe = join(scratch, "resident.cjs");
  writeFileSync(
    probe,
    `process.on("exit",()=>require("fs").writeFileSync(${JSON.stringify(report)},String(process.resourceUsage().maxRSS)))`,
  );
  rmSync(report, { force: true });
  spawnSync(node!, ["--require", `./${probe}`, ...words], { stdio: "ignore" });
  return Number(readFileSync(report, "utf8")) / 1024;
}

/** Runs commands in turn with a yardstick: the median of the rounds' ratios, each with its limit. */
export function against(
  goal: string,
  [yardstickName, yardstick]: readonly [string, Command],
  commands: Readonly<Record<string, readonly [command: Command, limit?: number]>>,
  rounds: number,
): Row[] {
  const samples = Object.entries(commands).map(([name, [command, limit]]) => ({
    name,
    command,
    limit,
    pairs: [] as [number, number][],
  }));
  for (let round = 0; round < rounds; round++) {
    const base = cpuOf(yardstick);
    for (const { command, pairs } of samples) pairs.push([cpuOf(command), base]);
  }
  return samples.map(({ name, limit, pairs }) => ({
    goal,
    what: `${name} ÷ ${yardstickName}`,
    ratio: median(pairs.map(([a, b]) => a / b)),
    detail: pairs[0]!.map((_, i) => duration(median(pairs.map((pair) => pair[i]!)) * 1e6)).join(" / "),
    ...(limit !== undefined && { limit }),
  }));
}

/** `node empty.cjs`: what a program costs that does nothing. */
export function emptyProgram(node = process.execPath): readonly [string, Command] {
  const file = join(scratch, "empty.cjs");
  writeFileSync(file, "");
  return ["node empty.cjs", [node, file]];
}
