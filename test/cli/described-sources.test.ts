import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../helpers/cli.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-described-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const boot = "examples/dual-path.yaml";
const binary = join(scratch, "table");
const document = join(scratch, "table.json");
await runCli(["encode", boot, "-w", binary]);
writeFileSync(document, (await runCli(["dump", binary, "-o", "json"])).out);

/** What a command prints, with the source's own name left out. */
async function said(words: readonly string[], source: string, stdin?: string) {
  const { code, out, err } = await runCli([...words, source], stdin === undefined ? {} : { stdin });
  return { code, out: out.replaceAll(source, "SOURCE"), err: err.replaceAll(source, "SOURCE") };
}

describe.each([
  ["dump", "-o", "text"],
  ["dump", "-o", "json"],
  ["dump", "-o", "hex"],
  ["validate", "-o", "json", "--fail-on", "info"],
  ["plan"],
  ["plan", "-o", "fabrics"],
  ["explain", "-o", "json"],
  ["network", "-o", "dracut"],
  ["report", "-o", "mermaid"],
])("nbft %s %s %s", (...words) => {
  const command = words.filter((word) => word !== undefined);

  it("takes a boot description and a document for the table that they describe", async () => {
    const expected = await said(command, binary);
    expect(expected.out).not.toBe("");
    expect(await said(command, boot)).toEqual(expected);
    // What is found in a document has its line besides.
    const placeless = (text: string) => text.replaceAll(/,\n +"line": \d+,\n +"column": \d+/g, "");
    const told = await said(command, document);
    expect({ ...told, out: placeless(told.out) }).toEqual(expected);
    expect(await said(command, "-", readFileSync(boot, "utf8"))).toMatchObject({ code: expected.code });
  });
});

describe("a description that is wrong", () => {
  const wrong = join(scratch, "wrong.yaml");
  writeFileSync(wrong, readFileSync(boot, "utf8").replace(/^interfaces:/m, "interfaces: 7\nmore:"));

  it("is told of by line, and ends with exit code 2", async () => {
    const { code, out, err } = await runCli(["plan", wrong]);
    expect([code, out]).toEqual([2, ""]);
    expect(err).toMatch(/wrong\.yaml:\d+:\d+: /);
  });

  it("does not stop the sources after it", async () => {
    const { code, out } = await runCli(["dump", "-o", "ndjson", wrong, binary]);
    expect(code).toBe(2);
    expect(out.trim().split("\n")).toHaveLength(1);
  });

  it("may be missing", async () => {
    const { code, err } = await runCli(["plan", join(scratch, "none.yaml")]);
    expect([code, err]).toEqual([2, `nbft: ${join(scratch, "none.yaml")}: no such file or directory\n`]);
  });

  it("is a table for whoever says so", async () => {
    const { code, err } = await runCli(["dump", "--from", "table", boot]);
    expect(code).toBe(2);
    expect(err).toContain("not an NBFT");
  });
});
