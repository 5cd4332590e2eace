import type { Diagnostic, Severity } from "../../diagnostic.ts";
import { formatSpec, repairCommand } from "../../rules/explain.ts";
import type { RuleInfo } from "../../rules/rule.ts";
import { escapeText } from "../../text/escape.ts";
import { hex } from "../../text/hex.ts";
import { escapeJson, formatJson } from "../../text/json.ts";
import { type Paint, severityPaint } from "../paint.ts";

/** The findings about one source. */
export interface SourceFindings {
  /** The source's name as the user gave it. */
  readonly source: string;
  readonly findings: readonly Diagnostic[];
}

/** What is known about the rule of a finding. */
export type RuleLookup = (code: string) => RuleInfo | undefined;

/** Findings of one rule about one source that are shown; the rest is counted. */
const MOST_OF_A_RULE = 10;

/**
 * Findings as text: each with code, name, path, offset, what is and what is expected, the specification's figure, and below it who breaks
 * and what to do. Informational findings take one line.
 */
export function formatFindings(groups: readonly SourceFindings[], ruleOf: RuleLookup, paint: Paint): string {
  const parts = groups.map(({ source, findings }) => {
    const heading = `${paint.bold(escapeText(source))}: ${countFindings(findings)}\n`;
    return (
      heading +
      limited(findings)
        .map((entry) => formatEntry(entry, ruleOf, paint))
        .join("")
    );
  });
  const total = groups.flatMap(({ findings }) => findings);
  if (groups.length > 1) parts.push(`${groups.length} tables: ${countFindings(total)}\n`);
  return parts.join("\n");
}

/** A finding, or how many more of its rule there are. */
type Entry = Diagnostic | { readonly rule: string; readonly more: number };

/** The first findings of each rule, and a count of the others behind them. */
function limited(findings: readonly Diagnostic[]): Entry[] {
  const seen = new Map<string, number>();
  for (const { rule } of findings) seen.set(rule, (seen.get(rule) ?? 0) + 1);
  const shown = new Map<string, number>();
  return findings.flatMap((finding): Entry[] => {
    const { rule } = finding;
    const count = (shown.get(rule) ?? 0) + 1;
    shown.set(rule, count);
    if (count < MOST_OF_A_RULE || seen.get(rule)! <= MOST_OF_A_RULE) return [finding];
    return count === MOST_OF_A_RULE ? [finding, { rule, more: seen.get(rule)! - count }] : [];
  });
}

function formatEntry(entry: Entry, ruleOf: RuleLookup, paint: Paint): string {
  if ("more" in entry)
    return `${paint.dim(`        … and ${entry.more} more of ${entry.rule} (-o json has them all)`)}\n`;
  const { severity, rule, name, message, hint, spec } = entry;
  const place = placeOf(entry);
  const source = spec ? ` ${paint.dim(`[${formatSpec(spec)}]`)}` : "";
  const info = ruleOf(rule);
  const level = severityPaint(paint, severity)(severity.padEnd(7));
  const head = `${level} ${paint.bold(rule)} ${name}: ${place}: ${escapeText(message)}${source}\n`;
  if (severity === "info") return head;
  const breaks = (info?.breaks ?? []).map(({ who, what }) => ["breaks", `${who}: ${what}`] as const);
  const details: (readonly [string, string])[] = [
    ...(info?.fatal ? [["fatal", "no reader that follows the specification uses the table"] as const] : []),
    ...breaks,
    ...(hint !== undefined ? [["hint", hint] as const] : []),
    ...(info?.fix !== undefined ? [["fix", `${repairCommand(info)} (${info.fix})`] as const] : []),
  ];
  return head + details.map(([label, text]) => `        ${paint.dim(`${label}:`)} ${escapeText(text)}\n`).join("");
}

/** A place in a text, where a finding is about one; both counted from 1. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Where in a text a finding lies, or undefined for one about bytes. */
export function textPlaceOf(finding: Diagnostic & Partial<TextPlace>): TextPlace | undefined {
  const { line, column } = finding;
  return line === undefined || column === undefined ? undefined : { line, column };
}

/** Path and place of a finding: line and column in a text, else offset and length in bytes. */
export function placeOf(finding: Diagnostic): string {
  const { path, offset, length } = finding;
  const text = textPlaceOf(finding);
  const place = text ? `${text.line}:${text.column}` : `@${hex(offset)}${length > 1 ? `+${length}` : ""}`;
  return path === "" && text ? place : `${escapeText(path)} ${place}`;
}

const severities: readonly Severity[] = ["error", "warning", "info"];

/** How many findings there are of each severity, in words. */
export function countFindings(findings: readonly Diagnostic[]): string {
  const counts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === "info" ? "" : "s"}`];
  });
  return counts.length === 0 ? "no findings" : counts.join(", ");
}

/** Whether a finding is of a severity or a worse one. */
export function isAtLeast({ severity }: Diagnostic, least: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(least);
}

/** Findings as JSON: an array of the library's objects; each with its source where there are several. */
export function findingsJson(groups: readonly SourceFindings[], single: boolean): string {
  const all = groups.flatMap(({ source, findings }) =>
    single ? findings : findings.map((found) => ({ source, ...found })),
  );
  return formatJson(all);
}

/** Findings as JSON, one a line, each with its source. */
export function findingsNdjson(groups: readonly SourceFindings[]): string {
  return groups
    .flatMap(({ source, findings }) => findings.map((found) => `${escapeJson(JSON.stringify({ source, ...found }))}\n`))
    .join("");
}
