import type { Diagnostic } from "../../diagnostic.ts";
import type { NbftReading } from "../../nbft/read/read.ts";
import { type Span, spansOf } from "../../nbft/read/spans.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { pathsOfTable, summarizePaths } from "../../reach/paths.ts";
import { hex } from "../../text/hex.ts";
import { type PathsSeen, topologyOf } from "../picture/topology.ts";
import { topologySvg } from "../picture/topology-svg.ts";
import { checksumText } from "../table-tree.ts";
import { escapeHtml } from "./escape-html.ts";
import { type FieldNode, fieldTree } from "./field-tree.ts";
import { reportStyle } from "./style.ts";
import { attachViewer } from "./viewer.ts";

/** A grid of what each reader does, or of anything else. */
export interface ReportMatrix {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly {
    readonly label: string;
    readonly cells: readonly {
      readonly text: string;
      readonly note?: string | undefined;
      readonly marked?: boolean | undefined;
    }[];
  }[];
  readonly notes?: readonly string[];
}

/** A finding, with who breaks on it. */
export interface ReportFinding extends Diagnostic {
  /** No reader that follows the specification uses the table. */
  readonly fatal?: boolean | undefined;
  readonly breaks?: readonly { readonly who: string; readonly what: string }[] | undefined;
}

/** One table of a report, with what was found out about it. */
export interface ReportTable {
  /** Name to show. */
  readonly name: string;
  readonly reading: NbftReading;
  readonly findings?: readonly ReportFinding[];
  readonly matrix?: ReportMatrix | undefined;
}

/** A claim about a boot, as `nbft verify` makes it. */
export interface ReportClaim {
  readonly id: string;
  readonly about: string;
  readonly title: string;
  readonly verdict: "pass" | "fail" | "unknown";
  readonly expected: string;
  readonly seen: string;
  readonly source: string;
  readonly hint?: string | undefined;
}

/** Everything that a report shows. */
export interface Report {
  readonly tables: readonly ReportTable[];
  readonly claims?: readonly ReportClaim[];
  /** Show key paths of security profiles. */
  readonly showSecrets?: boolean;
}

/** Bytes that the hex view shows; what is behind is left to `nbft dump -o hex`. */
const MAX_SHOWN_BYTES = 0x10000;
const WIDTH = 16;

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
  return [...tables, report.claims ? claimsHtml(report.claims) : ""].join("\n");
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
  { name, reading, findings, matrix }: ReportTable,
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
  const fatal = findings?.find((finding) => finding.fatal);
  return `<section data-table="${position}">
<h2>${escapeHtml(name)}</h2>
<p class="dim">${facts.join(", ")}</p>
${fatal ? `<p class="error">No reader that follows the specification uses this table: ${escapeHtml(fatal.rule)} ${escapeHtml(fatal.message)}. The picture shows what it would say.</p>` : ""}
${pathsHtml(table)}<div class="picture">${topologySvg(topologyOf(table, seen))}</div>
<h3>Findings</h3>
${findingsHtml(findings ?? diagnostics)}
${matrix ? matrixHtml(matrix) : ""}
<h3>Content and bytes</h3>
<p class="dim screen">Choose a field to see its bytes, or bytes to see their field.</p>
<div class="status dim screen" aria-live="polite"></div>
<div class="views">
<div class="tree"><ul>${fieldTree(reading)
    .map((node) => nodeHtml(node, secrets))
    .join("")}</ul></div>
<div class="bytes">${bytesHtml(reading, secrets)}</div>
</div>
</section>`;
}

/** How many paths can work, and why the others cannot. */
function pathsHtml(table: NbftTable): string {
  const summary = summarizePaths(pathsOfTable(table));
  if (!summary) return "";
  const closed = summary.closed.map((line) => `<li>${escapeHtml(line)}</li>`).join("");
  return `<p><b>${escapeHtml(summary.text)}</b></p>\n${closed === "" ? "" : `<ul>${closed}</ul>\n`}`;
}

function findingsHtml(findings: readonly ReportFinding[]): string {
  if (findings.length === 0) return "<p>none</p>";
  const rows = findings.map(
    ({ severity, rule, name, path, offset, message, hint, breaks = [] }) =>
      `<tr><td class="${severity}">${severity}</td><td>${escapeHtml(rule)} ${escapeHtml(name)}</td><td class="mono"><button type="button" class="link" data-path="${escapeHtml(pathKey(path))}">${escapeHtml(path)}</button></td><td class="mono">${hex(offset)}</td><td>${escapeHtml(message)}${breaks.map(({ who, what }) => `<br>${escapeHtml(who)}: ${escapeHtml(what)}`).join("")}${hint ? `<br><span class="dim">${escapeHtml(hint)}</span>` : ""}</td></tr>`,
  );
  return `<table><thead><tr><th>severity</th><th>rule</th><th>where</th><th>offset</th><th>what</th></tr></thead><tbody>${rows.join("")}</tbody></table>`;
}

/** Paths are separated by blanks in `data-path`; the model's own have none. */
function pathKey(path: string): string {
  return path.replaceAll(" ", "");
}

