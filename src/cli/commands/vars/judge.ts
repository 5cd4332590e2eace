import type { Command } from "commander";
import type { Diagnostic, Severity, SpecRef } from "../../../diagnostic.ts";
import { findingsGithub } from "../../../output/findings/github.ts";
import { findingsSarif } from "../../../output/findings/sarif.ts";
import { findingsNdjson, formatFindings, isAtLeast } from "../../../output/findings/text.ts";
import { escapeText } from "../../../text/escape.ts";
import { formatJson } from "../../../text/json.ts";
import { paintFor } from "../../color.ts";
import { addFindingOptions, type FindingArguments, showsInfo } from "../../finding-options.ts";
import { type Io, raise, UsageError } from "../../io.ts";
import { colorOption } from "../../options/common.ts";

/** Options of the commands that judge, as `nbft validate` has them. */
export interface JudgeArguments extends FindingArguments {
  readonly only?: readonly string[];
  readonly off?: readonly string[];
}

/** What a rule says of itself. */
export interface JudgingRule {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
  readonly summary: string;
  readonly why: string;
}

/** Adds `-o`, `--fail-on`, `--only`, `--off` and `--color`. */
export function addJudgeOptions(command: Command, rules: readonly JudgingRule[]): Command {
  const list = (text: string, before: readonly string[] = []) => [...before, ...codesOf(text, rules)];
  return addFindingOptions(command)
    .option("--only <codes>", "report only these rules: codes, names or letters, separated by commas", list)
    .option("--off <codes>", "do not report these rules", list)
    .addOption(colorOption());
}

/** Codes of the rules that a list of codes, names and letters names. */
function codesOf(text: string, rules: readonly JudgingRule[]): string[] {
  return text.split(",").flatMap((word) => {
    const wanted = word.trim().toUpperCase();
    const named = rules.filter(
      ({ code, name }) =>
        code === wanted || name.toUpperCase() === wanted || (wanted.length === 1 && code[0] === wanted),
    );
    if (named.length === 0) throw new UsageError(`there is no rule ${escapeText(word)}`);
    return named.map(({ code }) => code);
  });
}

/** The findings that the options ask for; raises the exit code when one is bad enough. */
export function chooseFindings<T extends Diagnostic>(io: Io, findings: readonly T[], options: JudgeArguments): T[] {
  const chosen = findings.filter(
    ({ rule }) => (options.only === undefined || options.only.includes(rule)) && !options.off?.includes(rule),
  );
  if (chosen.some((finding) => isAtLeast(finding, options.failOn))) raise(io, 1);
  return chosen;
}

/** Findings about one source in the forms that `nbft validate` has. */
export function renderFindings(
  io: Io,
  source: string,
  findings: readonly Diagnostic[],
  options: JudgeArguments,
  rules: readonly JudgingRule[],
): string {
  const groups = [{ source, findings }];
  switch (options.outputFormat) {
    case "json":
      return formatJson(findings);
    case "ndjson":
      return findingsNdjson(groups);
    case "github":
      return findingsGithub(groups);
    case "sarif":
      return findingsSarif({ groups, rules: rules.map(sarifRule), unread: [] });
    case "text":
      return formatFindings(groups, () => undefined, { paint: paintFor(io), info: showsInfo(options) });
  }
}

const spec: SpecRef = { doc: "timberland-sig/edk2", rev: "1.0_final" };

/** SARIF shows a hint for every rule: what should hold. */
function sarifRule(rule: JudgingRule) {
  const { code, name, severity, summary, why } = rule;
  return { code, name, severity, summary, why, hint: summary.replace(/\.$/, ""), spec };
}
