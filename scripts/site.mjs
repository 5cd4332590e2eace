// Completes the documentation that typedoc has written: the picture of its home page, and the playground.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
import { playgroundPage } from "./playground-page.mjs";

const folder = process.argv[2] ?? "docs/api";
const links = `<nav aria-label="Documentation"><a href="index.html">Documentation</a> <a href="documents/nbft_playground.html">About this page</a> <a href="documents/Rules.html">Rules</a></nav>`;
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/playground.html`, await playgroundPage(links));

const home = `${folder}/index.html`;
if (existsSync(home)) {
  const place = '<div id="picture"></div>';
  const page = readFileSync(home, "utf8");
  if (!page.includes(place)) throw new Error(`${home}: no place for the picture`);
  const picture = await pictureOf("test/vectors/firmware/multipath-one-dead/NBFT.bin");
  writeFileSync(
    home,
    page.replace(place, () => `<div id="picture">${picture}</div>`),
  );
}

/** What `nbft report -o svg` draws of a table. */
async function pictureOf(file) {
  const { outputFiles } = await build({
    stdin: { contents: 'export { readNbft } from "./src/index.ts"; export * from "./src/output.ts";', resolveDir: "." },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
    logLevel: "warning",
  });
  const code = Buffer.from(outputFiles[0].text).toString("base64");
  const { readNbft, topologyOf, topologySvg } = await import(`data:text/javascript;base64,${code}`);
  return topologySvg(topologyOf(readNbft(readFileSync(file)).table));
}
