import type { Severity } from "../../diagnostic.ts";
import { formatSpec } from "../../rules/words.ts";
import { escapeText } from "../../text/escape.ts";
import { escapeXml } from "../../text/xml.ts";
import { isAtLeast, placeText, type SourceFindings, type UnreadSource } from "./text.ts";

/** What goes into a JUnit report of findings. */
export interface FindingsJunitInput {
  /** The findings, source by source. */
  readonly groups: readonly SourceFindings[];
  /** Sources that could not be read, with the reason. */
  readonly unread: readonly UnreadSource[];
  /** Findings of this severity and above are failures; the others are skipped cases. */
  readonly failOn: Severity;
}

/** Findings as a JUnit report: a suite a source, a case a finding, and one that passes where nothing failed. */
export function findingsJunit({ groups, unread, failOn }: FindingsJunitInput): string {
  const suites = [
    ...unread.map(unreadSuite),
    ...groups.map(({ source, findings }) => {
      const failures = findings.filter((finding) => isAtLeast(finding, failOn));
      const passed = failures.length === 0 ? ['    <testcase classname="rules" name="no failure"/>\n'] : [];
      const cases = findings.map((finding) => caseOf(finding, isAtLeast(finding, failOn)));
      return suiteOf(source, failures.length, findings.length - failures.length, [...passed, ...cases]);
    }),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${suites.join("")}</testsuites>\n`;
}

/** The suite of a source that could not be read. */
export function unreadSuite({ source, message }: UnreadSource): string {
  return suiteOf(source, 0, 0, [errorCase(message)]);
}

function suiteOf(source: string, failures: number, skipped: number, cases: readonly string[]): string {
  const errors = cases.filter((text) => text.includes("<error ")).length;
  const counts = `tests="${cases.length}" failures="${failures}" errors="${errors}" skipped="${skipped}"`;
  return `  <testsuite name="${escapeXml(escapeText(source))}" ${counts}>\n${cases.join("")}  </testsuite>\n`;
}

function errorCase(message: string): string {
  return `    <testcase classname="source" name="can be read">\n      <error message="${escapeXml(escapeText(message))}"/>\n    </testcase>\n`;
}

function caseOf(finding: SourceFindings["findings"][number], fails: boolean): string {
  const { rule, name, severity, path, message, hint, spec } = finding;
  const kind = fails ? "failure" : "skipped";
  const lines = [
    `${severity}: ${placeText(finding)}`,
    ...(hint === undefined ? [] : [`hint: ${hint}`]),
    ...(spec ? [formatSpec(spec)] : []),
  ];
  const head = `    <testcase classname="${escapeXml(rule)}" name="${escapeXml(escapeText(`${name} ${path}`.trim()))}">`;
  const text = escapeXml(escapeText(lines.join("; ")));
  return `${head}\n      <${kind} message="${escapeXml(escapeText(message))}">${text}</${kind}>\n    </testcase>\n`;
}
