import type { Disagreement, ExplainedRow, ExplainedTable, Explanation } from "../consumers/explain.ts";
import type { ConsumerVerdict, Waiting } from "../consumers/model.ts";
import { escapeText } from "../text/escape.ts";
import { formatNote, formatPaths, worstCase } from "./connect-plan.ts";
import type { Paint } from "./paint.ts";

/** Columns of text that a matrix fills before it goes on below. */
const WIDTH = 110;
/** Longest name of a row in the list of disagreements. */
const LONGEST = 100;

/** How much of an explanation is shown. */
export interface ExplanationView {
  /** Colours. */
  readonly paint: Paint;
  /** What the models rest on and do not cover, and what consumers write for others. */
  readonly models: boolean;
}

/** An explanation as text: a matrix for each table, what consumers disagree about, how long they wait. */
export function formatExplanation(explanation: Explanation, { paint, models }: ExplanationView): string {
  const ids = explanation.consumers.map(({ id }) => id);
  const parts = explanation.tables.flatMap((table) => [
    formatTable(table, ids, paint),
    ...formatDetails(table, ids, paint),
    ...(models ? formatWritten(table, ids, paint) : []),
  ]);
  const sources = models
    ? formatSources(explanation, paint)
    : "Evidence for the models, and what they do not cover: -v\n";
  return [
    formatRemarksOnModels(explanation, paint),
    ...parts,
    ...formatNotes(explanation, paint),
    ...formatWaiting(explanation, paint),
    sources,
  ]
    .filter((part) => part !== "")
    .join("\n");
}

/** What must be known of the predictions themselves. */
function formatRemarksOnModels({ consumers }: Explanation, paint: Paint): string {
  const remarks = new Set(consumers.flatMap(({ remarks: own }) => own));
  return Array.from(remarks, (remark) => `${paint.doubtful("note")}: ${escapeText(remark)}\n`).join("");
}

function formatTable({ source, error, paths, rows }: ExplainedTable, ids: readonly string[], paint: Paint): string {
  const title = `${paint.bold(escapeText(source))}`;
  if (error !== undefined) return `${title}: no program uses it: ${escapeText(error)}\n`;
  if (rows.length === 0) return `${title}: it has no HFI, SSNS or discovery descriptor: no program does anything\n`;
  const first = Math.max(...ids.map((id) => id.length));
  const columns = rows.map((row) => {
    const disagreeing = new Set(row.disagreement?.groups.flatMap(({ consumers }) => consumers));
    const cells = ids.map((id) => cellOf(row.verdicts[id], disagreeing.has(id)));
    const heading = headingOf(row);
    return { heading, cells, width: Math.max(heading.length, ...cells.map(({ text }) => text.length)) };
  });
  const blocks: string[] = [];
  for (let start = 0; start < columns.length; ) {
    let width = first;
    let end = start;
    for (; end < columns.length; end++) {
      const more = columns[end]!.width + 2;
      if (end > start && width + more > WIDTH) break;
      width += more;
    }
    const part = columns.slice(start, end);
    const head = `${" ".repeat(first)}  ${part.map((column) => paint.bold(column.heading.padEnd(column.width))).join("  ")}`;
    const lines = ids.map((id, i) => {
      const cells = part.map(({ cells: all, width: wide }) => {
        const { text, style } = all[i]!;
        return style ? paint[style](text.padEnd(wide)) : text.padEnd(wide);
      });
      return `${id.padEnd(first)}  ${cells.join("  ")}`;
    });
    blocks.push([head, ...lines].map((line) => `${line.trimEnd()}\n`).join(""));
    start = end;
  }
  const head = [title, ...formatPaths(paths, paint)].map((line) => `${line}\n`).join("");
  return `${head}\n${blocks.join("\n")}`;
}

function headingOf({ kind, index }: ExplainedRow): string {
  if (kind === "host") return "host NQN";
  if (kind === "after") return "after switch-root";
  return `${{ hfi: "HFI", ssns: "SSNS", discovery: "discovery" }[kind]} ${index}`;
}

function cellOf(
  found: ConsumerVerdict | undefined,
  disagrees: boolean,
): { readonly text: string; readonly style?: keyof Paint } {
  if (!found) return { text: "-", style: "dim" };
  return disagrees ? { text: `${found.does} !`, style: "doubtful" } : { text: found.does };
}

