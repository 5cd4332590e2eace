import { type Diagnostic, type Severity, severities } from "../../diagnostic.ts";
import { breakagesOn, type RuleInfo } from "../../rule-info.ts";
import { formatSpec, repairCommand } from "../../rules/words.ts";
import { escapeText } from "../../text/escape.ts";
import { hex } from "../../text/hex.ts";
import { escapeJson, formatJson } from "../../text/json.ts";
import { type Paint, severityPaint } from "../paint.ts";

/** The findings about one source. */
export interface SourceFindings {
  /** The source's name as the user gave it. */
  readonly source: string;
  /** As `validate` gives them; with line and column where they are about a text. */
  readonly findings: readonly (Diagnostic & Partial<LineAndColumn>)[];
  /** The file that holds the table, and its name in there, where the source is not the name of a file. */
  readonly within?: { readonly file: string; readonly name: string } | undefined;
  /** The table is made from a text: the file does not have its bytes. */
  readonly made?: boolean | undefined;
  /** Codes of the rules whose findings `nbft repair --only CODE` would repair. */
  readonly fixable?: ReadonlySet<string>;
}

/** A source that could not be read, with the reason. */
export interface UnreadSource {
  /** The source's name as the user gave it. */
  readonly source: string;
  /** Why, in words that follow the name. */
  readonly message: string;
}

/** What is known about the rule of a finding. */
export type RuleLookup = (code: string) => RuleInfo | undefined;

/** Places of a rule's further findings that are listed; the rest is counted. */
const MOST_PLACES = 9;

/** How {@link formatFindings} shows them. */
export interface FindingsView {
  /** Colours. */
  readonly paint: Paint;
  /** Infos one by one; without it they are only counted. */
  readonly info: boolean;
}

/**
 * Findings as text: those of one rule as one, with code, name, path, offset, what is and what is expected, the specification's figure, and
 * below it where else it is so, who breaks and what to do. An info takes one line.
 */
export function formatFindings(
  groups: readonly SourceFindings[],
  ruleOf: RuleLookup,
  { paint, info }: FindingsView,
): string {
  const parts = groups.map(({ source, findings, fixable }) => {
    const hidden = !info && findings.some(({ severity }) => severity === "info");
    const counts = `${countFindings(findings)}${hidden ? " (--info shows them)" : ""}`;
    const shown = info ? findings : findings.filter(({ severity }) => severity !== "info");
    const entries = byRule(shown).map((same) => formatEntry(same, ruleOf(same[0].rule), fixable, paint));
    return `${paint.bold(escapeText(source))}: ${counts}\n${entries.join("")}`;
  });
  const total = groups.flatMap(({ findings }) => findings);
  if (groups.length > 1) parts.push(`${groups.length} tables: ${countFindings(total)}\n`);
  return parts.join("\n");
}

type Same = readonly [Diagnostic, ...Diagnostic[]];

/** Findings of one rule and severity together, where the first of them is. */
function byRule(findings: readonly Diagnostic[]): Same[] {
  const groups = new Map<string, [Diagnostic, ...Diagnostic[]]>();
  for (const finding of findings) {
    const key = `${finding.rule} ${finding.severity}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

function formatEntry(
  same: Same,
  info: RuleInfo | undefined,
  fixable: ReadonlySet<string> | undefined,
  paint: Paint,
): string {
  const [first, ...others] = same;
  const { severity, rule, name, message, hint, spec } = first;
  const source = spec ? ` ${paint.dim(`[${formatSpec(spec)}]`)}` : "";
  const level = severityPaint(paint, severity)(severity.padEnd(7));
  const head = `${level} ${paint.bold(rule)} ${name}: ${placeText(first)}: ${escapeText(message)}${source}\n`;
  const isInfo = severity === "info";
  const details: (readonly [string, string])[] = [
    ...(others.length > 0 ? [["also", placesOf(others)] as const] : []),
    ...(info?.fatal ? [["fatal", "no reader that follows the specification uses the table"] as const] : []),
    ...(isInfo ? [] : breakagesOn(info ?? {}, same).map(({ who, what }) => ["breaks", `${who}: ${what}`] as const)),
    ...(hint !== undefined && !isInfo ? [["hint", hint] as const] : []),
    ...(info?.fix !== undefined && fixable?.has(rule) && !isInfo
      ? [["fix", `${repairCommand(info)} (${info.fix})`] as const]
      : []),
  ];
  return head + details.map(([label, text]) => `        ${paint.dim(`${label}:`)} ${escapeText(text)}\n`).join("");
}

/** Where the further findings of a rule are. */
function placesOf(findings: readonly Diagnostic[]): string {
  const places = findings.slice(0, MOST_PLACES).map(placeText);
  const unlisted = findings.reduce((sum, { more = 0 }) => sum + more, 0);
  const more = findings.length - places.length + unlisted;
  const where = unlisted > 0 ? `-o json has the first ${findings.length + 1}` : "-o json has them all";
  return `${places.join(", ")}${more > 0 ? `, and ${more} more (${where})` : ""}`;
}

/** A place in a text, where a finding is about one; both counted from 1. */
export interface LineAndColumn {
  readonly line: number;
  readonly column: number;
}

/** Where in a text a finding lies, or undefined for one about bytes. */
export function textPlaceOf(finding: Diagnostic & Partial<LineAndColumn>): LineAndColumn | undefined {
  const { line, column } = finding;
  return line === undefined || column === undefined ? undefined : { line, column };
}

/** Path and place of a finding: line and column in a text, else offset and length in bytes. */
export function placeText(finding: Diagnostic): string {
  const { path, offset, length } = finding;
  const text = textPlaceOf(finding);
  const place = text ? `${text.line}:${text.column}` : `@${hex(offset)}${length > 1 ? `+${length}` : ""}`;
  return path === "" && text ? place : `${escapeText(path)} ${place}`;
}

/** How many findings there are of each severity, in words. */
export function countFindings(findings: readonly Diagnostic[]): string {
  const counts = severities.flatMap((severity) => {
    const count = findings.reduce((sum, each) => (each.severity === severity ? sum + 1 + (each.more ?? 0) : sum), 0);
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
