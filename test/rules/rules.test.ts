import { describe, expect, it } from "vitest";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { type Example, exampleBytes } from "../../src/rules/example.ts";
import { exampleTables } from "../../src/rules/example-tables.ts";
import { rules } from "../../src/rules/index.ts";
import { validate, validateTogether } from "../../src/rules/validate.ts";

function judgeExample(example: Example): Diagnostic[] {
  return validateTogether([example, ...(example.others ?? [])].map(exampleBytes)).flat();
}

describe.each(rules.map((rule) => [`${rule.code} ${rule.name}`, rule] as const))("%s", (_, rule) => {
  it("has nothing to say about its good example", () => {
    expect(judgeExample(rule.good).filter((found) => found.rule === rule.code)).toEqual([]);
  });

  it.each(rule.bad.map((bad, i) => [i, bad] as const))("finds what is wrong in bad example %i", (_, bad) => {
    const found = judgeExample(bad).filter((finding) => finding.rule === rule.code);
    expect(found.map(({ path }) => path)).toEqual(bad.finds);
    for (const finding of found) {
      expect(finding).toMatchObject({ name: rule.name, spec: rule.spec });
      expect([rule.severity, ...(rule.milder ?? [])]).toContain(finding.severity);
      expect(finding.message).not.toMatch(/\.$|undefined|NaN|\[object/);
      expect(finding.message.length).toBeLessThan(400);
    }
  });
});

describe("the rules as a whole", () => {
  it.each(Object.entries(exampleTables).filter(([name]) => name === "plain"))("the %s example table is sound", () => {
    expect(validate(exampleBytes({})).map(({ rule }) => rule)).toEqual(["P003a"]);
  });
});
