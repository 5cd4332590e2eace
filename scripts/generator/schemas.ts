import { bootSchema } from "../../src/boot/schema.ts";
import { documentSchema } from "../../src/document/schema.ts";

/** The JSON Schemas that the package carries, by file name. */
export function schemas(): Record<string, string> {
  return {
    "boot.schema.json": textOf(bootSchema()),
    "nbft.schema.json": textOf(documentSchema()),
  };
}

const textOf = (schema: unknown) => `${JSON.stringify(schema, null, 2)}\n`;
