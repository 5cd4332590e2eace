import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { createChildren, ProgramError } from "../../src/lab/children.ts";
import { withChildren } from "../../src/lab/interrupt.ts";
import { isAlive } from "../../src/node/temporary-file.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft children-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** A shell that starts a second one: ids of both in a file. */
const family = (file: string) => ["-c", `sleep 600 & echo $$ $! > "$0"; wait`, file];
const until = async (condition: () => boolean, seconds = 60) => {
  for (let i = 0; i < seconds * 50 && !condition(); i++) await new Promise((done) => setTimeout(done, 20));
  expect(condition()).toBe(true);
};
const idsIn = (file: string) => readFileSync(file, "utf8").trim().split(" ").map(Number);
const written = (file: string) => existsSync(file) && readFileSync(file, "utf8").endsWith("\n");

describe("createChildren", () => {
  it("gives what a program wrote and how it ended", async () => {
    const children = createChildren();
    const { stdout, code } = await children.run("/bin/sh", ["-c", "cat; echo out; echo err >&2"], {
      input: new TextEncoder().encode("in\n"),
    });
    expect([new TextDecoder().decode(stdout), code]).toEqual(["in\nout\n", 0]);
    await children.close();
  });

  it("fails with the program's own last words", async () => {
    const children = createChildren();
    await expect(children.run("/bin/sh", ["-c", "echo first >&2; echo last words >&2; exit 3"])).rejects.toThrow(
      "/bin/sh: exit code 3: first; last words",
    );
    await expect(children.run("/no/such/program", [])).rejects.toBeInstanceOf(ProgramError);
    await children.close();
  });

  it("ends a program that writes more than can be kept", async () => {
    const children = createChildren();
    await expect(children.run("/bin/sh", ["-c", "yes"], { most: 1000 })).rejects.toThrow(
      "more output than can be kept",
    );
    await children.close();
  });

  it("ends what a program started, and starts nothing afterwards", async () => {
    const children = createChildren();
    const file = join(scratch, "stop");
    children.spawn("/bin/sh", family(file));
    await until(() => written(file));
    await children.stop();
    await until(() => !idsIn(file).some(isAlive));
    expect(() => children.spawn("/bin/true", [])).toThrow("not started");
    await children.close();
  });

  it("ends a program that does not want to end", async () => {
    const children = createChildren();
    const file = join(scratch, "stubborn");
    const child = children.spawn("/bin/sh", ["-c", `trap '' TERM; echo $$ $$ > "$0"; while :; do sleep 1; done`, file]);
    await until(() => written(file));
    await child.stop(100);
    await until(() => !idsIn(file).some(isAlive));
    await children.close();
  });
});

describe("a process that is ended", () => {
  const program = join(scratch, "program.mjs");
  beforeAll(() => {
    const entry = join(scratch, "entry.ts");
    const source = (name: string) => JSON.stringify(resolve(import.meta.dirname, "../../src/lab", name));
    writeFileSync(
      entry,
      `import { withChildren } from ${source("interrupt.ts")};
      const [file, folder] = process.argv.slice(2);
      await withChildren(async (children) => {
        children.watchFolder(folder);
        children.watchFolder(folder + " kept");
        children.keepFolder(folder + " kept");
        await children.run("/bin/sh", ["-c", 'sleep 600 & echo $$ $! > "$0"; wait', file]);
      }).catch((error) => { console.error(error.message); process.exitCode = 2; });`,
    );
    buildSync({
      entryPoints: [entry],
      bundle: true,
      platform: "node",
      format: "esm",
      outfile: program,
      logLevel: "error",
    });
  });

  it.each(["SIGKILL", "SIGTERM", "SIGINT", "SIGHUP"] as const)("leaves no program after after %s", async (signal) => {
    const file = join(scratch, `pids ${signal}`);
    const folder = join(scratch, `folder 'of' ${signal}`);
    for (const path of [folder, `${folder} kept`]) {
      mkdirSync(path);
      writeFileSync(join(path, "file"), "");
    }
    const child = spawn(process.execPath, [program, file, folder], { stdio: ["ignore", "ignore", "pipe"] });
    let said = "";
    child.stderr.on("data", (piece) => {
      said += piece;
    });
    await until(() => written(file));
    const ids = idsIn(file);
    expect(ids.every(isAlive)).toBe(true);
    const ended = new Promise<number | null>((done) => child.once("close", done));
    child.kill(signal);
    const code = await ended;
    await until(() => !ids.some(isAlive));
    expect(existsSync(`${folder} kept`)).toBe(true);
    if (signal === "SIGKILL") await until(() => !existsSync(folder));
    else expect([code, said]).toEqual([2, `stopped by ${signal}; every program that was started is gone\n`]);
  });
});

it("gives the signals back when the work is done", async () => {
  const before = process.listenerCount("SIGINT");
  await withChildren(async () => expect(process.listenerCount("SIGINT")).toBe(before + 1));
  expect(process.listenerCount("SIGINT")).toBe(before);
});
