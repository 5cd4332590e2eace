import type { NbftTable } from "../nbft/table.ts";
import { escapeJson } from "../text/json.ts";
import { bareDocumentOf } from "./document.ts";

/** One line of NDJSON: the name of a table's source, then the table's document without its layout. */
export function ndjsonLine(source: string, table: NbftTable): string {
  return `${escapeJson(JSON.stringify({ source, ...bareDocumentOf(table) }))}\n`;
}
