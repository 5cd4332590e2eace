/**
 * The JSON and YAML documents of tables, as `nbft dump -o json` writes and `nbft encode` reads them: {@link documentOf} makes one from a table that was
 * read, {@link parseDocument} reads one from text, {@link encodeDocument} makes the table. Runs in browsers as well as in Node.js.
 *
 * @module nbft/document
 */

export { bareDocumentOf, documentOf } from "./document/document.ts";
export { DocumentError, type DocumentProblem } from "./document/document-error.ts";
export type { DocumentPart, NbftDocument } from "./document/nbft-document.ts";
export { type ParsedText, parseText, withPlaces } from "./document/parse-text.ts";
export {
  type DocumentOptions,
  encodeDocument,
  type PreparedDocument,
  parseDocument,
  prepareDocument,
} from "./document/read-document.ts";
export type { SameAs } from "./document/same-as.ts";
export { documentSchema } from "./document/schema.ts";
