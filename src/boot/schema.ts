import { type JsonSchema, schemaOf } from "../document/shape/json-schema.ts";
import { bootShape } from "./document.ts";
import { BOOT_SCHEMA_ID } from "./schema-id.ts";

/** JSON Schema (2020-12) of a boot description, from the description of its fields. */
export function bootSchema(): JsonSchema {
  return schemaOf(bootShape, BOOT_SCHEMA_ID);
}
