import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readlinkSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { build, whyNoLab } from "./ready.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-killed-"));
const program = join(scratch, "nbft.cjs");
const runs = join(build.cache, "runs");
const source = (name: string) => JSON.stringify(resolve(import.meta.dirname, "../../src/cli", name));
beforeAll(() => {
  const entry = join(scratch, "entry.ts");
  writeFileSync(
    entry,
    `import { processIo } from ${source("process-io.ts")};
    import { run } from ${source("run.ts")};
    const io = processIo();
    run(process.argv.slice(2), io).then((code) => { process.exitCode = code; });`,
  );
  buildSync({
    entryPoints: [entry],
    bundle: true,
    platform: "node",
    format: "cjs",
    outfile: program,
    logLevel: "error",
  });
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** Processes that run in a folder. */
function processesIn(folder: string): string[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`).replace(/ \(deleted\)$/, "") === folder;
      } catch {
        return false;
      }
    });
}

const wait = (milliseconds: number) => new Promise((done) => setTimeout(done, milliseconds));
async function until<T>(what: () => T | undefined, seconds: number): Promise<T> {
  for (let i = 0; i < seconds * 20; i++) {
    const found = what();
    if (found !== undefined) return found;
    await wait(50);
  }
  throw new Error("it did not happen in time");
}

const missing = await whyNoLab();

describe.skipIf(missing !== undefined)("a run that is ended", () => {
  it.each([
    ["SIGKILL", "the host's console is there", "host.console"],
    ["SIGINT", "the host's console is there", "host.console"],
    ["SIGTERM", "the target was just started", "target.console"],
  ] as const)("by %s when %s leaves nothing", async (signal, _, file) => {
    const before = new Set(existsSync(runs) ? readdirSync(runs) : []);
    const child = spawn(process.execPath, [program, "lab", "run", "examples/static.yaml"], {
      stdio: ["ignore", "ignore", "pipe"],
    });
    let said = "";
    child.stderr.on("data", (piece) => {
      said += piece;
    });
    const ended = new Promise<number | null>((done) => child.once("close", done));
    const fresh = () => readdirSync(runs).find((name) => !before.has(name) && !name.startsWith("probe-"));
    const folder = join(runs, await until(() => (existsSync(runs) ? fresh() : undefined), 240));
    await until(() => (existsSync(join(folder, file)) ? true : undefined), 60);
    expect(processesIn(folder).length).toBeGreaterThan(0);
    child.kill(signal);
    const code = await ended;
    await until(() => (processesIn(folder).length === 0 ? true : undefined), 10);
    if (signal === "SIGKILL") await until(() => (existsSync(folder) ? undefined : true), 10);
    else
      expect([code, said.trim().split("\n").at(-1)]).toEqual([
        2,
        `nbft: stopped by ${signal}; every program that was started is gone`,
      ]);
    rmSync(folder, { recursive: true, force: true });
  });
});
