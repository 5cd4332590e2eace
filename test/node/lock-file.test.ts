import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FileLockedError } from "../../src/node/file-error.ts";
import { withFileLock, withFileLockFor } from "../../src/node/lock-file.ts";
import { buildProgram } from "../helpers/program.ts";

const built = mkdtempSync(join(tmpdir(), "nbft-lock-program-"));
/** A program that locks FILE and prints what the lock says then. */
const program = join(built, "program.cjs");
beforeAll(async () => {
  const contents = `
    import { readFileSync } from "node:fs";
    import { withFileLock } from "./src/node/lock-file.ts";
    const [file, lock] = process.argv.slice(2);
    withFileLock(file, () => process.stdout.write(readFileSync(lock, "utf8")));`;
  await buildProgram(contents, program);
});
afterAll(() => rmSync(built, { recursive: true, force: true }));

let folder: string;
let file: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "nbft-lock-"));
  file = join(folder, "file");
  lock = join(folder, ".file.nbft-lock");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs the program with another `linkSync`, in whose place `link` is the system's. */
function run(linkSync: string) {
  const preload = join(folder, "preload.cjs");
  writeFileSync(preload, `const fs = require("node:fs"); const link = fs.linkSync; fs.linkSync = ${linkSync};`);
  const result = spawnSync(process.execPath, ["--require", preload, program, file, lock], { encoding: "utf8" });
  rmSync(preload);
  return result;
}

describe("a lock", () => {
  const itself = "process.kill(process.pid, 'SIGKILL')";

  it("of a process that is killed before it is there, is none", () => {
    expect(run(`() => ${itself}`).signal).toBe("SIGKILL");
    expect(existsSync(lock)).toBe(false);
  });

  it("of a process that is killed as soon as it is there, says which that was", () => {
    const { signal, pid } = run(`(from, to) => { link(from, to); ${itself}; }`);
    expect([signal, readFileSync(lock, "utf8")]).toEqual(["SIGKILL", expect.stringMatching(`^${pid} \\d+ .+\\n$`)]);
    expect(withFileLock(file, () => "taken over", { wait: 0 })).toBe("taken over");
  });

  it("is made where there are no hard links, too", () => {
    const { stdout, pid } = run("() => { throw Object.assign(new Error('EPERM'), { code: 'EPERM' }); }");
    expect(stdout).toMatch(new RegExp(`^${pid} \\d+ .+\\n$`));
    expect(readdirSync(folder)).toEqual([]);
  });

  it("keeps others out", () => {
    withFileLock(file, () => expect(() => withFileLock(file, () => {}, { wait: 30 })).toThrow(FileLockedError));
    expect(readdirSync(folder)).toEqual([]);
  });
});

describe("a lock for long work", () => {
  it("is held by one, and waited for by another, who is told once", async () => {
    const order: string[] = [];
    const first = withFileLockFor(
      file,
      async () => {
        await pause(500);
        order.push("first");
      },
      0,
      () => {},
    );
    const second = withFileLockFor(
      file,
      async () => order.push("second"),
      5000,
      (pid) => order.push(`waits for ${pid}`),
    );
    await Promise.all([first, second]);
    expect(order).toEqual([`waits for ${process.pid}`, "first", "second"]);
    expect(readdirSync(folder)).toEqual([]);
  });

  it("is not waited for longer than said", async () => {
    await withFileLockFor(
      file,
      async () => {
        await expect(
          withFileLockFor(
            file,
            async () => {},
            -1,
            () => {},
          ),
        ).rejects.toThrow(FileLockedError);
      },
      0,
      () => {},
    );
  });

  it("is given back when the work fails, and taken over from a process that is gone", async () => {
    await expect(
      withFileLockFor(
        file,
        () => Promise.reject(new Error("no")),
        0,
        () => {},
      ),
    ).rejects.toThrow("no");
    expect(existsSync(lock)).toBe(false);
    // No process has a number beyond the kernel's limit of 2^22.
    const own = withFileLock(file, () => readFileSync(lock, "utf8"));
    writeFileSync(lock, own.replace(/^\d+/, "4194305"));
    expect(
      await withFileLockFor(
        file,
        async () => "done",
        0,
        () => {},
      ),
    ).toBe("done");
  });
});
