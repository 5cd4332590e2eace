import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asciiText } from "../../src/cli/ascii-text.ts";
import { needs } from "../helpers/needs.ts";
import { buildCli } from "../helpers/program.ts";

const python = needs("Python 3", spawnSync("python3", ["-c", "import pty"]).status === 0, "outputs on a terminal");

describe.skipIf(!python)("a terminal", () => {
  const folder = mkdtempSync(join(tmpdir(), "nbft-terminal-"));
  const program = join(folder, "nbft.cjs");
  beforeAll(() => buildCli(program));
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
