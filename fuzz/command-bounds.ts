import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type InputKind, soundTable } from "./command-inputs.ts";

/** What one run of a command cost. */
export interface RunCost {
  /** CPU time of the process, in seconds. */
  readonly cpu: number;
  /** Most memory that it had, in megabytes. */
  readonly memory: number;
  readonly status: number | null;
  readonly stderr: string;
}

/** What an input cost over a sound one. */
export interface OverCost extends RunCost {
  /** CPU time of a sound input, in seconds. */
  readonly soundCpu: number;
  readonly command: string;
  readonly input: string;
}

/** Loaded before the command line: says at the end what the process cost. The peak of resourceUsage has that of the parent in it. */
const usage = `process.on("exit", () => {
  const fs = require("node:fs");
  const { userCPUTime, systemCPUTime } = process.resourceUsage();
  const [, peak] = /VmHWM:\\s+(\\d+) kB/.exec(fs.readFileSync("/proc/self/status", "latin1"));
  fs.writeFileSync(process.env.NBFT_USAGE, [userCPUTime + systemCPUTime, peak].join(" "));
});`;

/** Runs commands in processes of their own, each in an empty folder, with what they print thrown away. */
export class CommandRunner {
  readonly #folder = mkdtempSync(join(tmpdir(), "nbft-bounds-"));
  readonly #program: string;

  /** @param program the command line as one file */
  constructor(program: string) {
    this.#program = program;
    writeFileSync(join(this.#folder, "usage.cjs"), usage);
  }

  run(command: string, input: Uint8Array): RunCost {
    const path = (name: string) => join(this.#folder, name);
    rmSync(path("OUT"), { recursive: true, force: true });
    writeFileSync(path("FILE"), input);
    writeFileSync(path("SOUND"), soundTable);
    const { NODE_EXTRA_CA_CERTS, ...env } = process.env;
    const { status, stderr } = spawnSync(
      process.execPath,
      ["-r", path("usage.cjs"), this.#program, ...command.split(" ")],
      {
        cwd: this.#folder,
        env: { ...env, NBFT_USAGE: path("usage") },
        stdio: ["ignore", "ignore", "pipe"],
        encoding: "utf8",
        maxBuffer: 1 << 28,
        timeout: 120_000,
      },
    );
    const [cpu = Number.NaN, memory = Number.NaN] = readFileSync(path("usage"), "utf8").split(" ").map(Number);
    return { cpu: cpu / 1e6, memory: memory / 1024, status, stderr };
  }

  close(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** Over a sound input: seconds of CPU time, megabytes. */
export const goal = { cpu: 0.5, memory: 100 };

/** Runs of an input that is over the goal. */
const MOST_RUNS = 5;

/**
 * What inputs of a kind cost each command over a sound input. What is over the goal is tried again: a machine is busy at times.
 *
 * @param every 2 takes every other input, each command others, and the dearest
 */
export function* overCosts(
  runner: CommandRunner,
  { commands, sound, inputs, dearest = [] }: InputKind,
  every = 1,
): Generator<OverCost> {
  for (const [i, command] of commands.entries()) {
    const least = leastOf([1, 2, 3].map(() => runner.run(command, sound)));
    const isDear = (input: string) => dearest.some((pair) => pair[0] === command && pair[1] === input);
    for (const [input, bytes] of Object.entries(inputs).filter(([name], j) => (i + j) % every === 0 || isDear(name))) {
      const runs = [runner.run(command, bytes)];
      const over = () => {
        const { cpu, memory } = leastOf(runs);
        return { cpu: cpu - least.cpu, memory: memory - least.memory };
      };
      while (runs.length < MOST_RUNS && (over().cpu > goal.cpu || over().memory > goal.memory))
        runs.push(runner.run(command, bytes));
      yield { ...runs[0]!, ...over(), soundCpu: least.cpu, command, input };
    }
  }
}

function leastOf(runs: readonly RunCost[]): { cpu: number; memory: number } {
  return { cpu: Math.min(...runs.map(({ cpu }) => cpu)), memory: Math.min(...runs.map(({ memory }) => memory)) };
}
