import { execFileSync } from "node:child_process";
import { copyFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { expect, it } from "vitest";
import { corpus } from "../../src/corpus/corpus.ts";
import { expectedBySpecification, expectedOfNvmeCli, judgeRun, type Trial } from "../../src/corpus/trial.ts";
import { structureOrder } from "../../src/nbft/structures/order.ts";
import { runProgram } from "../../src/node/run-program.ts";
import { structuresC } from "../../src/output/structures/c.ts";
import { installRealPrograms, type RealPrograms, releasesOf } from "./consumers-tree.ts";
import { describeWith, scratchFolder } from "./machine.ts";

const folder = scratchFolder("readers");
const tables = [...corpus("readers", { random: 16, mutants: 128 })];
const failed = (trials: readonly Trial[]) =>
  trials.filter(({ problems }) => problems.length > 0).map(({ table, problems }) => [table.name, ...problems]);

describeWith(["cc"], "the reader of examples/reader.c", () => {
  it("takes and rejects what it must, reads every field as it is, and touches no byte that is not its own", async () => {
    writeFileSync(join(folder, "nbft.h"), structuresC(structureOrder));
    copyFileSync(resolve(import.meta.dirname, "../../examples/reader.c"), join(folder, "reader.c"));
    const flags = ["-std=c11", "-Wall", "-Wextra", "-Werror", "-g", "-fsanitize=address,undefined"];
    execFileSync("cc", [...flags, "-I.", "-o", "reader", "reader.c"], { cwd: folder });
    const trials: Trial[] = [];
    for (const table of tables) {
      const run = await runProgram(join(folder, "reader"), table.bytes, 20);
      trials.push(judgeRun(table, expectedBySpecification(table), run));
    }
    expect(failed(trials)).toEqual([]);
    expect(trials.filter(({ compared }) => compared).length).toBeGreaterThan(200);
    expect(trials.filter(({ did }) => did === "reject").length).toBeGreaterThan(20);
  });
});

const programs = await installRealPrograms("trixie");
if (typeof programs === "string") console.log(`nvme-cli of Debian trixie: could not run: ${programs}`);

it.skipIf(typeof programs === "string")("the suite finds in nvme-cli what the corpus predicts", async () => {
  const real = programs as RealPrograms;
  const expected = expectedOfNvmeCli(releasesOf(real)["nvme-cli"]);
  const seen = new Map<string, number>();
  const trials: Trial[] = [];
  for (const table of tables) {
    writeFileSync(join(real.root, "cases/NBFT"), table.bytes);
    // It ends with 0 and an empty list where it rejects a table.
    const { status, signal, stdout, stderr } = real.run("cd /cases && exec nvme nbft show --nbft-path=. -o json");
    const taken = status === 0 && stdout.toString().includes('"subsystem"');
    const trial = judgeRun(table, expected(table), {
      ...{ code: status === 0 && !taken ? 1 : (status ?? undefined), signal: signal ?? undefined, timedOut: false },
      ...{ stdout: stdout.toString(), stderr: stderr.toString() },
    });
    trials.push(trial);
    seen.set(trial.did, (seen.get(trial.did) ?? 0) + 1);
  }
  console.log(`nvme-cli of Debian trixie: ${[...seen].map(([did, count]) => `${count} ${did}`).join(", ")}`);
  expect(failed(trials)).toEqual([]);
});
