// Adds the playground, one file with everything in it, to the documentation that typedoc has written.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

const folder = process.argv[2] ?? "docs/api";
const { outputFiles } = await build({
  entryPoints: ["site/playground.ts"],
  bundle: true,
  minify: true,
  platform: "browser",
  target: "es2022",
  format: "iife",
  write: false,
  logLevel: "warning",
});
// A script element ends at the first such end tag, wherever it stands.
const script = outputFiles[0].text.replaceAll("</script", "<\\/script");
mkdirSync(folder, { recursive: true });
writeFileSync(
  `${folder}/playground.html`,
  readFileSync("site/playground.html", "utf8").replace("/* bundle */", () => script),
);
