import type { Diagnostic, Severity } from "../../../diagnostic.ts";
import { findingsGithub } from "../../../output/findings/github.ts";
import { findingsJunit } from "../../../output/findings/junit.ts";
import { findingsSarif } from "../../../output/findings/sarif.ts";
import { findingsNdjson, formatFindings, isAtLeast, type SourceFindings } from "../../../output/findings/text.ts";
import { type RuleInfo, rulesMeant } from "../../../rule-info.ts";
import { escapeText } from "../../../text/escape.ts";
import { formatJson } from "../../../text/json.ts";
import { paintFor } from "../../color.ts";
import { type FindingArguments, showsInfo } from "../../finding-options.ts";
import { type Io, raise, UsageError } from "../../io.ts";
import { colorRow, type OptionRow } from "../../options/rows.ts";
import { findingRows } from "../../options/table-rows.ts";
import { withProject } from "../../project-file.ts";

/** Options of the commands that check, as `nbft validate` has them. */
export interface JudgeArguments extends FindingArguments {
  readonly only?: readonly string[];
}

/** `-o`, `--fail-on`, `--only`, `--off` and `--color`. */
export const judgeRows: readonly OptionRow[] = [
  ...findingRows,
  { flags: "--only <codes>", description: "report only these rules: codes, names or a family's letter", list: true },
  { flags: "--off <codes>", description: "do not report these rules", list: true },
  colorRow,
];

/** What is reported of findings. */
export interface Judge {
  /** The findings that the options ask for; raises the exit code when one is bad enough. */
  choose<T extends Diagnostic>(findings: readonly T[]): T[];
  /** Findings about one source in the form that the options ask for. */
  render(source: string, findings: readonly Diagnostic[]): string;
}

/**
 * Judges by some options, and by the project's file.
 *
 * @throws {UsageError} for a word that names none of the rules
 */
export function judgeBy(given: JudgeArguments, rules: readonly RuleInfo[], io: Io): Judge {
  const options = withProject(given, () => rules, io);
  const only = options.only && codesOf("--only", options.only, rules);
  const off = codesOf("--off", options.off ?? [], rules);
  return {
    choose(findings) {
      const chosen = findings.filter(({ rule }) => (only === undefined || only.includes(rule)) && !off.includes(rule));
      if (chosen.some((finding) => isAtLeast(finding, options.failOn))) raise(io, 1);
      return chosen;
    },
    render: (source, findings) => render([{ source, findings }], options, rules, io),
  };
}

/** Codes of the rules that words name: codes, names and letters. */
function codesOf(option: string, words: readonly string[], rules: readonly RuleInfo[]): string[] {
  return words.flatMap((word) => {
    const named = rulesMeant(rules, word);
    if (named.length === 0) throw new UsageError(`${option}: there is no rule ${escapeText(word)}`);
    return named.map(({ code }) => code);
  });
}

/** Findings in the forms that `nbft validate` has. */
function render(
  groups: readonly SourceFindings[],
  options: JudgeArguments & { readonly failOn: Severity },
  rules: readonly RuleInfo[],
  io: Io,
): string {
  switch (options.outputFormat) {
    case "json":
      return formatJson(groups.flatMap(({ findings }) => findings));
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
