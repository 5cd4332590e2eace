// Writes src/nbft/generated and docs/structures.md from the structure descriptions. Run by scripts/generate.mjs.
import { mkdirSync, writeFileSync } from "node:fs";
import { structureReference } from "./reference.ts";
import { sources } from "./sources.ts";

mkdirSync("src/nbft/generated", { recursive: true });
for (const [name, source] of Object.entries(sources())) writeFileSync(`src/nbft/generated/${name}`, source);
writeFileSync("docs/structures.md", structureReference());
