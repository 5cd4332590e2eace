import { describe, expect, it } from "vitest";
import { structureOrder } from "../../src/nbft/structures/order.ts";
import { exampleBytes } from "../../src/rules/example.ts";
import { exampleTables } from "../../src/rules/example-tables.ts";
import { describeExample, exampleFindings, judgeExample } from "../../src/rules/explain.ts";
import { covered } from "../../src/rules/generic.ts";
import { tableRule, tableRules, tableRulesNamed } from "../../src/rules/index.ts";
import { explainedRules } from "../../src/rules/texts/index.ts";
import { validate } from "../../src/rules/validate.ts";
import { type Structure, structure } from "../../src/structure/index.ts";

describe.each(explainedRules.map((rule) => [`${rule.code} ${rule.name}`, rule] as const))("%s", (_, rule) => {
  it("has nothing to say about its good example", () => {
    expect(judgeExample(rule.good).filter((found) => found.rule === rule.code)).toEqual([]);
  });

  it.each(rule.bad.map((bad, i) => [i + 1, bad] as const))("finds what is wrong in bad example %i", (_, bad) => {
    const found = exampleFindings(rule, bad);
    expect(found.map(({ path }) => path)).toEqual(bad.finds);
    for (const finding of found) {
      expect(finding).toMatchObject({ name: rule.name, spec: rule.spec, hint: rule.hint });
      expect([rule.severity, ...(rule.milder ?? [])]).toContain(finding.severity);
      expect(finding.message).not.toMatch(/\.$|undefined|NaN|\[object/);
      expect(finding.message.length).toBeLessThan(400);
    }
    expect(found.length).toBeGreaterThan(0);
  });

  it("shows every severity that it has in its examples", () => {
    const seen = new Set(rule.bad.flatMap((bad) => exampleFindings(rule, bad).map(({ severity }) => severity)));
    expect([...seen].sort()).toEqual([rule.severity, ...(rule.milder ?? [])].sort());
  });

  it("explains itself in sentences", () => {
    const { summary, why, hint, breaks = [], fix } = rule;
    expect(summary).toMatch(/^[A-Z0-9].*\.$/);
    expect(why).toMatch(/^\S.*\.$/s);
    expect(hint).toMatch(/^[A-Z].*[^.]$/);
    for (const { who, what } of breaks) {
      expect(who).not.toBe("");
      expect(what).toMatch(/^[^A-Z].*[^.]$/);
    }
    if (fix !== undefined) expect(fix).toMatch(/^[a-z].*[^.]$/);
    expect(rule.code).toMatch(/^[HCOPFTXSEYDG]\d{3}[a-d]?$/);
    expect(rule.name).toMatch(/^[a-z0-9.]+(-[a-z0-9.]+)*$/);
  });
});

describe("the rules as a whole", () => {
  it("have codes and names of their own, in the order of the catalogue", () => {
    expect(new Set(tableRules.map(({ code }) => code)).size).toBe(tableRules.length);
    expect(new Set(tableRules.map(({ name }) => name)).size).toBe(tableRules.length);
    expect(tableRules.map(({ code }) => code[0]).filter((family, i, all) => family !== all[i - 1])).toEqual([
      ..."HCOPFTXSEYDG",
    ]);
  });

  it("say nothing but their revision and convention of strings about the sound tables that the examples start from", () => {
    expect(validate(exampleBytes({})).map(({ rule }) => rule)).toEqual(["H021", "P003a"]);
    expect(validate(exampleBytes({ layout: "edk2" })).map(({ rule }) => rule)).toEqual(["H021", "P003b"]);
    expect(validate(exampleBytes({ table: "bare" })).map(({ rule }) => rule)).toEqual(["H021", "C002"]);
    expect(validate(exampleBytes({ table: "secured" })).map(({ rule }) => rule)).toEqual(["H021", "S035", "P003a"]);
    expect(Object.keys(exampleTables)).toEqual(["plain", "secured", "bare"]);
  });

  it("check every constant, reserved byte and reserved bit that the descriptions know", () => {
    // What reading itself reports, under the codes of the same catalogue.
    const met = ["NbftHeader.signature", "ControlDescriptor.structureId", "HostDescriptor.structureId"];
    const wanted = structureOrder.flatMap(({ name, fields }) =>
      Object.entries(fields)
        .filter(([, field]) => {
          if (field.kind === "reserved") return true;
          if (field.kind === "flags") return bitsOf(field) < 8 * field.size;
          return "const" in field && field.const !== undefined;
        })
        .map(([key]) => `${name}.${key}`),
    );
    expect(wanted.length).toBeGreaterThan(40);
    expect(wanted.filter((field) => !covered.has(field) && !met.includes(field))).toEqual([]);
    for (const code of covered.values()) expect(tableRule(code)).toBeDefined();
  });

  it("do not take a field without a constant for one", async () => {
    const { constRule } = await import("../../src/rules/generic.ts");
    const bare = structure("Bare", { title: "", spec: { doc: "", rev: "" }, size: 1, fields: { a: noConstant } });
    expect(() => constRule("header", bare, "a", tableRules[0]!)).toThrow(TypeError);
  });

  it("are found by code, by code without letter, by family and by name", () => {
    const codes = (word: string) => tableRulesNamed(word).map(({ code }) => code);
    expect(codes("h002")).toEqual(["H002"]);
    expect(codes("X002")).toEqual(["X002a", "X002b", "X002c"]);
    expect(codes("checksum")).toEqual(["H002"]);
    expect(codes("G")).toEqual(["G001", "G002", "G003", "G004", "G005", "G006"]);
    expect(codes("H2")).toEqual(["H002"]);
    expect(codes("s18")).toEqual(["S018"]);
    expect(codes("X2")).toEqual(["X002a", "X002b", "X002c"]);
    expect(codes("H99")).toEqual([]);
    expect(codes("")).toEqual([]);
  });

  it("tell what is special about their examples", () => {
    expect(describeExample({})).toEqual([]);
    for (const { good, bad } of explainedRules) {
      for (const example of [good, ...bad]) {
        for (const line of describeExample(example)) expect(line).not.toMatch(/undefined|\[object/);
      }
    }
  });

  it("mark as repairable what a program can put right without guessing", () => {
    const repairable = tableRules.filter(({ fix }) => fix !== undefined).map(({ code }) => code);
    expect(repairable).toEqual(expect.arrayContaining(["H002", "H004", "H005", "H006", "O009", "S019", "D010"]));
    // What the bytes do not tell, nobody can write: a signature, an address, a name.
    for (const code of ["H001", "H003", "H007", "O004", "S006", "S010", "T016", "Y005"])
      expect(repairable).not.toContain(code);
  });
});

const noConstant = { kind: "uint", at: 0, size: 1, title: "A" } as const;

function bitsOf({ bits }: Extract<Structure["fields"][string], { kind: "flags" }>): number {
  return Object.values(bits).reduce((sum, { width }) => sum + width, 0);
}
