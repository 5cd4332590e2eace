// Bundles of the command line in dist/cli: `nbft.cjs` decides, `plain-*.cjs` show plain tables, `commands/*.cjs` do the rest. What several
// commands need is in `parts`, which they require when they first use something of it: Node.js itself starts in the time in which it reads
// 300 KB of code.
import { chmodSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { build } from "esbuild";
import { playgroundPage } from "./playground-page.mjs";

const outdir = "dist/cli";

/**
 * The parts: the modules of each, with `.` for what is between folders.
 *
 * - A part uses those before it at once, and those after it when it first uses something of them; one that is `late` uses all others so, as commands do.
 * - `seldom`: most runs import something of it and few use it, so everybody uses it late.
 * - `whole`: who needs one module needs nearly all; they run together, which takes less code than each when it is looked up.
 * - `copies`: does most of what a command does, and has what it needs of these parts in itself: one file without what it does not use takes less
 *   time than six.
 */
const parts = {
  base: {
    modules:
      /^src.(bytes|text|errors|version|rule-info|rules.words|node.file-error|uefi.bytes\.|acpi.container-kinds|cli.(io|row-command|commands|trouble|system-error|options.(table-)?rows)\.ts)/,
    whole: true,
  },
  run: { modules: /^(node_modules.commander|src.cli.(run|options.[a-z]+|sources.arguments)\.ts)/, late: true },
  yaml: { modules: /^node_modules.yaml/, seldom: true, whole: true },
  reading: {
    modules:
      /^src.(reach|nbft.([\w-]+\.ts|generated|read.(?!claims|spans|frame)|structures.spec)|structure.text-value|acpi.(checksum|is-table)\.ts)/,
    whole: true,
  },
  structures: { modules: /^src.(structure|nbft.(?!write)|acpi.table-header\.ts)/, whole: true },
  documents: { modules: /^src.(nbft.write|document)/, seldom: true },
  files: {
    modules:
      /^src.(acpi.(compression|reader|tar|text.bare-text)\.|uefi.guids|node.(?!capture|containers|sources|file-tree|files-below|init|inspect|open|plain|run))/,
  },
  containers: { modules: /^src.(acpi|node.(?!sources|plain-tables|files-below))/ },
  variables: { modules: /^src.uefi.(config.(?!attempt)|nvmeof|companion|boot.boot-numbers|(attributes|variable)\.ts)/ },
  store: { modules: /^src.uefi.(?!setattempt|store.check|config.attempt)/ },
  uefi: { modules: /^src.uefi/, seldom: true },
  boot: { modules: /^src.boot/ },
  catalogue: { modules: /^src.rules.(catalogue|generated.catalogue)/, seldom: true },
  rules: { modules: /^src.rules.(?!generated|texts|example|explain)/, whole: true },
  examples: { modules: /^src.rules.generated/ },
  texts: { modules: /^src.rules/ },
  readers: {
    modules:
      /^src.consumers.(libnvme|behaviours|byte|note|model\.|shell-word|nvme-cli.(show|json-c|kernel-checks)|dracut.(dracut|network-setup))/,
    whole: true,
  },
  consumers: { modules: /^src.consumers/, seldom: true, whole: true },
  repair: { modules: /^src.(repair.(?!remedies)|diff)/, seldom: true },
  sources: { modules: /^src.sources/, late: true },
  predict: { modules: /^src.predict/ },
  verify: { modules: /^src.verify/, late: true, whole: true },
  disk: { modules: /^src.machine.disk/ },
  initramfs: { modules: /^src.(initramfs|output.initramfs)/, seldom: true, late: true },
  guests: { modules: /^src.lab.(generated|image|initrds|children)/ },
  trees: { modules: /^src.output.table-tree/ },
  formats: { modules: /^src.output.(findings.(?!text)|junit)/ },
  stores: {
    modules: /^src.cli.vars.(show|set-one|store-file)\.ts/,
    late: true,
    whole: true,
    copies: ["inputs", "reading", "structures", "files", "containers", "variables", "store", "uefi", "sources", "vars"],
  },
  vars: { modules: /^src.(cli.(vars|sources.secret)|secrets.secret)/, late: true },
  described: { modules: /^src.cli.sources.(boot|described|efivarfs|one-table|tests)/, late: true },
  checking: {
    modules: /^src.cli.validate/,
    late: true,
    whole: true,
    copies: ["inputs", "reading", "structures", "rules", "repair", "documents"],
  },
  inputs: {
    modules: /^src.(cli.(sources|(color|output|progress)\.ts)|node.(sources|plain-tables|files-below)\.ts)/,
    late: true,
  },
};
const names = Object.keys(parts);

/** Small: what options can be, and what decides whether more is loaded. Each bundle that uses it has its own. */
const copied =
  /^src.(acpi.text-styles|boot.(presets|schema-id)|consumers.(libnvme.releases|stack-presets)|document.revisions|lab.image.loader-kinds|predict.profile|secrets.choices|uefi.(config.firmware-config|store.geometries)|cli.sources.(describing|only-source))\.ts/;

/** Modules of each part that something outside of it uses, and the names that it uses of each; undefined for all of them. */
const used = new Map(names.map((name) => [name, new Map()]));

/** The same of what each part uses of others, and `nbft.cjs`, and the commands together. */
const usedBy = new Map([...names, "main", undefined].map((name) => [name, new Map()]));

/** Whether these are complete. */
let allKnown = false;

/** Adds names to those of a module. */
function use(modules, file, taken) {
  const before = modules.has(file) ? modules.get(file) : new Set();
  modules.set(file, before && taken && new Set([...before, ...taken]));
}

/** Names that a module takes from what it imports by `path`; undefined for all there are. */
function namesTaken(importer, path) {
  const taken = [];
  for (const [, type, clause, from] of readFileSync(importer, "utf8").matchAll(
    /^(?:import|export) (type )?([^"';]*?) ?(?:from )?"([^"]+)";/gm,
  )) {
    if (from !== path || type) continue;
    const list = /^\{([^}]*)\}$/.exec(clause);
    if (!list) return undefined;
    for (const name of list[1].split(",")) if (!/^\s*(type\s|$)/.test(name)) taken.push(name.trim().split(" as ")[0]);
  }
  return taken;
}

/** Whether a module is of the command line. */
const inCli = (importer) => relative("src/cli", importer).split(sep)[0] !== "..";

/** Modules of Node.js that take milliseconds to load, and that most runs do not use. */
const builtins = /^node:(child_process|crypto|net|os|readline|zlib)$/;

/** Puts a stub in the place of each import of a module that another part has, for a bundle that is `up` from `outdir`; a command is no part. */
function otherParts(own, up) {
  const { late = own === undefined, copies = [] } = parts[own] ?? {};
  return {
    name: "other-parts",
    setup(plugins) {
      plugins.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, pluginData, namespace }) => {
        if (pluginData === "asked" || kind === "entry-point" || namespace === "elsewhere") return undefined;
        if (builtins.test(path)) return stub(path, { load: `require("${path}")`, late: true });
        if (path.startsWith("node:")) return undefined;
        const resolved = await plugins.resolve(path, { kind, importer, resolveDir, pluginData: "asked" });
        const file = relative(".", resolved.path).replaceAll(sep, "/");
        const part = names.find((name) => parts[name].modules.test(file));
        if (copied.test(file) || (part !== undefined && (part === own || copies.includes(part)))) return resolved;
        if (part === undefined) {
          // What a command has of the library for itself alone is not run for its help.
          const forCommand = own === undefined && !file.startsWith("src/cli/") && inCli(importer);
          return forCommand ? stub(file, { load: `require(${JSON.stringify(resolved.path)})`, late: true }) : resolved;
        }
        // What decides is loaded by every run.
        if (own === "main" && kind !== "dynamic-import") return resolved;
        const isLate =
          (late && !(copies.length > 0 && part === "base")) || parts[part].seldom || kind === "dynamic-import";
        if (!isLate && names.indexOf(part) > names.indexOf(own))
          throw new Error(`${importer}: ${own} comes before ${part}`);
        const taken = kind === "import-statement" ? namesTaken(importer, path) : undefined;
        use(used.get(part), file, taken);
        const of = usedBy.get(own);
        use(of, file, taken);
        const load = `part("${up}parts/${part}.cjs")[${JSON.stringify(file)}]`;
        return stub(file, { load, late: isLate, taken: allKnown ? of.get(file) : undefined });
      });
      plugins.onLoad({ filter: /./, namespace: "elsewhere" }, ({ pluginData: { load, late, taken } }) => {
        if (late) return { contents: `module.exports = late(() => ${load});` };
        if (!taken) return { contents: `module.exports = Object.create(${load});` };
        // Looked up once, and not by the getters that esbuild makes of exports.
        const exports = [...taken].sort().map((name) => `export const ${name} = $.${name};`);
        return { contents: `const $ = ${load};\n${exports.join("\n")}` };
      });
      plugins.onResolve({ filter: /./, namespace: "elsewhere" }, ({ path }) => ({ path, external: !isAbsolute(path) }));
    },
  };
}

/** What is in the place of a module: `load` is the expression that gives it. */
function stub(file, pluginData) {
  // A name in .mjs would make it an ES module.
  return { path: `${file}.cjs`, namespace: "elsewhere", pluginData };
}

/** Formats of `nbft dump` that the first bundle loads by themselves. */
const plain = new Set();

/** Bundles that are loaded as such. */
const bundles = {
  name: "bundles",
  setup(plugins) {
    plugins.onResolve({ filter: /^\.\/commands\/[\w-]+\.ts$/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path: `.${path.replace(/ts$/, "cjs")}`, external: true } : undefined,
    );
    plugins.onResolve({ filter: /^\.\/\w+\.ts$/ }, ({ path, kind, importer }) => {
      if (kind !== "dynamic-import" || !/src.cli.dump.request\.ts$/.test(importer)) return undefined;
      const format = path.slice(2, -".ts".length);
      plain.add(format);
      return { path: `./plain-${format}.cjs`, external: true };
    });
  },
};

/**
 * What stubs call, at the start of each bundle.
 *
 * `part("../parts/NAME.cjs")` does what `require` does with a file whose place is known: looks in the cache of modules, else makes one and loads it.
 * `require` itself looks for a package.json around each file and goes through its path six times, character by character, which V8 finds hot after a
 * few parts and optimizes: 0.1 to 0.15 of the time in which Node.js starts. `load` of a module is not documented: where it is missing, `require` is
 * used.
 *
 * `late(load)` stands for a module, and loads it when something of it is looked up. esbuild copies what an imported module has of its own, export by
 * export: this has nothing of its own, all is its prototype's.
 */
const helpers = `
const cliFolder = __dirname.replace(/[\\\\/](commands|parts)$/, "");
function part(path) {
  if (!module.load) return require(path);
  const file = cliFolder + path.slice(path.indexOf("/parts/"));
  let found = require.cache[file];
  if (!found) {
    found = require.cache[file] = new module.constructor(file, module);
    found.load(file);
  }
  return found.exports;
}
function late(load) {
  let loaded;
  const get = (_, name) => name === "__esModule" || (loaded ??= load())[name];
  return Object.create(new Proxy({}, { get }));
}`.replaceAll(/\n\s*/g, "");

function bundle({ own, up, plugins = [bundles, otherParts(own, up)], ...options }) {
  return build({
    bundle: true,
    platform: "node",
    target: "node20",
    // As ES modules, of which what nobody uses is left out.
    alias: { yaml: "./node_modules/yaml/browser/dist/index.js" },
    format: "cjs",
    minify: true,
    logLevel: "warning",
    // A dynamic import() would start the loader of ES modules; require() does not.
    supported: { "dynamic-import": false },
    outExtension: { ".js": ".cjs" },
    banner: { js: helpers },
    plugins,
    ...options,
  });
}

/** The whole command line as one file. */
export async function buildOneFile(outfile) {
  return bundle({
    entryPoints: ["src/cli/main.ts"],
    outfile,
    plugins: [],
    banner: { js: "#!/usr/bin/env node" },
    define: { PLAYGROUND: JSON.stringify(await playgroundPage()) },
  });
}

/** The contents of a part that is whole, its modules by their names: of each what others use, without the rest. */
function modulesAtOnce(modules) {
  const imports = [];
  const exports = [];
  for (const [i, [file, taken]] of [...modules].sort().entries()) {
    // Two modules may have one name for two things.
    const own = [...(taken ?? [])].sort().map((name) => ({ name, as: `${name}_${i}` }));
    const imported = taken ? `{ ${own.map(({ name, as }) => `${name} as ${as}`).join(", ")} }` : `* as m${i}`;
    const exported = taken ? `{ ${own.map(({ name, as }) => `${name}: ${as}`).join(", ")} }` : `m${i}`;
    imports.push(`import ${imported} from "./${file}";`);
    exports.push(`"${file}": ${exported}`);
  }
  return `${imports.join("\n")}\nmodule.exports = {\n${exports.join(",\n")}\n};`;
}

/** The same where each module runs when it is first looked up. */
function modulesWhenAsked(modules) {
  const files = [...modules.keys()].sort();
  return `module.exports = {\n${files.map((file) => `get "${file}"() { return require("./${file}"); }`).join(",\n")}\n};`;
}

export async function buildCommandLine() {
  rmSync(outdir, { recursive: true, force: true });
  // What is used of a part is known when everything was bundled once.
  await buildBundles();
  allKnown = true;
  await buildBundles();
}

async function buildBundles() {
  await bundle({
    entryPoints: { nbft: "src/cli/main.ts" },
    outdir,
    own: "main",
    up: "./",
    banner: { js: `#!/usr/bin/env node\n${helpers}` },
  });
  chmodSync(`${outdir}/nbft.cjs`, 0o755);
  const formats = Array.from(plain, (format) => [`plain-${format}`, `src/cli/dump/${format}.ts`]);
  await bundle({ entryPoints: Object.fromEntries(formats), outdir, plugins: [] });
  const commands = readdirSync("src/cli/commands").filter((file) => file.endsWith(".ts"));
  await bundle({
    entryPoints: commands.map((file) => `src/cli/commands/${file}`),
    outdir: `${outdir}/commands`,
    up: "../",
  });
  // From the last to the first: what is used of a part is known when those after it are bundled.
  for (const name of names.toReversed()) {
    const modules = used.get(name);
    const contents = parts[name].whole ? modulesAtOnce(modules) : modulesWhenAsked(modules);
    await bundle({
      stdin: { contents, resolveDir: "." },
      outfile: `${outdir}/parts/${name}.cjs`,
      own: name,
      up: "../",
    });
  }
}
