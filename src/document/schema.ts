import { DOCUMENT_SCHEMA_ID } from "./document.ts";
import { documentShape } from "./document-shape.ts";
import { type JsonSchema, schemaOf } from "./shape/json-schema.ts";

/** JSON Schema (2020-12) of a document, from the structures' descriptions. */
export function documentSchema(): JsonSchema {
  return schemaOf(documentShape(), DOCUMENT_SCHEMA_ID);
}
