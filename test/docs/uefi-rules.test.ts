import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { configRules, configTextRules } from "../../src/uefi/setattempt/rules/index.ts";
import { storeRules } from "../../src/uefi/store/rules.ts";

const folder = resolve(import.meta.dirname, "../../docs/commands");
const update = process.env["UPDATE_DOCS"] === "1";

interface Rule {
  readonly code: string;
  readonly name: string;
  readonly severity: string;
  readonly summary: string;
  readonly why: string;
}

/** Rows of a page's table of rules. */
function rows(rules: readonly Rule[]): string {
  return rules
    .map(({ code, name, severity, summary, why }) =>
      `| ${code} ${name} | ${severity} | ${summary} | ${why} |\n`.replaceAll("\\", "\\\\"),
    )
    .join("");
}

/** The page with the rows of its n-th table of rules as they should be. */
function withRows(page: string, rules: readonly Rule[], table: number): string {
  let seen = -1;
  return page.replace(
    /(\| code \| severity \|.*\n\| --- .*\n)((?:\|.*\n|[A-Z]+RULES\n|RULES\n)*)/g,
    (whole, head: string) => {
      seen++;
      return seen === table ? head + rows(rules) : whole;
    },
  );
}

describe("the tables of rules are those of the code (UPDATE_DOCS=1 rewrites them)", () => {
  test.each([
    { page: "attempt.md", tables: [configTextRules, configRules] },
    { page: "vars.md", tables: [Object.values(storeRules)] },
  ])("$page", ({ page, tables }) => {
    const path = resolve(folder, page);
    const before = readFileSync(path, "utf8");
    const after = tables.reduce((text, rules, i) => withRows(text, rules, i), before);
    if (update) writeFileSync(path, after);
    else expect(before).toBe(after);
    for (const rule of tables.flat()) expect(after).toContain(`| ${rule.code} ${rule.name} |`);
  });
});
