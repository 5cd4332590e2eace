import { describe, expect, it } from "vitest";
import { readAsLibnvme } from "../../src/consumers/libnvme/libnvme.ts";
import { corpus } from "../../src/corpus/corpus.ts";
import { soundCases } from "../../src/corpus/sound-cases.ts";
import { verdictOf } from "../../src/corpus/verdict.ts";
import { listNames } from "../../src/nbft/read/frame.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { explainedRules } from "../../src/rules/texts/index.ts";
import { validate } from "../../src/rules/validate.ts";

const whole = [...corpus("a seed")];
const inGroup = (name: string) => whole.filter(({ group }) => group === name);
/** Findings that keep a table from being sound: not that readers in use reject revision 1.1. */
const judged = (bytes: Uint8Array) => validate(bytes, { off: ["H021"] }).filter(({ severity }) => severity !== "info");

describe("corpus", () => {
  it("is the same for the same seed, and another for another", () => {
    const again = [...corpus("a seed")];
    expect(again).toEqual(whole);
    const other = [...corpus("another")];
    expect(other.map(({ name }) => name)).toEqual(whole.map(({ name }) => name));
    expect(other.filter(({ bytes }, i) => Buffer.compare(bytes, whole[i]!.bytes) !== 0).length).toBeGreaterThan(100);
  });

  it("has tables that do not depend on how many others are asked for", () => {
    const few = [...corpus("a seed", { random: 2, mutants: 3 })];
    const byName = new Map(whole.map(({ name, bytes }) => [name, bytes]));
    for (const { name, bytes } of few) expect(Buffer.compare(bytes, byName.get(name)!), name).toBe(0);
    expect(few.filter(({ name }) => name.startsWith("mutant-"))).toHaveLength(3);
  });

  it("has names that are file names, each once", () => {
    const names = whole.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const name of names) expect(name).toMatch(/^[A-Za-z0-9][A-Za-z0-9.-]*$/);
    for (const { title } of whole) expect(title.length).toBeGreaterThan(3);
  });

  it("calls sound what has no errors or warnings and what libnvme uses all of", () => {
    expect(inGroup("sound").length).toBeGreaterThan(60);
    for (const { name, bytes } of inGroup("sound")) {
      expect(judged(bytes), name).toEqual([]);
      const { table, dropped, rejection } = readAsLibnvme(bytes);
      expect([table === undefined, dropped, rejection], name).toEqual([false, [], undefined]);
    }
  });

  it("calls malformed what has errors, and nothing else but mutants has any", () => {
    const errors = (bytes: Uint8Array) => validate(bytes).filter(({ severity }) => severity === "error").length;
    for (const { name, bytes } of inGroup("malformed")) expect(errors(bytes), name).toBeGreaterThan(0);
    for (const { name, bytes } of inGroup("unusual")) expect(errors(bytes), name).toBe(0);
  });

  it.each(
    explainedRules
      .filter(({ bad }) => bad.some(({ others }) => others === undefined))
      .map(({ code, name }) => [code, name]),
  )("has a table that breaks %s %s", (code, name) => {
    const tables = whole.filter((table) => new RegExp(`^${code}-${name}(-\\d+)?$`).test(table.name));
    expect(tables.length).toBeGreaterThan(0);
    for (const { bytes } of tables) expect(validate(bytes).map(({ rule }) => rule)).toContain(code);
  });

  it.each(soundCases.map(({ name }) => name))("has %s, which says what it is called after", (name) => {
    const table = whole.find((each) => each.name === name);
    expect(table, name).toBeDefined();
    expect(readNbft(table!.bytes).table.header.majorRevision).toBe(1);
  });

  it("comes in both revisions and all address families, with every list", () => {
    const tables = inGroup("sound").map(({ bytes }) => readNbft(bytes).table);
    expect(new Set(tables.map(({ header }) => header.minorRevision))).toEqual(new Set([0, 1]));
    for (const name of listNames)
      expect(
        tables.some((table) => table[name].length > 1),
        name,
      ).toBe(true);
    const addresses = tables.flatMap(({ ssns }) => ssns.map(({ traddr }) => traddr!));
    expect(addresses.some((address) => address?.includes(":"))).toBe(true);
    expect(addresses.some((address) => address?.includes("."))).toBe(true);
  });

  it("can be read to the end, hostile or not", () => {
    const hostile = whole.filter(({ name }) => name.startsWith("hostile-"));
    expect(hostile.length).toBeGreaterThan(6);
    for (const { name, bytes } of hostile) {
      expect(Object.keys(verdictOf(bytes).libnvme), name).toEqual(["1.16", "3.1"]);
    }
  });
});

describe("verdictOf", () => {
  const verdict = (name: string) => verdictOf(whole.find((table) => table.name === name)!.bytes);

  it("tells what each release accepts", () => {
    expect(verdict("static-ipv4").libnvme).toEqual({ "1.16": { accepts: true }, "3.1": { accepts: true } });
    expect(verdict("static-ipv4-1.1").libnvme["1.16"]).toMatchObject({ accepts: false, reason: /./ });
  });

  it("tells why a table is rejected, and by which rule", () => {
    const { findings, libnvme } = verdict("H002-checksum");
    expect(findings.map(({ rule }) => rule)).toContain("H002");
    for (const each of Object.values(libnvme)) {
      expect(each).toMatchObject({ accepts: false, rule: "H002", reason: expect.stringContaining("checksum") });
    }
  });

  it("tells what is dropped", () => {
    const dropping = whole.filter(({ bytes }) => (verdictOf(bytes).libnvme["3.1"].drops ?? []).length > 0);
    expect(dropping.length).toBeGreaterThan(20);
    for (const { bytes } of dropping) {
      for (const path of verdictOf(bytes).libnvme["3.1"].drops!) {
        expect(path).toMatch(/^(hfi|ssns|security|discovery)\[\d+\]/);
      }
    }
  });
});
