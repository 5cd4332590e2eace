import { type Diagnostic, type Severity, severities } from "../../diagnostic.ts";
import type { RuleInfo } from "../../rule-info.ts";
import { formatSpec } from "../../rules/words.ts";
import { hex } from "../../text/hex.ts";
import { firstOfRules } from "../findings/first-of-rules.ts";
import { escapeHtml } from "./escape-html.ts";

/** A finding, with who breaks on it and what its rule says. */
export interface ReportFinding extends Diagnostic {
  /** No reader that follows the specification uses the table. */
  readonly fatal?: boolean | undefined;
  /** Programs that go wrong with the table, and what they do. */
  readonly breaks?: readonly { readonly who: string; readonly what: string }[] | undefined;
  /** The rule, to be explained at the end of the page. */
  readonly about?: RuleInfo | undefined;
}

/** How many findings there are of each severity, in words. */
export function countsHtml(findings: readonly ReportFinding[], section: string): string {
  if (findings.length === 0) return "no findings";
  const parts = severities.flatMap((severity) => {
    const count = findings.filter((finding) => finding.severity === severity).length;
    return count === 0 ? [] : [`<a class="${severity}" href="#${section}-${severity}">${counted(count, severity)}</a>`];
  });
  return parts.join(", ");
}

function counted(count: number, severity: Severity): string {
  return `${count} ${severity}${count === 1 || severity === "info" ? "" : "s"}`;
}

/** Findings by severity, first those that something is known to break on; what is only worth knowing under its number. */
export function findingsHtml(findings: readonly ReportFinding[], section: string): string {
  if (findings.length === 0) return "<p>None.</p>";
  return severities
    .map((severity) => {
      const group = findings.filter((finding) => finding.severity === severity).sort((a, b) => rank(a) - rank(b));
      if (group.length === 0) return "";
      const { shown, more } = firstOfRules(group);
      const rest = Array.from(more, ([rule, count]) => moreHtml(rule, count)).join("");
      const list = `<ul class="findings">${shown.map(findingHtml).join("")}${rest}</ul>`;
      const id = `${section}-${severity}`;
      return severity === "info"
        ? `<details id="${id}"><summary>${counted(group.length, severity)}: worth knowing, nothing to repair</summary>${list}</details>`
        : `<div id="${id}">${list}</div>`;
    })
    .join("\n");
}

function moreHtml(rule: string, count: number): string {
  return `<li class="finding dim">${count} more of ${escapeHtml(rule)} are not shown here: nbft validate -o json shows them</li>`;
}

/** What breaks first. */
function rank({ fatal, breaks = [] }: ReportFinding): number {
  return fatal ? 0 : breaks.length > 0 ? 1 : 2;
}

function findingHtml(finding: ReportFinding): string {
  const { severity, rule, name, path, offset, message, hint, fatal, about, breaks = [] } = finding;
  const code = about ? `<a href="#rule-${escapeHtml(rule)}">${escapeHtml(rule)}</a>` : escapeHtml(rule);
  const where = `<button type="button" class="link" data-path="${escapeHtml(pathKey(path))}">${escapeHtml(path)}</button>`;
  const who = breaks.map((each) => `<li>${escapeHtml(each.who)}: ${escapeHtml(each.what)}</li>`).join("");
  return `<li class="finding"><div><span class="${severity}">${severity}${fatal ? ", fatal" : ""}</span> ${code} <span class="dim">${escapeHtml(name)}</span></div>
<p>${escapeHtml(message)}</p>${who === "" ? "" : `<ul class="breaks">${who}</ul>`}${hint ? `<p class="dim">${escapeHtml(hint)}</p>` : ""}
<div class="mono">${where} <span class="dim">at ${hex(offset)}</span></div></li>`;
}

/** The rules that findings name, each once, by their codes. */
export function rulesHtml(findings: readonly ReportFinding[]): string {
  const rules = new Map(findings.flatMap(({ about }) => (about ? [[about.code, about] as const] : [])));
  if (rules.size === 0) return "";
  const items = [...rules.values()].sort((one, other) => (one.code < other.code ? -1 : 1)).map(ruleHtml);
  return `<section class="rules"><h2>Rules</h2>${items.join("\n")}</section>`;
}

function ruleHtml({ code, name, summary, why, spec, fix }: RuleInfo): string {
  const repair =
    fix === undefined ? "" : `<p><code>nbft repair --only ${escapeHtml(code)}</code>: ${escapeHtml(fix)}</p>`;
  return `<details id="rule-${escapeHtml(code)}"><summary><b>${escapeHtml(code)}</b> ${escapeHtml(name)}</summary>
<p>${escapeHtml(summary)}</p><p>${escapeHtml(why)}</p>${repair}<p class="dim">${escapeHtml(formatSpec(spec))}</p></details>`;
}

/** Paths are separated by blanks in `data-path`; the model's own have none. */
export function pathKey(path: string): string {
  return path.replaceAll(" ", "");
}
