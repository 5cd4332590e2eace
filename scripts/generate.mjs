// Bundles the generator (TypeScript) and runs it; a test compares what is committed with what it would write.
import { mkdirSync } from "node:fs";
import { build } from "esbuild";

mkdirSync("node_modules/.cache", { recursive: true });
const outfile = "node_modules/.cache/nbft-generate.mjs";
await build({
  entryPoints: ["scripts/generator/main.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  outfile,
  logLevel: "warning",
});
await import(new URL(`../${outfile}`, import.meta.url).href);