function matrixHtml({ title, columns, rows, notes }: ReportMatrix): string {
  const head = columns.map((column) => `<th>${escapeHtml(column)}</th>`).join("");
  const body = rows.map(({ label, cells }) => {
    const filled = cells.map(
      ({ text, note, marked }) =>
        `<td${marked ? ' class="marked"' : ""}>${escapeHtml(text)}${note ? `<br><span class="dim">${escapeHtml(note)}</span>` : ""}</td>`,
    );
    return `<tr><th>${escapeHtml(label)}</th>${filled.join("")}</tr>`;
  });
  const below = (notes ?? []).map((note) => `<li>${escapeHtml(note)}</li>`).join("");
  return `<h3>${escapeHtml(title)}</h3><table><thead><tr><th></th>${head}</tr></thead><tbody>${body.join("")}</tbody></table>${below ? `<ul>${below}</ul>` : ""}`;
}

function claimsHtml(claims: readonly ReportClaim[]): string {
  const rows = claims.map(
    ({ verdict, id, about, title, expected, seen, source, hint }) =>
      `<tr><td class="${verdict}">${verdict}</td><td><span class="mono">${escapeHtml(id)}</span>${about ? `<br>${escapeHtml(about)}` : ""}</td><td>${escapeHtml(title)}${hint ? `<br><span class="dim">${escapeHtml(hint)}</span>` : ""}</td><td>${escapeHtml(expected)}</td><td>${escapeHtml(seen)}</td><td>${escapeHtml(source)}</td></tr>`,
  );
  const failed = claims.filter(({ verdict }) => verdict === "fail").length;
  return `<section><h2>Boot: ${claims.length} claims, ${failed} failed</h2><table><thead><tr><th>verdict</th><th>claim</th><th>what it says</th><th>expected</th><th>seen</th><th>source</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
}

function nodeHtml(node: FieldNode, secrets: boolean): string {
  const path = escapeHtml(node.path);
  if (node.children.length > 0) {
    const inner = node.children.map((child) => nodeHtml(child, secrets)).join("");
    return `<li><details${node.path.includes(".") ? "" : " open"}><summary data-path="${path}"><b>${escapeHtml(node.label)}</b></summary><ul>${inner}</ul></details></li>`;
  }
  const value = node.label === "secretKeypath" && !secrets ? "(hidden)" : (node.value ?? "");
  return `<li><button type="button" data-path="${path}" title="${escapeHtml(node.title)}"><b>${escapeHtml(node.label)}</b> ${escapeHtml(value)} <span class="dim">${escapeHtml(node.title)}</span></button></li>`;
}

/** Rows of 16 bytes; each run of bytes with one owner is a button that names it. */
function bytesHtml({ frame }: NbftReading, secrets: boolean): string {
  const { input } = frame;
  const hidden = new Set<number>();
  const shown = Math.min(input.length, MAX_SHOWN_BYTES);
  const rows: string[] = [];
  let row = rowStart(0);
  const finish = (start: number, end: number) => {
    const gap = " ".repeat(3 * (WIDTH - (end - start)) + 2);
    rows.push(`${row}<span class="at">${gap}${escapeHtml(printable(input, start, end, hidden))}</span></div>`);
  };
  for (const span of spansOf(frame)) {
    const secret = !secrets && isSecret(span);
    if (secret) for (let at = span.offset; at < span.offset + span.length; at++) hidden.add(at);
    for (let at = span.offset; at < Math.min(span.offset + span.length, shown); ) {
      const end = Math.min(span.offset + span.length, shown, at - (at % WIDTH) + WIDTH);
      row += buttonHtml(span, input.subarray(at, end), at === span.offset, secret);
      at = end;
      if (at % WIDTH === 0 || at === shown) {
        finish(at - 1 - ((at - 1) % WIDTH), at);
        row = rowStart(at);
      } else row += " ";
    }
  }
  const rest = input.length - shown;
  return rows.join("") + (rest > 0 ? `<p class="dim">${rest} more bytes are not shown</p>` : "");
}

/** Key paths say where a secret lies: their bytes are as hidden as their text. */
function isSecret({ kind, path, sharedWith = [] }: Span): boolean {
  return kind === "object" && [path, ...sharedWith].some((each) => each.endsWith(".secretKeypath"));
}

function printable(bytes: Uint8Array, start: number, end: number, hidden: ReadonlySet<number>): string {
  let text = "";
  for (let at = start; at < end; at++) {
    const byte = bytes[at]!;
    text += byte >= 0x20 && byte < 0x7f && !hidden.has(at) ? String.fromCharCode(byte) : ".";
  }
  return text;
}

function rowStart(offset: number): string {
  return `<div class="row"><span class="at">${offset.toString(16).padStart(6, "0")}  </span>`;
}

function buttonHtml(span: Span, bytes: Uint8Array, first: boolean, secret: boolean): string {
  const digits = Array.from(bytes, (byte) => (secret ? "**" : byte.toString(16).padStart(2, "0"))).join(" ");
  const paths = escapeHtml([span.path, ...(span.sharedWith ?? []).slice(0, 16)].map(pathKey).join(" "));
  // Only the first part of a run is a stop for the keyboard.
  return `<button type="button" class="${span.kind}" data-path="${paths}" title="${escapeHtml(span.title)}"${first ? "" : ' tabindex="-1"'}>${digits}</button>`;
}
