// Pages of docs/rules, made from the catalogue of all rules. Written by scripts/rule-pages.mjs; a test compares.

import type { Diagnostic } from "../../src/diagnostic.ts";
import type { RuleExample, RuleInfo } from "../../src/rule-info.ts";
import { exampleBytes } from "../../src/rules/example.ts";
import { describeExample, exampleFindings } from "../../src/rules/explain.ts";
import { explainedRule } from "../../src/rules/texts/index.ts";
import { exampleFinding, formatSpec, repairCommand } from "../../src/rules/words.ts";
import { escapeText } from "../../src/text/escape.ts";
import { formatHex } from "../../src/text/hex.ts";
import { catalogue, ruleExamples } from "./catalogue.ts";

const families: Readonly<Record<string, string>> = {
  H: "The table and its header",
  C: "Control Descriptor",
  O: "Host Descriptor",
  P: "Heap",
  F: "HFI Descriptors",
  T: "HFI Transport Info",
  X: "HFI Extended Information",
  S: "SSNS Descriptors",
  E: "SSNS Extended Information",
  Y: "Security Profile Descriptors",
  D: "Discovery Descriptors",
  G: "The table as a whole",
  V: "Variable stores",
  A: "Texts for setattempt, and the attempts of a store",
  Q: "Virtual machines",
  N: "Targets",
  K: "Files, archives and memory that hold tables",
};

/** Commands that check the rules of a family; `nbft validate` those of tables. */
const commands: Readonly<Record<string, string>> = {
  V: "vars",
  A: "attempt",
  Q: "qemu",
  N: "target",
  K: "tables",
};

/** Every page by its file name in docs/rules. */
export function rulePages(): Map<string, string> {
  const rules = catalogue();
  const examples = ruleExamples();
  const pages = new Map(rules.map((rule) => [`${rule.code}.md`, rulePage(rule, examples[rule.code]!)]));
  pages.set("README.md", indexPage(rules));
  return pages;
}

function indexPage(rules: readonly RuleInfo[]): string {
  const parts = Object.entries(families).map(([letter, title]) => {
    const rows = rules
      .filter(({ code }) => code.startsWith(letter))
      .map((rule) => `| [${rule.code}](${rule.code}.md) | ${rule.name} | ${levels(rule)} | ${cell(rule.summary)} |\n`);
    return `## ${title}\n\n| code | name | severity | requirement |\n| --- | --- | --- | --- |\n${rows.join("")}`;
  });
  const intro = [
    "What [`nbft validate`](../commands/validate.md) checks of a table, and [vars](../commands/vars.md), [attempt](../commands/attempt.md),",
    "[qemu](../commands/qemu.md), [target](../commands/target.md) and [tables](../commands/tables.md) of what they read. `nbft rules CODE` explains a",
    "rule on the command line.",
    "",
    "An **error** breaks a “shall” of the specification or makes a part unusable, a **warning** is a hazard or breaks a “should”, an **info** is worth",
    "knowing. A *fatal* error makes the whole table unusable for a reader that follows the specification.",
  ].join("\n");
  return `${notice}# Rules\n\n${intro}\n\n${parts.join("\n")}`;
}

const notice = "<!-- Generated from src/rules by `npm run generate`; do not edit. -->\n\n";

function levels({ severity, milder = [], fatal }: RuleInfo): string {
  return `${[severity, ...milder].join(", ")}${fatal ? ", *fatal*" : ""}`;
}

function rulePage(rule: RuleInfo, examples: readonly RuleExample[]): string {
  const { code, name, summary, why, hint, spec, breaks = [], fix } = rule;
  const parts = [
    `${notice}# ${code} ${name}`,
    `Reported if this is not the case: ${prose(summary)}`,
    `| | |\n| --- | --- |\n| severity | ${levels(rule)} |\n| checked by | ${checkedBy(rule)} |\n| source | ${formatSpec(spec)} |${
      fix === undefined ? "" : `\n| repair | \`${repairCommand(rule)}\`: ${cell(fix)} |`
    }`,
    `## Why\n\n${prose(why)}`,
    ...(breaks.length === 0
      ? []
      : [`## What breaks\n\n${breaks.map(({ who, what }) => `- **${prose(who)}**: ${prose(what)}`).join("\n")}`]),
    `## What to do\n\n${prose(hint)}.`,
    `## Examples\n\n${[...good(rule), ...examples.map((example, i) => badExample(rule, example, i))].join("\n\n")}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

/** The command that checks a rule. */
function checkedBy({ code }: RuleInfo): string {
  const command = commands[code[0]!] ?? "validate";
  return `[nbft ${command}](../commands/${command}.md)`;
}

/** A table in which a rule finds nothing. */
function good(rule: RuleInfo): string[] {
  const table = explainedRule(rule.code);
  if (!table) return [];
  const lines = describeExample(table.good);
  return lines.length === 0
    ? ["A valid table has no such finding."]
    : [`There is no finding in a valid table where\n\n${lines.map((line) => `- ${code(line)}`).join("\n")}`];
}

function badExample(rule: RuleInfo, { input, finds }: RuleExample, i: number): string {
  const what =
    input.length === 0 ? "Found in any table:" : `Found where\n\n${input.map((line) => `- ${code(line)}`).join("\n")}`;
  const text = finds.map((finding) => `${exampleFinding(finding)}\n`);
  // The bytes of an example with several tables are those of the first.
  const bad = explainedRule(rule.code)?.bad[i];
  const bytes = bad && !bad.others ? bytesOf(exampleBytes(bad), exampleFindings(rule, bad)) : [];
  return `${what}\n\n\`\`\`text\n${text.join("")}${bytes.join("")}\`\`\``;
}

/** The stored bytes that the findings are about, the first of them. */
function bytesOf(bytes: Uint8Array, found: readonly Diagnostic[]): string[] {
  return found
    .filter(({ offset, length }) => length > 0 && length <= 256 && offset + length <= bytes.length)
    .slice(0, 3)
    .map(({ offset, length }) => {
      const shown = Math.min(length, 16);
      const more = length > shown ? " …" : "";
      return `  ${offset.toString(16).padStart(4, "0")}  ${formatHex(bytes.subarray(offset, offset + shown), " ")}${more}\n`;
    });
}

/** Text in markdown: what could be taken for markup is not. */
function prose(text: string): string {
  return text.replace(/[\\`*_[\]<>]/g, "\\$&");
}

function cell(text: string): string {
  return prose(text).replaceAll("|", "\\|");
}

function code(text: string): string {
  return `\`${escapeText(text).replaceAll("`", "'")}\``;
}
