import type { Command } from "commander";
import type { Diagnostic } from "../../../diagnostic.ts";
import { findingsGithub } from "../../../output/findings/github.ts";
import { findingsJunit } from "../../../output/findings/junit.ts";
import { findingsSarif } from "../../../output/findings/sarif.ts";
import { findingsNdjson, formatFindings, isAtLeast } from "../../../output/findings/text.ts";
import { type RuleInfo, rulesMeant } from "../../../rule-info.ts";
import { escapeText } from "../../../text/escape.ts";
import { formatJson } from "../../../text/json.ts";
import { paintFor } from "../../color.ts";
import { addFindingOptions, type FindingArguments, showsInfo } from "../../finding-options.ts";
import { type Io, raise, UsageError } from "../../io.ts";
import { optionOf } from "../../options/add.ts";
import { colorRow } from "../../options/rows.ts";

/** Options of the commands that check, as `nbft validate` has them. */
export interface JudgeArguments extends FindingArguments {
  readonly only?: readonly string[];
  readonly off?: readonly string[];
}

/** Adds `-o`, `--fail-on`, `--only`, `--off` and `--color`. */
export function addJudgeOptions(command: Command, rules: () => readonly RuleInfo[], io: Io): Command {
  const list = (text: string, before: readonly string[] = []) => [...before, ...codesOf(text, rules())];
  return addFindingOptions(command, rules, io)
    .option("--only <codes>", "report only these rules: codes, names or letters, separated by commas", list)
    .option("--off <codes>", "do not report these rules", list)
    .addOption(optionOf(colorRow));
}

/** Codes of the rules that a list of codes, names and letters names. */
function codesOf(text: string, rules: readonly RuleInfo[]): string[] {
  return text.split(",").flatMap((word) => {
    const named = rulesMeant(rules, word.trim());
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
  rules: readonly RuleInfo[],
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
      return findingsSarif({ groups, rules, unread: [] });
    case "junit":
      return findingsJunit({ groups, unread: [], failOn: options.failOn });
    case "text":
      return formatFindings(groups, (code) => rules.find((rule) => rule.code === code), {
        paint: paintFor(io),
        info: showsInfo(options),
      });
  }
}
