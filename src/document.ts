/** The JSON and YAML documents of tables. */
export { bareDocumentOf, documentOf, type NbftDocument } from "./document/document.ts";
export { type ParsedText, parseText, withPlaces } from "./document/parse-text.ts";
export {
  type DocumentOptions,
  encodeDocument,
  type PreparedDocument,
  prepareDocument,
  readDocument,
} from "./document/read-document.ts";
export { documentSchema } from "./document/schema.ts";
