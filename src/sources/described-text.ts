import type { Bytes } from "../bytes/bytes.ts";
import type { NbftDocument } from "../document/nbft-document.ts";
import { type ParsedText, withPlaces } from "../document/parse-text.ts";
import { encodeDocument } from "../document/read-document.ts";

/** Whether a parsed text is a boot description: it speaks of interfaces, targets and attempts; a table's document of HFIs and subsystems. */
export function isBootDocument(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ["interfaces", "targets", "attempts"].some((key) => key in value);
}

/**
 * The table that a document says.
 *
 * @throws {ParseError} with line and column when no table can say it.
 */
export function tableOfDocumentText(parsed: ParsedText): Bytes {
  // Whatever was parsed is checked: unknown keys and wrong values are what it throws of.
  return withPlaces(parsed, (document) => encodeDocument(document as NbftDocument));
}
