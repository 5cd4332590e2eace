import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands.ts";
import { version } from "../../src/cli/version.ts";
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
      expect(out).toContain(name);
      expect(summary).toMatch(/^[a-z]/);
    }
    expect(code).toBe(0);
  });

  it.each(commands.map(({ name }) => name))("%s has help of its own", async (name) => {
    const { out, code } = await runCli([name, "--help"]);
    expect(out).toMatch(new RegExp(`^Usage: nbft ${name}`));
    expect(code).toBe(0);
  });

  it("exits 2 on an unknown command", async () => {
    const { err, code } = await runCli(["frobnicate"]);
    expect(code).toBe(2);
    expect(err).toContain("unknown command 'frobnicate'");
  });

  it("exits 2 and shows its help when no command is given", async () => {
    const { err, code } = await runCli([]);
    expect(code).toBe(2);
    expect(err).toContain("Usage: nbft");
  });
});
