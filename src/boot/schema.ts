import { type JsonSchema, schemaOf } from "../document/shape/json-schema.ts";
import { bootShape } from "./document.ts";

/** Where the JSON Schema of boot descriptions is found in the package. */
export const BOOT_SCHEMA_ID = "https://unpkg.com/nbft/schema/boot.schema.json";

/** JSON Schema (2020-12) of a boot description, from the description of its fields. */
export function bootSchema(): JsonSchema {
  return schemaOf(bootShape, BOOT_SCHEMA_ID);
}
