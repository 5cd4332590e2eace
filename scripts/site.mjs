// Adds the playground to the documentation that typedoc has written.
import { mkdirSync, writeFileSync } from "node:fs";
import { playgroundPage } from "./playground-page.mjs";

const folder = process.argv[2] ?? "docs/api";
const links = `<nav aria-label="Documentation"><a href="index.html">Documentation</a> <a href="documents/Rules.html">Rules</a></nav>`;
mkdirSync(folder, { recursive: true });
writeFileSync(`${folder}/playground.html`, await playgroundPage(links));
