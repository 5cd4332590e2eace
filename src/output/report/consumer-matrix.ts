import type { ExplainedRow, ExplainedTable, Explanation } from "../../consumers/explain.ts";
import { escapeText } from "../../text/escape.ts";
import type { ReportMatrix } from "./html.ts";

/** Rows of a matrix; what is beyond them is left to `nbft explain`. */
const MAX_ROWS = 64;
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
  const shown = table.rows.slice(0, MAX_ROWS);
  const left = table.rows.length - shown.length;
  const ids = explanation.consumers.map(({ id }) => id);
  return {
    title: "What consumers do with it",
    columns: ids,
    rows: shown.map((row) => ({
      label: headingOf(row),
      about: row.what === "" ? undefined : escapeText(row.what),
      cells: ids.map((id) => ({ text: row.verdicts[id]?.does ?? "-" })),
      marked: row.disagreement !== undefined,
      reasons: reasonsOf(row),
    })),
    notes: left > 0 ? [`${left} more descriptors: nbft explain`] : [],
  };
}

function headingOf({ kind, index }: ExplainedRow): string {
  return kind === "host" || kind === "after" ? kinds[kind] : `${kinds[kind]} ${index}`;
}

function reasonsOf({ disagreement }: ExplainedRow): string[] {
  return (disagreement?.groups ?? []).map(({ detail, consumers, because }) => {
    const reasons = because.map(({ message }) => message).join("; ");
    return `${consumers.join(", ")}: ${detail}${reasons === "" ? "" : ` (${reasons})`}`;
  });
}
