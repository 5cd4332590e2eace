import type { NbftReading } from "../nbft/read/read.ts";
import type { NbftTable } from "../nbft/table.ts";
import { layoutOf } from "../nbft/write/layout-of.ts";
import { fillTable } from "./defaults.ts";
import type { NbftDocument } from "./nbft-document.ts";
import { referToLong } from "./same-as.ts";

/** Where the JSON Schema of documents is found in the package. */
export const DOCUMENT_SCHEMA_ID = "https://unpkg.com/nbft/schema/nbft.schema.json";

/** The document of a table that was read, without its layout: the form of one NDJSON line. */
export function bareDocumentOf(table: NbftTable): NbftDocument {
  return referToLong(table) as NbftDocument;
}

/** The document of a table that was read, lossless. */
export function documentOf(reading: NbftReading): NbftDocument {
  const layout = layoutOf(reading, fillTable);
  const document = bareDocumentOf(reading.table);
  return layout === undefined ? document : { ...document, layout };
}
