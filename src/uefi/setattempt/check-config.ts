import { checkBytes } from "../../bytes/bytes.ts";
import { foundAndExpected } from "../../text/found.ts";
import type { FirmwareConfig } from "../config/firmware-config.ts";
import { decodeFirmwareConfig } from "../config/variables.ts";
import { readTolerantly, runSetattempt, type SetattemptRun } from "./emulate.ts";
import type { RawLine } from "./read-lines.ts";
import { configRules, configTextRules, type RuleText, type TextDiagnostic, type TextFinding } from "./rules/index.ts";
import { pathOf } from "./rules/key-rules.ts";
import { lineText } from "./rules/rule.ts";

/** Findings of one rule that are listed. A file with more of them is not a Config with mistakes. */
const MOST_OF_A_RULE = 1024;

/** What is known of a Config text. */
export interface ConfigCheck {
  /** What the firmware's tool does with the file. */
  readonly firmware: SetattemptRun;
  /** What the file says, read past everything that stops the tool; unclosed attempts are not part of it. */
  readonly config: FirmwareConfig;
  /** In the order of the file; of each rule at most 1024, one of which says how many `more` there are. */
  readonly findings: readonly TextDiagnostic[];
}

/**
 * Checks a Config: what the firmware does with it, what it says, and everything that is wrong or does not do what it seems
 * to. Never throws, whatever the bytes.
 *
 * @param bytes the file: 8-bit text, or UTF-16LE with a byte order mark.
 */
export function checkConfig(bytes: Uint8Array): ConfigCheck {
  checkBytes(bytes);
  const firmware = runSetattempt(bytes);
  const all = readTolerantly(firmware);
  const state = { globalData: all.state.globalData.slice(), attempts: all.state.attempts };
  state.globalData[1] = Math.min(all.attemptCount, 8);
  const config = decodeFirmwareConfig(state);
  const locate = locator(all);
  const findings: TextDiagnostic[] = [];
  const width = all.input.encoding === "8-bit" ? 1 : 2;
  const add = (rule: RuleText, found: Iterable<TextFinding>) => {
    const start = findings.length;
    let more = 0;
    for (const finding of found) {
      if (findings.length - start < MOST_OF_A_RULE) findings.push(diagnose(rule, finding, width));
      else more++;
    }
    if (more > 0) findings.push(withMore(findings.pop()!, more));
  };
  for (const rule of configTextRules) add(rule, rule.check({ run: firmware, all }));
  for (const rule of configRules)
    add(
      rule,
      Array.from(rule.check(config), (finding) => ({ ...locate(finding.path), ...finding })),
    );
  findings.sort((a, b) => a.line - b.line || a.column - b.column || (a.rule < b.rule ? -1 : 1));
  return { firmware, config, findings };
}

/** The last finding of a rule that is listed. */
function withMore(finding: TextDiagnostic, more: number): TextDiagnostic {
  return { ...finding, more, message: `${finding.message}; ${more} more findings of ${finding.rule} are not listed` };
}

function diagnose(rule: RuleText, finding: TextFinding, width: number): TextDiagnostic {
  const { line, path = "", message, hint } = finding;
  const text = lineText(line);
  const start = Math.min(finding.start ?? 0, text.length);
  const length = Math.min(finding.length ?? text.length - start, text.length - start);
  return {
    rule: rule.code,
    name: rule.name,
    severity: rule.severity,
    path,
    line: line.number,
    column: start + 1,
    offset: line.offset + start * width,
    length: length * width,
    message,
    ...foundAndExpected(message, text.slice(start, start + length) || undefined),
    ...(hint !== undefined && { hint }),
    spec: rule.spec,
  };
}

/** Finds the line that gives a property its value; for one that has none, the end of its block or of the file. */
function locator(run: SetattemptRun): (path: string) => Pick<TextFinding, "line" | "start" | "length"> {
  const last = new Map(
    run.assignments.filter(({ ignored }) => ignored !== "empty").map((assignment) => [pathOf(assignment), assignment]),
  );
  const ends = run.markers.filter(({ end }) => end).map(({ line }) => line);
  const nowhere: RawLine = { number: 1, offset: 0, length: 0, text: new Uint8Array() };
  return (path) => {
    const found = last.get(path);
    if (found) return { line: found.line, start: found.valueAt, length: found.value.length };
    const attempt = /^attempts\[(\d+)\]/.exec(path)?.[1];
    const line = (attempt === undefined ? undefined : ends[Number(attempt)]) ?? run.input.lines[0] ?? nowhere;
    return { line, start: 0, length: attempt === undefined ? 0 : line.text.length };
  };
}
