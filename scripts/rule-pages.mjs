// Writes docs/rules from the rules of nbft validate. `--check` only compares.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

mkdirSync("node_modules/.cache", { recursive: true });
const outfile = "node_modules/.cache/nbft-rule-pages.mjs";
await build({
  entryPoints: ["scripts/generator/rule-pages.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  outfile,
  logLevel: "warning",
});
const { rulePages } = await import(new URL(`../${outfile}`, import.meta.url).href);
const folder = new URL("../docs/rules/", import.meta.url);
const pages = rulePages();
mkdirSync(folder, { recursive: true });
if (process.argv.includes("--check")) {
  const committed = readdirSync(folder);
  const stale = [...pages].filter(
    ([name, text]) => !committed.includes(name) || readFileSync(new URL(name, folder), "utf8") !== text,
  );
  const left = committed.filter((name) => !pages.has(name));
  if (stale.length + left.length > 0) {
    console.error("docs/rules is out of date: run npm run generate");
    process.exitCode = 1;
  }
} else {
  for (const name of readdirSync(folder)) if (!pages.has(name)) rmSync(new URL(name, folder));
  for (const [name, text] of pages) writeFileSync(new URL(name, folder), text);
}
