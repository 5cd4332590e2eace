// Writes src/nbft/generated, docs/structures.md and schema from the structure descriptions. Run by scripts/generate.mjs.
import { mkdirSync, writeFileSync } from "node:fs";
import { structureReference } from "./reference.ts";
import { schemas } from "./schemas.ts";
import { sources } from "./sources.ts";

mkdirSync("src/nbft/generated", { recursive: true });
for (const [name, source] of Object.entries(sources())) writeFileSync(`src/nbft/generated/${name}`, source);
writeFileSync("docs/structures.md", structureReference());
mkdirSync("schema", { recursive: true });
for (const [name, text] of Object.entries(schemas())) writeFileSync(`schema/${name}`, text);
