import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runCli } from "../helpers/cli.ts";
import { madeTables, malformedTables } from "../helpers/vectors.ts";
import { hostileTable, hostileTexts } from "../hostile/hostile-tables.ts";

describe("nbft dump -o yaml", () => {
  it.each(
    [...madeTables, ...malformedTables]
      .filter(({ bytes }) => bytes.length < 4000)
      .map(({ name, path }) => [name, path] as const),
  )("says of %s what -o json says", async (_, path) => {
    const [yaml, json] = [await runCli(["dump", "-o", "yaml", path]), await runCli(["dump", "-o", "json", path])];
    expect([yaml.code, yaml.err]).toEqual([json.code, json.err]);
    expect(parse(yaml.out)).toEqual(JSON.parse(json.out));
  });

  it("is a sequence for several tables, and gives a table back through encode", async () => {
    const [first, second] = madeTables.map(({ path }) => path) as [string, string];
    const { out } = await runCli(["dump", "-o", "yaml", first, second]);
    expect(parse(out)).toEqual(JSON.parse((await runCli(["dump", "-o", "json", first, second])).out));
    const one = await runCli(["dump", "-o", "yaml", first]);
    const again = await runCli(["encode", "-", "--layout", "preserve"], { stdin: one.out });
    expect(again.bytes).toEqual(madeTables[0]!.bytes);
  });

  it.each(Object.entries(hostileTexts))("lets nothing of %s reach a terminal", async (_, text) => {
    const { out } = await runCli(["dump", "-o", "yaml", "-"], { stdin: hostileTable(text) });
    expect(out).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/);
    expect(parse(out).host.hostNqn).toBe(text);
  });
});
