import { readdirSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { rulePages } from "../../scripts/generator/rule-pages.ts";
import { rules } from "../../src/rules/catalogue.ts";
import { explainedRules } from "../../src/rules/texts/index.ts";

const folder = resolve(import.meta.dirname, "../../docs/rules");

describe("the pages of the rules (npm run generate writes them)", () => {
  const pages = rulePages();

  it("are those of the rules, and no others", () => {
    expect(readdirSync(folder).sort()).toEqual([...pages.keys()].sort());
    for (const { code } of rules) expect(pages.has(`${code}.md`)).toBe(true);
  });

  it("say what the rules say", () => {
    for (const [name, text] of pages) expect(readFileSync(resolve(folder, name), "utf8"), name).toBe(text);
  });

  it("show what each bad example gives", () => {
    for (const { code, bad } of explainedRules) {
      const page = pages.get(`${code}.md`)!;
      for (const { finds } of bad) for (const path of finds) expect(page).toContain(` ${path} @0x`);
    }
  });
});
