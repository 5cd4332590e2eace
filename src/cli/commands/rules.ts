import type { Command } from "commander";
import type { Paint } from "../../output/paint.ts";
import { severityPaint } from "../../output/paint.ts";
import { describeExample, exampleFindings, formatSpec, repairCommand, ruleInfo } from "../../rules/explain.ts";
import { rules, rulesNamed } from "../../rules/index.ts";
import type { AnyRule, BadExample } from "../../rules/rule.ts";
import { escapeText } from "../../text/escape.ts";
import { hex } from "../../text/hex.ts";
import { formatJson } from "../../text/json.ts";
import { wrap } from "../../text/wrap.ts";
import { paintFor } from "../color.ts";
import type { CliCommand } from "../command.ts";
import { type Io, UsageError } from "../io.ts";
import { colorOption } from "../options/common.ts";
import { formatOption } from "../options/format.ts";

interface RulesArguments {
  readonly outputFormat: "text" | "json";
}

/** `nbft rules [CODE…]`: lists the rules of `nbft validate`, or explains some. */
export default {
  define(command: Command, io: Io): void {
    command
      .argument("[code...]", "rules to explain: codes, names, or a family's letter")
      .addOption(formatOption(["text", "json"]))
      .addOption(colorOption())
      .action((words: string[], { outputFormat }: RulesArguments) => {
        const chosen = words.length === 0 ? rules : words.flatMap(namedRules);
        if (outputFormat === "json") io.out(formatJson(chosen.map(ruleInfo)));
        else {
          const paint = paintFor(io);
          io.out(words.length === 0 ? list(chosen, paint) : chosen.map((rule) => explain(rule, paint)).join("\n"));
        }
      });
  },
} satisfies CliCommand;

function namedRules(word: string): readonly AnyRule[] {
  const named = rulesNamed(word);
  if (named.length === 0) throw new UsageError(`there is no rule ${escapeText(word)} (nbft rules lists them)`);
  return named;
}

function list(chosen: readonly AnyRule[], paint: Paint): string {
  const width = Math.max(...chosen.map(({ name }) => name.length));
  return chosen
    .map(({ code, name, severity, summary }) => {
      const level = severityPaint(paint, severity)(severity.padEnd(7));
      return `${paint.bold(code.padEnd(5))} ${name.padEnd(width)} ${level} ${summary}\n`;
    })
    .join("");
}

function explain(rule: AnyRule, paint: Paint): string {
  const { code, name, severity, milder = [], fatal, summary, why, hint, spec, breaks = [], fix } = rule;
  const levels = [severity, ...milder].map((level) => severityPaint(paint, level)(level)).join(" or ");
  const rows: (readonly [label: string, text: string])[] = [
    ["why", why],
    ["spec", formatSpec(spec)],
    ...breaks.map(({ who, what }) => ["breaks", `${who}: ${what}`] as const),
    ["hint", hint],
    ...(fix === undefined ? [] : [["fix", `${repairCommand(rule)}: ${fix}`] as const]),
  ];
  const text = rows.map(([label, content]) => `${paint.dim(label.padEnd(7))} ${wrap(content, 100, 8)}\n`).join("");
  const fatalNote = fatal ? "; no reader that follows the specification uses the table" : "";
  const heading = `${paint.bold(code)} ${name} (${levels}${fatalNote})\n${wrap(summary, 108, 0)}\n`;
  return `${heading}${text}${rule.bad.map((bad) => example(rule, bad, paint)).join("")}`;
}

function example(rule: AnyRule, bad: BadExample, paint: Paint): string {
  const what = describeExample(bad).map((line) => `  ${line}\n`);
  const found = exampleFindings(rule, bad).map(
    ({ severity, path, offset, message }) =>
      `  ${severityPaint(paint, severity)(severity)} ${escapeText(path)} @${hex(offset)}: ${escapeText(message)}\n`,
  );
  return `${paint.dim("example")}\n${(what.length > 0 ? what : ["  any table with strings\n"]).join("")}${found.join("")}`;
}
