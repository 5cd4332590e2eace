// Writes src/nbft/generated from the structure descriptions. Run by scripts/generate.mjs.
import { mkdirSync, writeFileSync } from "node:fs";
import { sources } from "./sources.ts";

mkdirSync("src/nbft/generated", { recursive: true });
for (const [name, source] of Object.entries(sources())) writeFileSync(`src/nbft/generated/${name}`, source);
