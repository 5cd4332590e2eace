import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { catalogueSources, madeExamples } from "../../scripts/generator/catalogue.ts";
import { ruleOf, rules, rulesNamed } from "../../src/rules/catalogue.ts";
import { ruleExamples } from "../../src/rules/generated/examples.ts";
import { tableRules } from "../../src/rules/index.ts";

describe("the catalogue of all rules", () => {
  it("is what npm run generate writes", () => {
    for (const [name, source] of Object.entries(catalogueSources()))
      expect(readFileSync(`src/rules/generated/${name}`, "utf8")).toBe(source);
  });

  it("has a code and a name for each rule, by families", () => {
    expect(new Set(rules.map(({ code }) => code)).size).toBe(rules.length);
    expect(new Set(rules.map(({ name }) => name)).size).toBe(rules.length);
    const families = rules.map(({ code }) => code[0]).filter((family, i, all) => family !== all[i - 1]);
    expect(families).toEqual([..."HCOPFTXSEYDGVAQNK"]);
    expect(rules.length).toBe(tableRules.length + Object.keys(madeExamples).length);
  });

  it("is plain data, without checks and examples", () => {
    expect(JSON.parse(JSON.stringify(rules))).toEqual(rules);
    expect(ruleOf("H002")).toMatchObject({ name: "checksum", severity: "error", fatal: true });
    expect(ruleOf("A104")).toMatchObject({ name: "host-id-order", severity: "warning" });
    expect(ruleOf("H003")).not.toHaveProperty("fix");
    for (const rule of rules)
      for (const key of ["good", "bad", "check", "example"]) expect(rule).not.toHaveProperty(key);
  });

  it("is searched by code, family and name", () => {
    const codes = (word: string) => rulesNamed(word).map(({ code }) => code);
    expect(codes("v1")).toEqual(["V001"]);
    expect(codes("acpitable-large")).toEqual(["Q001"]);
    expect(codes("N").length).toBe(8);
    expect(codes("Z")).toEqual([]);
  });
});

describe.each(rules.map((rule) => [`${rule.code} ${rule.name}`, rule] as const))("%s", (_, rule) => {
  it("explains itself in sentences", () => {
    expect(rule.summary).toMatch(/^[A-Z0-9`$#-].*\.$/);
    expect(rule.why).toMatch(/^\S.*\.$/s);
    expect(rule.hint).toMatch(/^\S.*[^.]$/);
    expect(rule.spec.doc).not.toBe("");
  });

  it("has examples, and finds something in each", () => {
    const examples = ruleExamples[rule.code]!;
    expect(examples.length).toBeGreaterThan(0);
    for (const { finds } of examples) {
      expect(finds.length).toBeGreaterThan(0);
      for (const { severity } of finds) expect([rule.severity, ...(rule.milder ?? [])]).toContain(severity);
    }
  });
});

it.each(Object.entries(madeExamples))("a finding of %s has the rule's name", (code, { check }) => {
  for (const finding of check().filter(({ rule }) => rule === code)) expect(finding.name).toBe(ruleOf(code)!.name);
});
