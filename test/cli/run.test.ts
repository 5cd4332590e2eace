import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commandsElsewhere } from "../../src/cli/command-hints.ts";
import { commands } from "../../src/cli/commands.ts";
import { commandGroups } from "../../src/cli/help/describe-cli.ts";
import { version } from "../../src/version.ts";
import { runCli } from "../helpers/cli.ts";

describe("nbft", () => {
  it("has the package's version", async () => {
    const manifest = JSON.parse(readFileSync("package.json", "utf8")) as { version: string };
    expect(version).toBe(manifest.version);
    expect((await runCli(["--version"])).out).toBe(`${manifest.version}\n`);
  });

  it("lists every command in its help", async () => {
    const { out, code } = await runCli(["--help"]);
    for (const { name, summary } of commands) {
      // One line of 80 columns each.
      expect(out.split("\n")).toContain(`  ${name.padEnd(14)}  ${summary}`);
      expect(summary).toMatch(/^[a-z].{10,61}$/);
    }
    expect(out).toMatch(/\nThis program\n( {2}\S.*\n)* {2}help \[command\] /);
    expect(out).not.toContain("Commands:");
    for (const { group } of commandGroups()) expect(out.split("\n").filter((line) => line === group)).toHaveLength(1);
    expect(code).toBe(0);
  });

  it.each(commands.map(({ name }) => name))("%s has help of its own", async (name) => {
    const { out, code } = await runCli([name, "--help"]);
    expect(out).toMatch(new RegExp(`^Usage: nbft ${name}`));
    // Lists of options, arguments and subcommands fit a terminal, but for a word that is longer.
    const lists = out.split("\n\n").filter((part) => /^(Arguments|Commands|Options):/.test(part));
    expect(lists.join("\n").match(/^(?! +\S+$).{81,}$/gm)).toBeNull();
    expect(code).toBe(0);
  });

  it.each([
    [
      ["help", "dump"],
      ["dump", "--help"],
    ],
    [
      ["help", "vars"],
      ["vars", "--help"],
    ],
    [
      ["help", "vars", "show"],
      ["vars", "show", "--help"],
    ],
    [
      ["vars", "help", "show"],
      ["vars", "show", "--help"],
    ],
    [
      ["-h", "vars", "show"],
      ["vars", "show", "--help"],
    ],
    [["help"], ["--help"]],
  ])("prints for %j what it prints for %j", async (argv, same) => {
    expect(await runCli(argv)).toEqual(await runCli(same));
  });

  it.each([
    [["help", "dmp"], "unknown command 'dmp' (did you mean dump?)\nnbft: see nbft --help\n"],
    [["dmp", "--help"], "unknown command 'dmp' (did you mean dump?)\nnbft: see nbft --help\n"],
    [["help", "vars", "shw"], "unknown command 'shw' (did you mean show?)\nnbft: see nbft vars --help\n"],
    [["vars", "help", "shw"], "unknown command 'shw' (did you mean show?)\nnbft: see nbft vars --help\n"],
    [["vars", "shw", "-h"], "unknown command 'shw' (did you mean show?)\nnbft: see nbft vars --help\n"],
    [["help", "lint"], "unknown command 'lint': nbft validate does that\n"],
    [["-q", "dump", "x"], "options come after the command: nbft dump -q\nnbft: see nbft dump --help\n"],
    [["--nothing", "dump", "x"], "unknown option '--nothing'\nnbft: see nbft dump --help\n"],
  ])("says of %j what is wrong, and prints no help", async (argv, message) => {
    expect(await runCli(argv)).toMatchObject({ out: "", err: `nbft: ${message}`, code: 2 });
  });

  it("exits 2 on an unknown command", async () => {
    const { err, code } = await runCli(["frobnicate"]);
    expect(code).toBe(2);
    expect(err).toContain("unknown command 'frobnicate'");
  });

  it.each([
    ["show", "nbft dump does that"],
    ["lint", "nbft validate does that"],
    ["package.json", "nbft dump package.json shows that file"],
  ])("tells who meets another tool's word or a file: %s", async (word, what) => {
    expect(await runCli([word, "NBFT"])).toMatchObject({
      code: 2,
      out: "",
      err: `nbft: unknown command '${word}': ${what}\n`,
    });
  });

  it("knows only words of other tools that are not commands here, and names only commands that there are", async () => {
    const known = new Set(commands.map(({ name }) => name));
    for (const [word, command] of Object.entries(commandsElsewhere)) {
      expect(known).not.toContain(word);
      expect(known).toContain(command.split(" ")[0]);
    }
  });

  it("exits 2 and shows its help when no command is given", async () => {
    const { err, code } = await runCli([]);
    expect(code).toBe(2);
    expect(err).toContain("Usage: nbft");
  });
});