/** What the cells stand for where somebody has something to say, and the disagreements with their causes. */
function formatDetails({ rows }: ExplainedTable, ids: readonly string[], paint: Paint): string[] {
  const disagreements = rows.flatMap((row) =>
    row.disagreement ? formatDisagreement(row, row.disagreement, paint) : [],
  );
  const remarks = rows.flatMap((row) => (row.disagreement ? [] : formatRemarks(row, ids, paint)));
  return [
    disagreements.length === 0 ? "" : `${paint.bold("Disagreements (marked !)")}\n${disagreements.join("")}`,
    remarks.length === 0 ? "" : `${paint.bold("No disagreement, but worth knowing")}\n${remarks.join("")}`,
  ];
}

function nameOf(row: ExplainedRow): string {
  const what = row.what.length > LONGEST ? `${row.what.slice(0, LONGEST)}…` : row.what;
  return `${headingOf(row)}${what === "" ? "" : ` (${escapeText(what)})`}`;
}

function formatDisagreement(row: ExplainedRow, { groups }: Disagreement, paint: Paint): string[] {
  const lines = groups.flatMap(({ detail, consumers, because }) => [
    `    ${paint.doubtful(detail)}: ${consumers.join(", ")}\n`,
    ...because.map((item) => `      ${paint.dim(formatNote(item))}\n`),
  ]);
  return [`  ${nameOf(row)}\n`, ...lines];
}

function formatRemarks(row: ExplainedRow, ids: readonly string[], paint: Paint): string[] {
  const byText = new Map<string, string[]>();
  for (const id of ids) {
    for (const item of row.verdicts[id]?.notes ?? []) {
      if (item.routine) continue;
      byText.set(formatNote(item), [...(byText.get(formatNote(item)) ?? []), id]);
    }
  }
  if (byText.size === 0) return [];
  const lines = Array.from(byText, ([text, who]) => `    ${paint.dim(`${text} (${who.join(", ")})`)}\n`);
  return [`  ${nameOf(row)}\n`, ...lines];
}

function formatWritten({ rows }: ExplainedTable, ids: readonly string[], paint: Paint): string[] {
  const lines = rows.flatMap((row) =>
    ids.flatMap((id) => (row.verdicts[id]?.writes ?? []).map((line) => `  ${id}: ${escapeText(line)}\n`)),
  );
  return lines.length === 0 ? [] : [`${paint.bold("Files written for other programs")}\n${lines.join("")}`];
}

function formatNotes({ consumers }: Explanation, paint: Paint): string[] {
  const lines = new Set(consumers.flatMap(({ id, notes }) => notes.map((item) => `  ${id}: ${formatNote(item)}\n`)));
  return lines.size === 0 ? [] : [`${paint.bold("About the tables as a whole")}\n${[...lines].join("")}`];
}

function formatWaiting({ consumers }: Explanation, paint: Paint): string[] {
  const same = new Map<string, string[]>();
  for (const { id, waiting } of consumers) {
    if (waiting) same.set(wordsOf(waiting), [...(same.get(wordsOf(waiting)) ?? []), id]);
  }
  const lines = Array.from(same, ([words, ids]) => `  ${ids.join(", ")}: ${words}\n`);
  return lines.length === 0 ? [] : [`${paint.bold("Longest wait")}\n${lines.join("")}`];
}

function wordsOf(waiting: Waiting): string {
  const { attempts, network, notes } = waiting;
  const remarks = notes.map(({ message }) => `; ${message}`).join("");
  const forNetwork = network > 0 ? `${network} s for the network` : "";
  if (attempts === 0) return `${forNetwork || "nothing is tried"}${remarks}`;
  return `${forNetwork === "" ? "" : `${forNetwork}, then `}${worstCase(waiting)}${remarks}`;
}

function formatSources({ consumers }: Explanation, paint: Paint): string {
  const lines = consumers.map(
    ({ id, title, source, notCovered }) =>
      `  ${id}: ${title}\n${paint.dim(`    ${source}\n    not covered: ${notCovered.join("; ")}`)}\n`,
  );
  return `${paint.bold("Models")}\n${lines.join("")}`;
}
