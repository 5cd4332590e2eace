/** Where the JSON Schema of boot descriptions is found in the package. */
export const BOOT_SCHEMA_ID = "https://unpkg.com/nbft/schema/boot.schema.json";
