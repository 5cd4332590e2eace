import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../helpers/cli.ts";
import { table } from "../helpers/vectors.ts";

const folder = mkdtempSync(join(tmpdir(), "nbft-batch-"));
beforeAll(() => {
  for (let i = 0; i < 1100; i++) {
    // Every tenth is malformed, and two are not tables at all.
    const bytes = i === 7 || i === 500 ? new Uint8Array(200) : table(i % 10 === 0 ? "S13" : "L02");
    writeFileSync(join(folder, `NBFT${i}`), bytes);
  }
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const summary = /nbft: 1098 tables in \d+\.\d\d s, 2 not read; slowest \S+NBFT\d+ \(\d+\.\d ms\)\n/;

describe("a large directory", () => {
  it("is dumped whole, what is no table named, with a summary at the end", async () => {
    const { out, err, code } = await runCli(["dump", "-o", "ndjson", folder]);
    expect(out.split("\n")).toHaveLength(1099);
    expect(err).toMatch(
      new RegExp(`NBFT7: not an NBFT[^\\n]*\\n[^\\n]*NBFT500: not an NBFT[^\\n]*\\n${summary.source}$`),
    );
    expect(code).toBe(2);
  });

  it("shows its progress on a terminal only", async () => {
    expect((await runCli(["dump", "-o", "ndjson", folder])).err).not.toContain("\r");
    const { err } = await runCli(["dump", "-o", "ndjson", folder], { tty: true });
    expect(err).toContain("500 tables");
    expect(err).toContain("1000 tables");
    // Wiped away before the summary.
    expect(err).toMatch(new RegExp(`\r\x1b\\[K${summary.source}$`));
  });

  it("is validated table by table, with the rules counted", async () => {
    const { out, err, code } = await runCli(["validate", "--separate", "-o", "ndjson", folder]);
    const findings = out
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { source: string; rule: string });
    const times = new Map<string, number>();
    for (const { rule } of findings) times.set(rule, (times.get(rule) ?? 0) + 1);
    expect(times.get("T001")).toBe(109);
    expect(times.get("H003")).toBe(2);
    for (const [rule, count] of times) expect(err).toMatch(new RegExp(`^nbft: ${count} × ${rule} `, "m"));
    expect(err).toMatch(/nbft: 1100 tables in \d/);
    expect(code).toBe(1);
  });

  it("is not taken for the tables of one machine", async () => {
    for (const format of ["ndjson", "json"]) {
      const words = ["validate", "-o", format, "--only", "T001,H003,O012,G002", folder];
      const plain = await runCli(words);
      const alone = await runCli([...words, "--separate"]);
      expect(plain.out).toBe(alone.out);
      expect([plain.code, alone.code]).toEqual([1, 1]);
      expect(plain.err).toMatch(/^nbft: more than 64 tables, each is checked by itself\n/);
      expect(alone.err).not.toContain("each is checked");
    }
  });

  it("leaves small runs without a summary", async () => {
    const { err } = await runCli(["validate", "--separate", "-o", "ndjson", "test/vectors/nbft/made/L02-min-v11-spec"]);
    expect(err).toBe("");
  });
});
