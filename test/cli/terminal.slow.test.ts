import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asciiText } from "../../src/cli/ascii-text.ts";
import { needs } from "../helpers/needs.ts";

const python = needs("Python 3", spawnSync("python3", ["-c", "import pty"]).status === 0, "outputs on a terminal");

describe.skipIf(!python)("a terminal", () => {
  const folder = mkdtempSync(join(tmpdir(), "nbft-terminal-"));
  const program = join(folder, "nbft.cjs");
  beforeAll(async () => {
    const contents = `
      import { processIo } from "./src/cli/process-io.ts";
      import { run } from "./src/cli/run.ts";
      run(process.argv.slice(2), processIo()).then((code) => { process.exitCode = code; });`;
    await build({
      stdin: { contents, resolveDir: resolve(import.meta.dirname, "../..") },
      bundle: true,
      platform: "node",
      format: "cjs",
      logLevel: "error",
      outfile: program,
    });
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** What a command writes to a terminal. */
  function shown(words: readonly string[], locale: Readonly<Record<string, string>>): string {
    const { LANG, LC_ALL, LC_CTYPE, ...env } = process.env;
    const { stdout } = spawnSync(
      "python3",
      ["-c", "import pty, sys; pty.spawn(sys.argv[1:])", process.execPath, program, ...words],
      { env: { ...env, ...locale }, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] },
    );
    return stdout;
  }

  const table = "test/vectors/firmware/multipath/NBFT.bin";
  it.each([
    ["dump", [table]],
    ["tables", [table]],
    ["explain", ["-v", table]],
    ["diff", [table, "test/vectors/firmware/multipath-one-dead/NBFT.bin"]],
    ["report", ["-o", "mermaid", table]],
    ["vars", ["--help"]],
  ])("without UTF-8 gets ASCII from %s, with it what a file gets", (command, words) => {
    const ascii = shown([command, ...words], { LC_ALL: "C" });
    expect(ascii).not.toBe("");
    expect(ascii).toMatch(/^[\0-\x7f]*$/);
    const signs = shown([command, ...words], { LC_ALL: "C.UTF-8" });
    if (["dump", "diff"].includes(command)) expect(signs).toMatch(/[├→]/);
    expect(ascii).toBe(asciiText(signs));
  });
});
