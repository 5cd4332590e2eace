import type { ExplainedRow, ExplainedTable, Explanation } from "../../consumers/explain.ts";
import { escapeText } from "../../text/escape.ts";
import type { ReportMatrix } from "./html.ts";

/** Columns of a matrix; what is beyond them is left to `nbft explain`. */
const MAX_COLUMNS = 32;
const kinds = {
  host: "host NQN",
  after: "after switch-root",
  hfi: "HFI",
  ssns: "SSNS",
  discovery: "discovery",
} as const;

/** What each consumer does with each descriptor of a table, what they disagree about, and why; undefined where nobody uses the table. */
export function consumerMatrix(explanation: Explanation, table: ExplainedTable): ReportMatrix | undefined {
  if (table.error !== undefined || table.rows.length === 0) return undefined;
  const shown = table.rows.slice(0, MAX_COLUMNS);
  const left = table.rows.length - shown.length;
  return {
    title: "What consumers do with it",
    columns: shown.map(headingOf),
    rows: explanation.consumers.map(({ id }) => ({
      label: id,
      cells: shown.map(({ verdicts, disagreement }) => ({
        text: verdicts[id]?.does ?? "-",
        marked: disagreement?.groups.some(({ consumers }) => consumers.includes(id)) ?? false,
      })),
    })),
    notes: [...shown.flatMap(disagreementNotes), ...(left > 0 ? [`${left} more columns: nbft explain`] : [])],
  };
}

function headingOf({ kind, index }: ExplainedRow): string {
  return kind === "host" || kind === "after" ? kinds[kind] : `${kinds[kind]} ${index}`;
}

function disagreementNotes(row: ExplainedRow): string[] {
  const { what, disagreement } = row;
  if (!disagreement) return [];
  const groups = disagreement.groups.map(({ detail, consumers, because }) => {
    const reasons = because.map(({ message }) => message).join("; ");
    return `${consumers.join(", ")}: ${detail}${reasons === "" ? "" : ` (${reasons})`}`;
  });
  const name = `${headingOf(row)}${what === "" ? "" : ` (${escapeText(what)})`}`;
  return [`${name}: consumers disagree. ${groups.join(". ")}`];
}
