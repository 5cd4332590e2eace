// Builds dist/: the library (tsc, unbundled ESM with types) and the command line (one CommonJS file; only that with --cli).
import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { build } from "esbuild";

if (!process.argv.includes("--cli")) {
  rmSync("dist", { recursive: true, force: true });
  execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.build.json"], {
    stdio: "inherit",
  });
}
await build({
  entryPoints: ["src/cli/main.ts"],
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  banner: { js: "#!/usr/bin/env node" },
  outfile: "dist/cli/nbft.cjs",
  logLevel: "warning",
});
chmodSync("dist/cli/nbft.cjs", 0o755);

// What packagers need, written by the command line itself.
const print = (...words) => execFileSync(process.execPath, ["dist/cli/nbft.cjs", ...words]);
mkdirSync("dist/man", { recursive: true });
mkdirSync("dist/completions", { recursive: true });
writeFileSync("dist/man/nbft.1", print("manual"));
for (const [shell, file] of [
  ["bash", "nbft.bash"],
  ["zsh", "_nbft"],
  ["fish", "nbft.fish"],
]) {
  writeFileSync(`dist/completions/${file}`, print("completion", shell));
}
