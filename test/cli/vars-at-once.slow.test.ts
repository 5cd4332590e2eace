import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readVariables } from "../../src/uefi/files/variable-file.ts";
import { createVariableStore } from "../../src/uefi/store/create-store.ts";
import { buildProgram } from "../helpers/program.ts";

const folder = mkdtempSync(join(tmpdir(), "nbft-at-once-"));
const program = join(folder, "program.cjs");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A program that runs `nbft vars set STORE NAME0`, `NAME1` and so on. */
beforeAll(async () => {
  const contents = `
    import { processIo } from "./src/cli/process-io.ts";
    import { run } from "./src/cli/run.ts";
    const [store, name, count] = process.argv.slice(2);
    const main = async () => {
      for (let i = 0; i < Number(count); i++) {
        const code = await run(["vars", "set", store, name + i, "-g", "global", "--hex", "01"], processIo());
        if (code !== 0) process.exit(code);
      }
    };
    main();`;
  await buildProgram(contents, program);
});

it("two programs that edit one store 1,000 times each lose nothing", async () => {
  const [store, count] = [join(folder, "vars.fd"), 1000];
  writeFileSync(store, createVariableStore("4M"));
  const edits = (name: string) =>
    new Promise<number | null>((done) => {
      const child = spawn(process.execPath, [program, store, name, String(count)], {
        stdio: ["ignore", "ignore", "inherit"],
      });
      child.on("exit", done);
    });
  expect(await Promise.all([edits("A"), edits("B")])).toEqual([0, 0]);
  const names = readVariables(readFileSync(store)).map(({ name }) => name);
  const wanted = ["A", "B"].flatMap((name) => Array.from({ length: count }, (_, i) => `${name}${i}`));
  expect([...names].sort()).toEqual([...wanted].sort());
  // What each program wrote is in its order, and nothing is left beside the store and its backup.
  for (const name of ["A", "B"])
    expect(names.filter((each) => each[0] === name)).toEqual(wanted.filter((each) => each[0] === name));
  expect(readFileSync(`${store}.bak`).equals(createVariableStore("4M"))).toBe(true);
  expect(readdirSync(folder).sort()).toEqual(["program.cjs", "vars.fd", "vars.fd.bak"]);
}, 1_200_000);
