import { describe, expect, it } from "vitest";
import { diffBytes } from "../../src/diff/diff-bytes.ts";
import { diffTables } from "../../src/diff/diff-tables.ts";
import { readNbft } from "../../src/nbft/read.ts";
import { runCli } from "../helpers/cli.ts";
import { allTables, table } from "../helpers/vectors.ts";

const model = (name: string) => readNbft(table(name)).table;

describe("diffTables", () => {
  it.each(
    allTables
      .filter(({ bytes }) => bytes.length >= 128 && bytes.length < 4096)
      .map(({ name, bytes }) => [name, bytes] as const),
  )("finds nothing between %s and itself", (_, bytes) => {
    expect(diffTables(readNbft(bytes).table, readNbft(Uint8Array.from(bytes)).table)).toEqual([]);
  });

  it("tells a changed value by its path", () => {
    expect(diffTables(model("L24"), { ...model("L24"), header: { ...model("L24").header, oemRevision: 9 } })).toEqual([
      { kind: "changed", path: "header.oemRevision", before: 1, after: 9 },
    ]);
  });

  it("does not mind the order of a list", () => {
    const before = model("L12");
    expect(diffTables(before, { ...before, ssns: before.ssns.toReversed() })).toEqual([]);
  });

  it("knows a subsystem again under another index", () => {
    const before = model("L12");
    const after = { ...before, ssns: before.ssns.map((ssns) => ({ ...ssns, index: ssns.index + 4 })) };
    const found = diffTables(before, after);
    expect(found.map(({ path }) => path)).toEqual([1, 2, 3, 4].map((index) => `ssns#${index}.index`));
  });

  it("tells an entry that only one has", () => {
    const before = model("L12");
    const after = { ...before, ssns: before.ssns.slice(1) };
    expect(diffTables(before, after).map(({ kind, path }) => [kind, path])).toEqual([["removed", "ssns#1"]]);
    expect(diffTables(after, before).map(({ kind, path }) => [kind, path])).toEqual([["added", "ssns#1"]]);
  });
});

describe("diffBytes", () => {
  it("tells what moved though it says the same", () => {
    const found = diffBytes(readNbft(table("L01")), readNbft(table("L02")));
    expect(found).toContainEqual(expect.objectContaining({ path: "host.hostNqn", kind: "only in the first" }));
    expect(found.some(({ kind }) => kind === "moved")).toBe(true);
  });
});

describe("nbft diff", () => {
  const one = "test/vectors/nbft/made/L01-min-v10-edk2";
  const two = "test/vectors/nbft/made/L02-min-v11-spec";

  it.each([
    ["0 for the same", [one, one], 0],
    ["1 for others", [one, two], 1],
    ["2 for what is not there", [one, "no-such-file"], 2],
  ])("exits %s", async (_, words, code) => {
    expect((await runCli(["diff", ...words])).code).toBe(code);
  });

  it("compares a table with its own document", async () => {
    const document = (await runCli(["dump", "-o", "json", one])).out;
    const { code, out } = await runCli(["diff", one, "-"], { stdin: document });
    expect([code, out]).toEqual([0, ""]);
  });

  it("is JSON when asked to", async () => {
    const { out } = await runCli(["diff", one, two, "-o", "json", "--bytes"]);
    const result = JSON.parse(out) as { differences: { path: string }[]; bytes: unknown[] };
    expect(result.differences.map(({ path }) => path)).toContain("header.minorRevision");
    expect(result.bytes.length).toBeGreaterThan(3);
  });

  it("hides key paths", async () => {
    const secret = readNbft(table("L13")).table.security[0]!.secretKeypath!;
    const words = ["diff", one, "test/vectors/nbft/made/L13-security-3"];
    expect((await runCli(words)).out).not.toContain(secret);
    expect((await runCli([...words, "--show-secrets"])).out).toContain(secret);
  });
});
