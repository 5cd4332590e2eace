import type { NbftReading } from "../../nbft/read/read.ts";
import { type PathSummary, summarizePaths, TablePaths } from "../../reach/paths.ts";
import { type PathsSeen, topologyOf } from "../picture/topology.ts";
import { topologySvg } from "../picture/topology-svg.ts";
import { checksumText } from "../table-tree.ts";
import { bytesHtml } from "./bytes.ts";
import { escapeHtml } from "./escape-html.ts";
import { type FieldNode, fieldTree } from "./field-tree.ts";
import { countsHtml, findingsHtml, type ReportFinding, rulesHtml } from "./findings.ts";
import { reportStyle } from "./style.ts";
import { attachViewer } from "./viewer.ts";

/** A grid of what each reader does with each descriptor, or of anything else. */
export interface ReportMatrix {
  /** Heading of the grid. */
  readonly title: string;
  /** Headings of the columns after the first one, which has the labels. */
  readonly columns: readonly string[];
  /** Each with as many cells as there are columns. */
  readonly rows: readonly {
    readonly label: string;
    /** What tells it from the others, below the label. */
    readonly about?: string | undefined;
    readonly cells: readonly { readonly text: string; readonly note?: string | undefined }[];
    /** Its cells differ in what matters. */
    readonly marked?: boolean | undefined;
    /** Why they differ. */
    readonly reasons?: readonly string[] | undefined;
  }[];
  /** Sentences below the grid. */
  readonly notes?: readonly string[];
}

/** One table of a report, with what was found out about it. */
export interface ReportTable {
  /** Name to show. */
  readonly name: string;
  /** What `readNbft` gives. */
  readonly reading: NbftReading;
  /** What is wrong with it; none unless given. */
  readonly findings?: readonly ReportFinding[];
  /** How many of its paths can work, as `explainTables` says; worked out unless given. */
  readonly paths?: PathSummary | undefined;
  /** What its readers do with it; none unless given. */
  readonly matrix?: ReportMatrix | undefined;
}

/** A claim about a boot, as `nbft verify` makes it. */
export interface ReportClaim {
  /** Which check, such as `path.live`. */
  readonly id: string;
  /** What it is about where there are several: `SSNS 1 through HFI 2`. Empty otherwise. */
  readonly about: string;
  /** What is claimed, in words. */
  readonly title: string;
  /** What came of the check; `unknown` where the evidence does not say. */
  readonly verdict: "pass" | "fail" | "unknown";
  /** What should have been seen. */
  readonly expected: string;
  /** What was seen. */
  readonly seen: string;
  /** Where in the evidence it was seen: stage and part. */
  readonly source: string;
  /** What it means or what to look at, where it did not pass. */
  readonly hint?: string | undefined;
}

/** Everything that a report shows. */
export interface Report {
  /** In the order in which they are shown. */
  readonly tables: readonly ReportTable[];
  /** What a boot's evidence says; none unless given. */
  readonly claims?: readonly ReportClaim[];
  /** Show key paths of security profiles. */
  readonly showSecrets?: boolean;
}

/**
 * A report as one HTML file that needs nothing from anywhere: picture, tree, bytes, findings, consumers, claims. All text of
 * the tables is escaped; the content security policy allows nothing but the page's own style and script.
 */
