import type { Paint } from "../../output/paint.ts";
import { severityPaint } from "../../output/paint.ts";
import type { RuleExample, RuleInfo } from "../../rule-info.ts";
import { rulePage, rules, rulesNamed } from "../../rules/catalogue.ts";
import { ruleExamples } from "../../rules/generated/examples.ts";
import { exampleFinding, formatSpec, repairCommand } from "../../rules/words.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { wrap } from "../../text/wrap.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { colorRow, formatRow } from "../options/rows.ts";

const rows = [formatRow(["text", "json"]), colorRow] as const satisfies readonly OptionRow[];

type RulesArguments = OptionsOf<typeof rows>;

/** `nbft rules [WORD…]`: lists the rules, explains some, or lists those in which all words are found. */
export default {
  words: [
    ["[word...]", "rules to explain: codes, names, or a family's letter; or words to search for, such as figure 17"],
  ],
  rows,
  run(words, { outputFormat }, io) {
    const named = words.map(rulesNamed);
    const searches = named.some((found) => found.length === 0);
    const chosen = words.length === 0 ? rules : searches ? rulesWith(words) : named.flat();
    if (outputFormat === "json") io.out(formatJson(chosen.map(withExamples)));
    else {
      const paint = paintFor(io);
      const lists = words.length === 0 || (searches && chosen.length > 1);
      io.out(lists ? list(chosen, paint) : chosen.map((rule) => explain(rule, paint)).join("\n"));
    }
  },
  manual: {
    examples: [
      ["nbft rules H002", "explains a rule"],
      ["nbft rules figure 14 gateway", "searches for words and figures"],
    ],
  },
} satisfies RowCommand<RulesArguments>;

/**
 * Rules that have all these words in what they say of themselves, whole numbers and parts of words in any case.
 *
 * @throws {UsageError} where there is none
 */
function rulesWith(words: readonly string[]): readonly RuleInfo[] {
  const wanted =
    words
      .join(" ")
      .toLowerCase()
      .match(/figure \d+|\S+/g) ?? [];
  const found = rules.filter((rule) => {
    const { code, name, summary, why, hint, spec, breaks = [], fix = "" } = rule;
    const texts = [
      code,
      name,
      summary,
      why,
      hint,
      formatSpec(spec),
      fix,
      ...breaks.flatMap(({ who, what }) => [who, what]),
    ];
    const text = texts.join("\n").toLowerCase();
    return wanted.every((word) => {
      if (!/^(?:figure )?\d+$/.test(word)) return text.includes(word);
      // Not Figure 140 for Figure 14, nor 2.14.
      return new RegExp(`(?<![\\d.])${word}(?![\\d])`).test(text);
    });
  });
  if (found.length > 0) return found;
  throw new UsageError(`there is no rule ${escapeText(words.join(" "))} (nbft rules lists them)`);
}

/** A rule with its page and examples. */
function withExamples(rule: RuleInfo) {
  return { ...rule, page: rulePage(rule), examples: ruleExamples[rule.code] };
}

function list(chosen: readonly RuleInfo[], paint: Paint): string {
  const width = Math.max(...chosen.map(({ name }) => name.length));
  return chosen
    .map(({ code, name, severity, summary }) => {
      const level = severityPaint(paint, severity)(severity.padEnd(7));
      return `${paint.bold(code.padEnd(5))} ${name.padEnd(width)} ${level} ${summary}\n`;
    })
    .join("");
}

function explain(rule: RuleInfo, paint: Paint): string {
  const { code, name, severity, milder = [], fatal, summary, why, hint, spec, breaks = [], fix } = rule;
  const levels = [severity, ...milder].map((level) => severityPaint(paint, level)(level)).join(" or ");
  const rows: (readonly [label: string, text: string])[] = [
    ["why", why],
    ["spec", formatSpec(spec)],
    ...breaks.map(({ who, what }) => ["breaks", `${who}: ${what}`] as const),
    ["hint", hint],
    ["page", rulePage(rule)],
    ...(fix === undefined ? [] : [["fix", `${repairCommand(rule)}: ${fix}`] as const]),
  ];
  const text = rows.map(([label, content]) => `${paint.dim(label.padEnd(7))} ${wrap(content, 100, 8)}\n`).join("");
  const fatalNote = fatal ? "; no reader that follows the specification uses the table" : "";
  const heading = `${paint.bold(code)} ${name} (${levels}${fatalNote})\n${wrap(`Reported if this is not the case: ${summary}`, 108, 0)}\n`;
  return `${heading}${text}${(ruleExamples[code] ?? []).map((one) => example(one, paint)).join("")}`;
}

function example({ input, finds }: RuleExample, paint: Paint): string {
  const what = input.map((line) => `  ${escapeText(line)}\n`);
  const found = finds.map((finding) => `  ${exampleFinding(finding, severityPaint(paint, finding.severity))}\n`);
  return `${paint.dim("example")}\n${(what.length > 0 ? what : ["  any table with strings\n"]).join("")}${found.join("")}`;
}
