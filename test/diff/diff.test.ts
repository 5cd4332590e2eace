import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { diffBytes } from "../../src/diff/diff-bytes.ts";
import { diffTables } from "../../src/diff/diff-tables.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { runCli } from "../helpers/cli.ts";
import { patched, summed } from "../helpers/tables.ts";
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
    const after = {
      ...before,
      ssns: before.ssns.map((ssns) => ({
        ...ssns,
        index: ssns.index + 4,
        extendedInfo: { ...ssns.extendedInfo!, ssnsIndex: ssns.extendedInfo!.ssnsIndex + 4 },
      })),
    };
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

describe("references", () => {
  const before = model("L09");
  /** The same interfaces with their numbers exchanged, and everything that names them. */
  const other = (index: number) => (index === 1 ? 2 : index === 2 ? 1 : index);
  const renumbered: NbftTable = {
    ...before,
    hfi: before.hfi.map((hfi) => ({
      ...hfi,
      index: other(hfi.index),
      transportInfo: { ...hfi.transportInfo!, hfiIndex: other(hfi.transportInfo!.hfiIndex) },
    })),
    ssns: before.ssns.map((ssns) => ({
      ...ssns,
      primaryHfi: other(ssns.primaryHfi),
      secondaryHfis: ssns.secondaryHfis!.map((index) => other(index as number)),
    })),
  };

  it("are compared by what they lead to", () => {
    const found = diffTables(before, renumbered);
    expect(found.map(({ path, before, after }) => [path, before, after])).toEqual([
      ["hfi#1.index", 1, 2],
      ["hfi#2.index", 2, 1],
    ]);
  });

  it("that have stayed while the interfaces changed numbers are told", async () => {
    const found = diffTables(before, { ...renumbered, ssns: before.ssns });
    expect(found).toContainEqual({ kind: "changed", path: "ssns#1.primaryHfi", before: 1, after: 1 });
  });

  it("that lead elsewhere are told", () => {
    const [first, ...rest] = before.ssns;
    const after = { ...before, ssns: [{ ...first!, primaryHfi: other(first!.primaryHfi) }, ...rest] };
    expect(diffTables(before, after).map(({ path }) => path)).toEqual(["ssns#1.primaryHfi"]);
  });
});

describe("diffBytes", () => {
  const reading = (bytes: Uint8Array) => readNbft(bytes);
  const { table: same } = readNbft(table("L02"));
  const spec = encodeNbft(same);

  it("finds nothing where the bytes are the same", () => {
    expect(diffBytes(reading(spec), reading(Uint8Array.from(spec)))).toEqual([]);
  });

  it("tells what moved and what has another length though it says the same", () => {
    const found = diffBytes(reading(spec), reading(encodeNbft(same, { layout: "edk2" })));
    expect(found).toContainEqual(expect.objectContaining({ path: "host.hostNqn", kind: "resized" }));
    expect(found).toContainEqual(expect.objectContaining({ path: "ssns[0].traddr", kind: "moved" }));
    expect(diffTables(same, readNbft(encodeNbft(same, { layout: "edk2" })).table)).toEqual([]);
  });

  it("tells reserved bytes that differ", () => {
    const found = diffBytes(reading(spec), reading(summed(patched(spec, { 51: [7] }))));
    expect(found.map(({ path }) => path)).toEqual(["header.checksum", "header.reserved51"]);
    expect(found[1]!.after!.bytes).toMatch(/^07/);
  });

  it("leaves out what the tables say differently", () => {
    const other = encodeNbft({ ...same, header: { ...same.header, oemRevision: 9 } });
    expect(diffBytes(reading(spec), reading(other)).map(({ path }) => path)).toEqual(["header.checksum"]);
  });

  it.each(
    allTables
      .filter(({ bytes }) => bytes.length >= 128 && bytes.length < 4096)
      .map(({ name, bytes }) => [name, bytes] as const),
  )("tells every byte of %s that is not explained by what it says", (_, bytes) => {
    const mutant = summed(patched(bytes, { [bytes.length - 1]: [bytes.at(-1)! ^ 0x55] }));
    const [a, b] = [readNbft(bytes), readNbft(mutant)];
    expect(diffTables(a.table, b.table).length + diffBytes(a, b).length).toBeGreaterThan(0);
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

  it("compares a table with the boot description that it was made from", async () => {
    const table = (await runCli(["encode", "examples/static.yaml"])).bytes;
    expect(await runCli(["diff", "-", "examples/static.yaml"], { stdin: table })).toMatchObject({ code: 0, out: "" });
  });

  it("takes one of several tables in a container by name only", async () => {
    const dump = "test/vectors/acpi/acpidump/guest-2nbft-sysfs.acpidump.txt";
    if (existsSync(dump)) expect((await runCli(["diff", dump, one])).err).toMatch(/2 tables, one is needed/);
  });

  it("reads standard input once only", async () => {
    expect(await runCli(["diff", "-", "-"])).toMatchObject({ code: 2 });
  });

  it("tells on one line what has moved together", async () => {
    const edk2 = (await runCli(["encode", "examples/static.yaml", "--layout", "edk2"])).bytes;
    const { out } = await runCli(["diff", "-", "examples/static.yaml", "--bytes"], { stdin: edk2 });
    expect(out).toMatch(/^layout \S+ to \S+: moved by -\d+$/m);
  });

  it("hides key paths", async () => {
    const file = "test/vectors/nbft/made/L13-security-3";
    const secret = readNbft(table("L13")).table.security[0]!.secretKeypath!;
    const other = (await runCli(["dump", "-o", "json", file])).out.replace(secret, `${secret}x`);
    const hidden = (await runCli(["diff", file, "-"], { stdin: other })).out;
    expect(hidden).toContain("security#1.secretKeypath (hidden");
    expect(hidden).not.toContain(secret);
    expect((await runCli(["diff", file, "-", "--show-secrets"], { stdin: other })).out).toContain(`→ ${secret}x`);
  });
});
