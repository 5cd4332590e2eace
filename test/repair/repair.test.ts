import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { encodeNbft } from "../../src/nbft/encode.ts";
import { readNbft } from "../../src/nbft/read.ts";
import { fixes, repairNbft } from "../../src/repair/repair.ts";
import { rules } from "../../src/rules/index.ts";
import { validate } from "../../src/rules/validate.ts";
import { runCli } from "../helpers/cli.ts";
import { patched, summed } from "../helpers/tables.ts";
import { table } from "../helpers/vectors.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-repair-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

const sound = table("L24");
const { table: model } = readNbft(table("L13"));
const nameless = encodeNbft({ ...model, discovery: [{ ...model.discovery[0]!, nqn: undefined }] });

/** A table with one finding of each rule that can be repaired. */
const broken: Readonly<Record<string, Uint8Array>> = {
  H002: patched(sound, { 9: [sound[9]! ^ 0x55] }),
  H004: summed(patched(sound, { 4: [1, 0, 0, 0] })),
  H005: patched(sound, { 4: [0xff, 0xff] }),
  H006: Uint8Array.of(...sound, 1, 2, 3),
  O009: table("L25"),
  S019: table("L10"),
  D010: nameless,
};

const codes = (bytes: Uint8Array) => new Set(validate(bytes).map(({ rule }) => rule));

describe("repairNbft", () => {
  it("has a fix for every rule that says so, and no other", () => {
    const told = rules.flatMap((rule) => ("fix" in rule && rule.fix !== undefined ? [rule.code] : [])).sort();
    expect([...fixes.map(({ rule }) => rule), "H002"].sort()).toEqual(told);
    expect(Object.keys(broken).sort()).toEqual(told);
  });

  it.each(Object.entries(broken))("mends %s, and the result is sound in that", (rule, bytes) => {
    expect(codes(bytes)).toContain(rule);
    const { bytes: mended, applied, left } = repairNbft(bytes, [rule, "H002"]);
    expect(applied.map((each) => each.rule)).toContain(rule);
    expect(codes(mended)).not.toContain(rule);
    expect(codes(mended)).not.toContain("H002");
    expect(left).toEqual(validate(mended));
  });

  it("changes nothing where nothing is wrong", () => {
    expect(repairNbft(sound)).toMatchObject({ bytes: sound, applied: [] });
  });

  it("changes only the bytes that the repair is about", () => {
    const before = table("vlan/NBFT.bin");
    const { bytes } = repairNbft(before, ["O009"]);
    const differing = [...bytes.keys()].filter((at) => bytes[at] !== before[at]);
    expect(bytes.length).toBe(before.length);
    expect(differing.every((at) => at === 9 || (at >= 130 && at < 146))).toBe(true);
  });

  it("keeps a checksum wrong that nobody asked to mend", () => {
    const bytes = patched(table("L25"), { 9: [0x42] });
    expect(codes(repairNbft(bytes, ["O009"]).bytes)).toContain("H002");
  });

  it("does not touch its input", () => {
    const bytes = Uint8Array.from(broken["H002"]!);
    repairNbft(bytes);
    expect(bytes).toEqual(broken["H002"]);
  });
});

describe("nbft repair", () => {
  const source = "test/vectors/nbft/made/L10-ssns-no-secondary";

  it("shows the change and writes the result", async () => {
    const file = join(scratch, "NBFT");
    const { code, out } = await runCli(["repair", source, "-o", file, "--only", "S019"]);
    expect(out).toContain("+ ssns#1.secondaryHfis [1]");
    expect(code).toBe(0);
    expect(readNbft(readFileSync(file)).table.ssns[0]?.secondaryHfis).toEqual([1]);
  });

  it("writes nothing on a dry run", async () => {
    const file = join(scratch, "dry");
    await runCli(["repair", source, "-o", file, "--dry-run"]);
    expect(existsSync(file)).toBe(false);
  });

  it("gives only the table on standard output", async () => {
    const { bytes, err } = await runCli(["repair", source, "-o", "-"]);
    expect(readNbft(bytes).table.ssns).toHaveLength(1);
    expect(err).toContain("S019");
  });

  it.each([
    [["repair", source], /-o FILE/],
    [["repair", source, "--dry-run", "--only", "X999"], /X999 cannot be repaired/],
  ])("refuses %j", async (words, message) => {
    const { code, err } = await runCli(words);
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });

  it("exits 1 when errors are left", async () => {
    expect(
      (await runCli(["repair", "test/vectors/nbft/made-bad/S13-trinfo-7-bytes-valid-head", "--dry-run"])).code,
    ).toBe(1);
  });
});