export function reportHtml(report: Report): string {
  const names = report.tables.map(({ name }) => name).join(", ");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'">
<title>NBFT report: ${escapeHtml(names)}</title>
<style>${reportStyle}</style>
</head>
<body>
<main>
<h1>NVMe Boot Firmware Table</h1>
${reportBody(report)}
</main>
<script>(${attachViewer.toString()})(document);</script>
</body>
</html>
`;
}

/** The part of a report between its head and its script, for a page that has its own. */
export function reportBody(report: Report): string {
  const names = report.tables.length > 1 ? report.tables.map((_, i) => `NBFT${i + 1}`) : [undefined];
  const tables = report.tables.map((table, i) =>
    tableHtml(table, i, report.showSecrets ?? false, pathsSeen(report.claims ?? [], names[i])),
  );
  const findings = report.tables.flatMap((table) => table.findings ?? []);
  return [...tables, report.claims ? claimsHtml(report.claims) : "", rulesHtml(findings)].join("\n");
}

/**
 * The paths that were not live in a boot. Where there are several tables, claims name theirs as the kernel does: `NBFT1`, `NBFT2`, …
 */
export function pathsSeen(claims: readonly ReportClaim[], table?: string): PathsSeen {
  const start = table === undefined ? "" : `${table} `;
  const dead = new Map(
    claims
      .filter(({ id, verdict }) => id === "path.live" && verdict === "fail")
      .map(({ about, seen }) => [about, seen]),
  );
  return { dead: (ssns, hfi) => dead.get(`${start}SSNS ${ssns} through HFI ${hfi}`) };
}

function tableHtml(
  { name, reading, findings, paths, matrix }: ReportTable,
  position: number,
  secrets: boolean,
  seen: PathsSeen,
): string {
  const { table, frame, diagnostics } = reading;
  const facts = [
    `${frame.bytes.length} bytes`,
    `revision ${table.header.majorRevision}.${table.header.minorRevision}`,
    checksumText(reading),
  ];
  const found: readonly ReportFinding[] = findings ?? diagnostics;
  const id = `table-${position}`;
  const fatal = found.find((finding) => finding.fatal);
  return `<section data-table="${position}">
<h2>${escapeHtml(name)}</h2>
<p class="dim">${facts.join(", ")}</p>
<div class="summary">
${fatal ? `<p class="error">No reader that follows the specification uses this table: ${escapeHtml(fatal.rule)} ${escapeHtml(fatal.message)}. The picture shows what it would say.</p>` : ""}
${pathsHtml(paths ?? summarizePaths(new TablePaths(table)))}<p>${countsHtml(found, id)}</p>
</div>
<div class="picture">${topologySvg(topologyOf(table, seen))}</div>
<h3>Findings</h3>
${findingsHtml(found, id)}
${matrix ? matrixHtml(matrix) : ""}
<h3>Content and bytes</h3>
<p class="dim screen">Choose a field to see its bytes, or bytes to see their field. Arrow keys move in both.</p>
<div class="status dim screen" aria-live="polite"></div>
<div class="views">
<div class="tree" role="group" aria-label="Fields">${treeHtml(reading, secrets)}</div>
<div class="bytes" role="group" aria-label="Bytes">${bytesHtml(reading, secrets)}</div>
</div>
</section>`;
}

/** How many paths can work, and why the others cannot. */
function pathsHtml(summary: PathSummary | undefined): string {
  if (!summary) return "";
  const closed = summary.closed.map((line) => `<li>${escapeHtml(line)}</li>`).join("");
  return `<p><b>${escapeHtml(summary.text)}</b></p>\n${closed === "" ? "" : `<ul>${closed}</ul>\n`}`;
}

function matrixHtml({ title, columns, rows, notes }: ReportMatrix): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join("");
  const body = rows.map(({ label, about, cells, marked, reasons = [] }) => {
    const filled = cells.map(
      ({ text, note }, i) =>
        `<td data-label="${escapeHtml(columns[i] ?? "")}">${escapeHtml(text)}${note ? `<br><span class="dim">${escapeHtml(note)}</span>` : ""}</td>`,
    );
    const mark = marked ? ' class="marked"' : "";
    const row = `<tr${mark}><th scope="row">${escapeHtml(label)}${about ? `<br><span class="dim">${escapeHtml(about)}</span>` : ""}</th>${filled.join("")}</tr>`;
    const list = reasons.map((reason) => `<li>${escapeHtml(reason)}</li>`).join("");
    const why = `<details><summary>${escapeHtml(label)}: why they differ</summary><ul>${list}</ul></details>`;
    return list === "" ? row : `${row}<tr class="why"><td colspan="${columns.length + 1}">${why}</td></tr>`;
  });
  const below = (notes ?? []).map((note) => `<li>${escapeHtml(note)}</li>`).join("");
  return `<h3>${escapeHtml(title)}</h3><table class="matrix"><thead><tr><th scope="col">descriptor</th>${head}</tr></thead><tbody>${body.join("")}</tbody></table>${below ? `<ul>${below}</ul>` : ""}`;
}

function claimsHtml(claims: readonly ReportClaim[]): string {
  const rows = claims.map(
    ({ verdict, id, about, title, expected, seen, source, hint }) =>
      `<tr><td data-label="verdict" class="${verdict}">${verdict}</td><td data-label="claim"><span class="mono">${escapeHtml(id)}</span>${about ? `<br>${escapeHtml(about)}` : ""}</td><td data-label="what it says">${escapeHtml(title)}${hint ? `<br><span class="dim">${escapeHtml(hint)}</span>` : ""}</td><td data-label="expected">${escapeHtml(expected)}</td><td data-label="seen">${escapeHtml(seen)}</td><td data-label="source">${escapeHtml(source)}</td></tr>`,
  );
  const failed = claims.filter(({ verdict }) => verdict === "fail").length;
  return `<section><h2>Boot: ${claims.length} claims, ${failed} failed</h2><table class="claims"><thead><tr><th>verdict</th><th>claim</th><th>what it says</th><th>expected</th><th>seen</th><th>source</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
}

function treeHtml(reading: NbftReading, secrets: boolean): string {
  const { nodes, left } = fieldTree(reading);
  const list = `<ul>${nodes.map((node, i) => nodeHtml(node, secrets, i === 0)).join("")}</ul>`;
  const more = `<p class="dim">The fields of ${left} more descriptors are not shown here: nbft dump -o json shows them</p>`;
  return left > 0 ? list + more : list;
}

/** The first of them is a stop for the keyboard. */
function nodeHtml(node: FieldNode, secrets: boolean, first: boolean): string {
  const path = escapeHtml(node.path);
  if (node.children.length > 0) {
    const inner = node.children.map((child) => nodeHtml(child, secrets, false)).join("");
    return `<li><details${node.path.includes(".") ? "" : " open"}><summary data-path="${path}" tabindex="${first ? 0 : -1}"><b>${escapeHtml(node.label)}</b></summary><ul>${inner}</ul></details></li>`;
  }
  const value = node.label === "secretKeypath" && !secrets ? "(hidden)" : (node.value ?? "");
  return `<li><button type="button" tabindex="-1" data-path="${path}" title="${escapeHtml(node.title)}"><b>${escapeHtml(node.label)}</b> ${escapeHtml(value)} <span class="dim">${escapeHtml(node.title)}</span></button></li>`;
}
