// Bundles of the command line in dist/cli: `nbft.cjs` decides, `hot/*.cjs` do plain work on tables and variable stores, `full.cjs` and
// `commands/*.cjs` do the rest, `yaml.cjs` is loaded when a YAML text is read. Node.js parses about 30 KB in a millisecond, so that a command
// loads what it needs and no more.
import { createHash } from "node:crypto";
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, resolve } from "node:path";
import { build } from "esbuild";
import * as yaml from "yaml";

const outdir = "dist/cli";
const engine = `${process.versions.v8}-${process.arch}`;
const common = {
  bundle: true,
  platform: "node",
  target: "node20",
  format: "cjs",
  minify: true,
  logLevel: "warning",
  // A dynamic import() would start the loader of ES modules; require() does not.
  supported: { "dynamic-import": false },
};
const names = (folder) => readdirSync(folder).flatMap((file) => (file.endsWith(".ts") ? [basename(file, ".ts")] : []));

/** The files of other bundles, and modules that are loaded when they are first used. */
function split({ up, shared }) {
  return {
    name: "split",
    setup(plugins) {
      plugins.onResolve({ filter: /\/commands\/[\w-]+\.ts$/ }, ({ path, kind }) =>
        kind === "dynamic-import" ? { path: `${up}commands/${basename(path, ".ts")}.cjs`, external: true } : undefined,
      );
      // Tables from documents are rare, and need the encoder and what YAML takes.
      plugins.onResolve({ filter: /\/sources\/described\.ts$|^\.\/described\.ts$/ }, ({ kind }) =>
        kind === "dynamic-import" ? { path: `${up}described-source.cjs`, external: true } : undefined,
      );
      if (!shared) {
        // Errors are told apart by their class, and options are commander's: there must be one of each.
        const external = { path: `${up}full.cjs`, external: true };
        plugins.onResolve({ filter: /^commander$/ }, () => external);
        plugins.onResolve({ filter: /\/(errors|io)\.ts$/ }, ({ path, resolveDir }) =>
          [resolve("src/errors.ts"), resolve("src/cli/io.ts")].includes(resolve(resolveDir, path))
            ? external
            : undefined,
        );
      }
      plugins.onResolve({ filter: /^yaml$/ }, () => ({ path: "yaml", namespace: "lazy" }));
      plugins.onLoad({ filter: /.*/, namespace: "lazy" }, () => ({ contents: lazyModule(`${up}yaml.cjs`, yaml) }));
      plugins.onResolve({ filter: /yaml\.cjs$/ }, ({ path }) => ({ path, external: true }));
      // commander loads it for commands that are programs of their own; ours are not.
      plugins.onLoad({ filter: /commander[\\/]lib[\\/]command\.js$/ }, ({ path }) => ({
        contents: lazyRequire(readFileSync(path, "utf8"), "childProcess", "node:child_process"),
      }));
    },
  };
}

/** A module with the functions and classes of another, which is loaded at the first call. They cannot stand behind `instanceof`. */
function lazyModule(path, original) {
  const load = `let loaded; const load = () => (loaded ??= require(${JSON.stringify(path)}));`;
  const functions = Object.entries(original).filter(([, value]) => typeof value === "function");
  const wrapped = functions.map(
    ([name]) =>
      `export function ${name}(...given) { return new.target ? new (load().${name})(...given) : load().${name}(...given); }`,
  );
  return [load, ...wrapped].join("\n");
}

function lazyRequire(source, variable, module) {
  const eager = `const ${variable} = require('${module}');`;
  if (!source.includes(eager)) throw new Error(`commander no longer says ${eager}`);
  return source.replace(eager, `const ${variable} = new Proxy({}, { get: (_, key) => require('${module}')[key] });`);
}

