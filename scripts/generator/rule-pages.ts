// Pages of docs/rules, made from the rules themselves. Written by scripts/rule-pages.mjs; a test compares.
import type { Diagnostic } from "../../src/diagnostic.ts";
import { exampleBytes } from "../../src/rules/example.ts";
import { describeExample, formatSpec, judgeExample, repairCommand } from "../../src/rules/explain.ts";
import { rules } from "../../src/rules/index.ts";
import type { AnyRule, BadExample } from "../../src/rules/rule.ts";
import { escapeText } from "../../src/text/escape.ts";
import { formatHex, hex } from "../../src/text/hex.ts";

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
};

/** Every page by its file name in docs/rules. */
export function rulePages(): Map<string, string> {
  const pages = new Map(rules.map((rule) => [`${rule.code}.md`, rulePage(rule)]));
  pages.set("README.md", indexPage());
  return pages;
}

function indexPage(): string {
  const parts = Object.entries(families).map(([letter, title]) => {
    const rows = rules
      .filter(({ code }) => code.startsWith(letter))
      .map((rule) => `| [${rule.code}](${rule.code}.md) | ${rule.name} | ${levels(rule)} | ${cell(rule.summary)} |\n`);
    return `## ${title}\n\n| code | name | severity | what holds |\n| --- | --- | --- | --- |\n${rows.join("")}`;
  });
  const intro = [
    "What [`nbft validate`](../commands/validate.md) checks. `nbft rules CODE` explains a rule on the command line.",
    "",
    "An **error** breaks a “shall” of the specification or makes a part unusable, a **warning** is a hazard or breaks a “should”, an **info** is worth",
    "knowing. A *fatal* error makes the whole table unusable for a reader that follows the specification.",
  ].join("\n");
  return `${notice}# Rules\n\n${intro}\n\n${parts.join("\n")}`;
}

const notice = "<!-- Generated from src/rules by `npm run generate`; do not edit. -->\n\n";

function levels({ severity, milder = [], fatal }: AnyRule): string {
  return `${[severity, ...milder].join(", ")}${fatal ? ", *fatal*" : ""}`;
}

function rulePage(rule: AnyRule): string {
  const { code, name, summary, why, hint, spec, breaks = [], fix } = rule;
  const parts = [
    `${notice}# ${code} ${name}`,
    `${prose(summary)}`,
    `| | |\n| --- | --- |\n| severity | ${levels(rule)} |\n| source | ${formatSpec(spec)} |${
      fix === undefined ? "" : `\n| repair | \`${repairCommand(rule)}\`: ${cell(fix)} |`
    }`,
    `## Why\n\n${prose(why)}`,
    ...(breaks.length === 0
      ? []
      : [`## What breaks\n\n${breaks.map(({ who, what }) => `- **${prose(who)}**: ${prose(what)}`).join("\n")}`]),
    `## What to do\n\n${prose(hint)}.`,
    `## Examples\n\n${good(rule)}\n\n${rule.bad.map((bad) => badExample(rule, bad)).join("\n\n")}`,
  ];
  return `${parts.join("\n\n")}\n`;
}

function good({ good }: AnyRule): string {
  const lines = describeExample(good);
  return lines.length === 0
    ? "Nothing is found in a sound table."
    : `Nothing is found in a sound table where\n\n${lines.map((line) => `- ${code(line)}`).join("\n")}`;
}

function badExample(rule: AnyRule, bad: BadExample): string {
  const lines = describeExample(bad);
  const found = judgeExample(bad).filter((finding) => finding.rule === rule.code);
  const what =
    lines.length === 0 ? "Found in any table:" : `Found where\n\n${lines.map((line) => `- ${code(line)}`).join("\n")}`;
  const text = found.map(({ severity, path, offset, message }) => {
    return `${severity} ${path} @${hex(offset)}: ${escapeText(message)}\n`;
  });
  // The bytes of an example with several tables are those of the first.
  const bytes = bad.others ? [] : bytesOf(exampleBytes(bad), found);
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
