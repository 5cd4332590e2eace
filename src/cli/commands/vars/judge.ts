import type { Diagnostic } from "../../../diagnostic.ts";
import { isAtLeast } from "../../../output/findings/text.ts";
import { type RuleInfo, rulesMeant } from "../../../rule-info.ts";
import { escapeText } from "../../../text/escape.ts";
import { findingsOutput } from "../../findings-output.ts";
import { type Io, raise, UsageError } from "../../io.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import { colorRow, type OptionRow } from "../../options/rows.ts";
import { findingRows } from "../../options/table-rows.ts";
import { withProject } from "../../project-file.ts";
import { unreadSource } from "../../trouble.ts";

/** `-o`, `--fail-on`, `--only`, `--off` and `--color`. */
export const judgeRows = [
  ...findingRows,
  { flags: "--only <codes>", description: "report only these rules: codes, names or a family's letter", list: true },
  { flags: "--off <codes>", description: "do not report these rules", list: true },
  colorRow,
] as const satisfies readonly OptionRow[];

/** What the commands that check are given. */
export type JudgeArguments = OptionsOf<typeof judgeRows>;

/** What is reported of findings. */
interface Judge {
  /** What is read of a source; undefined where it cannot be read, which is reported then. */
  read<T>(source: string, read: () => T): T | undefined;
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
    read(source, read) {
      try {
        return read();
      } catch (error) {
        const unread = [unreadSource(source, error, io)];
        // Of JSON there is no result: null.
        if (options.outputFormat !== "json")
          io.out(findingsOutput({ groups: [], unread, rules, single: true }, options, io));
        return undefined;
      }
    },
    choose(findings) {
      const chosen = findings.filter(({ rule }) => (only === undefined || only.includes(rule)) && !off.includes(rule));
      if (chosen.some((finding) => isAtLeast(finding, options.failOn))) raise(io, 1);
      return chosen;
    },
    render: (source, findings) =>
      findingsOutput({ groups: [{ source, findings }], unread: [], rules, single: true }, options, io),
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