export async function buildCommandLine() {
  for (const file of existsSync(outdir) ? readdirSync(outdir, { recursive: true }) : []) {
    if (file.endsWith(".cache")) rmSync(`${outdir}/${file}`);
  }
  for (const folder of ["hot", "commands"]) rmSync(`${outdir}/${folder}`, { recursive: true, force: true });
  const bundle = (options) => build({ ...common, ...options });
  await bundle({
    entryPoints: ["src/cli/main.ts"],
    define: { CODE_CACHE_ENGINE: JSON.stringify(engine) },
    banner: { js: "#!/usr/bin/env node" },
    outfile: `${outdir}/nbft.cjs`,
  });
  chmodSync(`${outdir}/nbft.cjs`, 0o755);
  await bundle({
    entryPoints: ["text", "json", "ndjson"].map((name) => `src/cli/hot/${name}.ts`),
    outdir: `${outdir}/hot`,
    outExtension: { ".js": ".cjs" },
  });
  await bundle({
    entryPoints: ["src/cli/full.ts"],
    plugins: [split({ up: "./", shared: true })],
    outfile: `${outdir}/full.cjs`,
  });
  await bundle({
    entryPoints: names("src/cli/commands").map((name) => `src/cli/commands/${name}.ts`),
    plugins: [split({ up: "../", shared: false })],
    outdir: `${outdir}/commands`,
    outExtension: { ".js": ".cjs" },
    // A module of type commonjs is its default export to those that import it.
    footer: { js: "module.exports = module.exports.default;" },
  });
  await bundle({
    entryPoints: ["src/cli/sources/described.ts"],
    plugins: [split({ up: "./", shared: false })],
    outfile: `${outdir}/described-source.cjs`,
  });
  await bundle({ stdin: { contents: 'export * from "yaml"', resolveDir: "." }, outfile: `${outdir}/yaml.cjs` });
  for (const file of readdirSync(outdir, { recursive: true })) {
    if (file.endsWith(".cjs") && file !== "nbft.cjs") mark(`${outdir}/${file}`);
  }
  await writeCodeCaches();
}

/** Puts a hash of a bundle at its beginning, by which its code cache is found: see src/cli/loader.ts. */
function mark(path) {
  const source = readFileSync(path);
  const hash = createHash("sha256").update(source).digest("hex").slice(0, 16);
  writeFileSync(path, `/*${hash}*/${source}`);
}

const table = "test/vectors/firmware/multipath/NBFT.bin";
const store = "node_modules/.cache/nbft-vars.fd";
/** Command lines that have V8 compile what most calls need; each command's help is added. */
const typical = [
  ["dump", table],
  ["dump", "-o", "json", table],
  ["dump", "-o", "ndjson", table],
  ["--help"],
  ["dump", "-o", "nvme-cli-json", table],
  ["validate", table],
  ["rules"],
  ["vars", "create", "-f", store],
  ["vars", "set", store, "Timeout", "--value", "5", "--no-backup"],
  ["vars", "show", store],
];

/**
 * Code caches beside the bundles, for Node.js with the same V8 as this one: command lines are run in this process, and what V8 has compiled
 * for a bundle until then is written down.
 */
async function writeCodeCaches() {
  const helper = "node_modules/.cache/nbft-route.cjs";
  const contents = `export * from "./src/cli/loader.ts"; export * from "./src/cli/route.ts";`;
  await build({ ...common, stdin: { contents, resolveDir: "." }, minify: false, outfile: helper });
  const { createLoader, route } = createRequire(import.meta.url)(resolve(helper));
  const loaded = new Map();
  const load = createLoader(false, ({ cache, script }) => loaded.set(cache, script));
  for (const argv of [...typical, ...names("src/cli/commands").map((name) => [name, "--help"])]) {
    const io = { out: () => {}, err: () => {}, stdin: () => new Uint8Array(), env: {}, exitCode: 0 };
    await route(argv, { ...io, outIsTty: false, errIsTty: false }, load, resolve(outdir));
  }
  for (const [cache, script] of loaded) writeFileSync(cache, script.createCachedData());
}
