// Builds dist/: the library (tsc, unbundled ESM with types) and the command line (CommonJS bundles; only those with --cli).
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { buildCommandLine } from "./cli-bundles.mjs";
import { playgroundPage } from "./playground-page.mjs";
import { deleteComments, deleteUnreachable } from "./shipped.mjs";

if (!process.argv.includes("--cli")) {
  rmSync("dist", { recursive: true, force: true });
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
  deleteUnreachable(JSON.parse(readFileSync("package.json", "utf8")).exports);
  deleteComments();
}
await buildCommandLine();
writeFileSync("dist/playground.html", await playgroundPage());

// What packagers need, written by the command line itself.
const print = (...words) => execFileSync(process.execPath, ["dist/cli/nbft.cjs", ...words]);
mkdirSync("dist/man", { recursive: true });
mkdirSync("dist/completions", { recursive: true });
writeFileSync("dist/man/nbft.1", print("manual"));
for (const file of readdirSync("dist/cli/commands")) {
  const name = file.replace(/\.cjs$/, "");
  writeFileSync(`dist/man/nbft-${name}.1`, print("manual", name));
}
for (const [shell, file] of [
  ["bash", "nbft.bash"],
  ["zsh", "_nbft"],
  ["fish", "nbft.fish"],
]) {
  writeFileSync(`dist/completions/${file}`, print("completion", shell));
}
