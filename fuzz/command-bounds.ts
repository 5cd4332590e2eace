import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { InputKind } from "./command-inputs.ts";

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

  run(command: string, input: Uint8Array, sound: Uint8Array): RunCost {
    const path = (name: string) => join(this.#folder, name);
    rmSync(path("OUT"), { recursive: true, force: true });
    writeFileSync(path("FILE"), input);
    writeFileSync(path("SOUND"), sound);
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

/** What each input of a kind costs each command over a sound input. What is over the limits is tried again: a machine is busy at times. */
export function* overCosts(
  runner: CommandRunner,
  { commands, sound, inputs }: InputKind,
  table: Uint8Array,
  limits: { readonly cpu: number; readonly memory: number },
): Generator<OverCost> {
  for (const command of commands) {
    const first = [1, 2, 3].map(() => runner.run(command, sound, table));
    const least = {
      cpu: Math.min(...first.map(({ cpu }) => cpu)),
      memory: Math.min(...first.map(({ memory }) => memory)),
    };
    for (const [input, bytes] of Object.entries(inputs)) {
      let over: RunCost | undefined;
      for (let tries = 0; tries < 3; tries++) {
        const cost = runner.run(command, bytes, table);
        const next = { ...cost, cpu: cost.cpu - least.cpu, memory: cost.memory - least.memory };
        over =
          over && over.cpu < next.cpu
            ? { ...over, memory: Math.min(over.memory, next.memory) }
            : { ...next, memory: Math.min(next.memory, over?.memory ?? next.memory) };
        if (over.cpu <= limits.cpu && over.memory <= limits.memory) break;
      }
      yield { ...over!, command, input };
    }
  }
}
