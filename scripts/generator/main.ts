// Writes the folders called generated, docs/structures.md and schema from the structure descriptions and the rules. Run by scripts/generate.mjs.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { catalogueSources } from "./catalogue.ts";
import { models } from "./models.ts";
import { structureReference } from "./reference.ts";
import { schemas } from "./schemas.ts";
import { sources } from "./sources.ts";

mkdirSync("src/nbft/generated", { recursive: true });
for (const [name, source] of Object.entries(sources())) writeFileSync(`src/nbft/generated/${name}`, source);
for (const [path, source] of Object.entries(models())) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, source);
}
mkdirSync("src/rules/generated", { recursive: true });
for (const [name, source] of Object.entries(catalogueSources())) writeFileSync(`src/rules/generated/${name}`, source);
writeFileSync("docs/structures.md", structureReference());
mkdirSync("schema", { recursive: true });
for (const [name, text] of Object.entries(schemas())) writeFileSync(`schema/${name}`, text);
