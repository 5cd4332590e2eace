// Bundles the fuzzer (TypeScript) and runs it with this command's arguments.
import { build } from "esbuild";

const outfile = "fuzz/.bundle.mjs";
await build({
  entryPoints: ["fuzz/main.ts"],
  bundle: true,
  platform: "node",
  format: "esm",
  external: ["yaml"],
  outfile,
  logLevel: "warning",
});
await import(new URL(`../${outfile}`, import.meta.url).href);
