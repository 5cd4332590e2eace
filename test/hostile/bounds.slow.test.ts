import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { CommandRunner, goal, overCosts } from "../../fuzz/command-bounds.ts";
import { inputKinds } from "../../fuzz/command-inputs.ts";

const folder = mkdtempSync(join(tmpdir(), "nbft-bounds-"));
let runner: CommandRunner;
beforeAll(async () => {
  const program = join(folder, "nbft.cjs");
  await build({
    entryPoints: [resolve(import.meta.dirname, "../../src/cli/main.ts")],
    bundle: true,
    platform: "node",
    format: "cjs",
    logLevel: "error",
    outfile: program,
  });
  runner = new CommandRunner(program);
});
afterAll(() => {
  runner.close();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs of a kind, about; each command has others of the inputs. `npm run fuzz -- --commands` makes all, and says what each costs. */
const RUNS = 20;

describe.skipIf(process.platform !== "linux")("the worst inputs that we know, in every command", () => {
  it.each(inputKinds.map((kind) => [kind.kind, kind] as const))(
    "of the kind %s cost little over a sound one",
    (_, kind) => {
      const every = Math.ceil((kind.commands.length * Object.keys(kind.inputs).length) / RUNS);
      let tried = 0;
      for (const { command, input, status, stderr, cpu, memory, soundCpu } of overCosts(runner, kind, every)) {
        const name = `${command}: ${input}`;
        expect([0, 1, 2], `${name}\n${stderr.slice(0, 500)}`).toContain(status);
        expect(stderr, name).not.toMatch(/^ +at .*:\d+:\d+/m);
        // Where another program has the other half of a core, the same instructions take up to 1.5 times the CPU time, V8's compiling beside them
        // included; a slow machine is slow with a sound input, too. What takes the square of its input takes hundreds of times as much.
        expect(cpu, name).toBeLessThan(Math.max(1.5 * goal.cpu, 10 * soundCpu));
        expect(memory, name).toBeLessThan(goal.memory);
        tried++;
      }
      expect(tried).toBeGreaterThan(0);
    },
    1_200_000,
  );
});
