// Bundles of the command line in dist/cli: `nbft.cjs` decides, `plain-*.cjs` show plain tables, `commands/*.cjs` do the rest. What several
// commands need is in `parts`, which they require when they first use something of it: Node.js itself starts in the time in which it reads
// 300 KB of code.
import { chmodSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { isAbsolute, relative, sep } from "node:path";
import { build } from "esbuild";
import { playgroundPage } from "./playground-page.mjs";

const outdir = "dist/cli";

/**
 * The parts, by the names of the files in them; each may need those before it, and of others what it uses late. One that does most of what a command
 * does has other parts in itself: one file without what it does not use takes less time than six.
 */
const parts = [
  [
    "base",
    /^src.(bytes|text|errors|version|rule-info|rules.words|node.file-error|uefi.bytes\.|acpi.container-kinds|cli.(io|row-command|commands|trouble|system-error|options.(table-)?rows)\.ts)/,
  ],
  ["run", /^(node_modules.commander|src.cli.(run|options.[a-z]+|sources.arguments)\.ts)/],
  ["yaml", /^node_modules.yaml/],
  [
    "reading",
    /^src.(reach|nbft.([\w-]+\.ts|generated|read.(?!claims|spans|frame)|structures.spec)|structure.text-value|acpi.(checksum|is-table)\.ts)/,
  ],
  ["structures", /^src.(structure|nbft.(?!write)|acpi.table-header\.ts)/],
  ["documents", /^src.(nbft.write|document)/],
  [
    "files",
    /^src.(acpi.(compression|reader|text.bare-text)\.|uefi.guids|node.(?!capture|containers|sources|file-tree|files-below|init|inspect|open|plain|run))/,
  ],
  ["containers", /^src.(acpi|node.(?!sources|plain-tables|files-below))/],
  ["variables", /^src.uefi.(config.(?!attempt)|nvmeof|companion|boot.boot-numbers|(attributes|variable)\.ts)/],
  ["store", /^src.uefi.(?!setattempt|store.check|config.attempt)/],
  ["uefi", /^src.uefi/],
  ["boot", /^src.boot/],
  ["catalogue", /^src.rules.(catalogue|generated.catalogue)/],
  ["rules", /^src.rules.(?!generated|texts|example|explain)/],
  ["examples", /^src.rules.generated/],
  ["texts", /^src.rules/],
  [
    "readers",
    /^src.consumers.(libnvme|behaviours|byte|note|model\.|shell-word|nvme-cli.(show|json-c|kernel-checks)|dracut.(dracut|network-setup))/,
  ],
  ["consumers", /^src.consumers/],
  ["repair", /^src.(repair.(?!remedies)|diff)/],
  ["sources", /^src.sources/],
  ["predict", /^src.predict/],
  ["verify", /^src.verify/],
  ["disk", /^src.machine.disk/],
  ["formats", /^src.output.(findings.(?!text)|junit)/],
  [
    "stores",
    /^src.cli.vars.(show|set-one|store-file)\.ts/,
    ["inputs", "reading", "structures", "files", "containers", "variables", "store", "uefi", "sources", "vars"],
  ],
  ["vars", /^src.(cli.(vars|sources.secret)|secrets.secret)/],
  ["described", /^src.cli.sources.(boot|described|efivarfs|one-table|tests)/],
  ["checking", /^src.cli.validate/, ["inputs", "reading", "structures", "rules", "repair", "documents"]],
  ["inputs", /^src.(cli.(sources|(color|output|progress)\.ts)|node.(sources|plain-tables|files-below)\.ts)/],
];

/** What needs other parts only when it uses something of them: commands, and what most of them start with. */
const lateIn = (part) =>
  part === undefined ||
  ["run", "vars", "described", "inputs", "sources", "verify", "checking", "stores"].includes(part);

/** Of these, who needs one module needs nearly all: they run together, which takes less code than each when it is looked up. */
const whole = ["base", "reading", "structures", "rules", "readers", "consumers", "verify", "checking", "stores"];

/** Small: what options can be, and what decides whether more is loaded. Each bundle that uses it has its own. */
const copied =
  /^src.(boot.(presets|schema-id)|consumers.stack-presets|document.revisions|predict.profile|cli.sources.(describing|only-source))\.ts/;

const rank = (part) => parts.findIndex(([name]) => name === part);

/** Modules of each part that something outside of it uses, and the names that it uses of each; undefined for all of them. */
const used = new Map(parts.map(([name]) => [name, new Map()]));

/** The same of what each part uses of others. */
const usedBy = new Map();

/** Whether these are complete. */
let allKnown = false;

/** Adds names to those of a module. */
function use(modules, file, names) {
  const before = modules.has(file) ? modules.get(file) : new Set();
  modules.set(file, before && names && new Set([...before, ...names]));
}

/** Names that a module takes from what it imports by `path`; undefined for all there are. */
function namesTaken(importer, path) {
  const names = [];
  for (const [, type, clause, from] of readFileSync(importer, "utf8").matchAll(
    /^(?:import|export) (type )?([^"';]*?) ?(?:from )?"([^"]+)";/gm,
  )) {
    if (from !== path || type) continue;
    const list = /^\{([^}]*)\}$/.exec(clause);
    if (!list) return undefined;
    for (const name of list[1].split(",")) if (!/^\s*(type\s|$)/.test(name)) names.push(name.trim().split(" as ")[0]);
  }
  return names;
}

/** Parts that most runs import and few use. */
const seldom = ["yaml", "documents", "uefi", "catalogue", "consumers", "repair"];

/** Whether a module is of the command line. */
const inCli = (importer) => relative("src/cli", importer).split(sep)[0] !== "..";

/** Modules of Node.js that take milliseconds to load, and that most runs do not use. */
const builtins = /^node:(child_process|crypto|net|os|readline|zlib)$/;

/** Puts the module of another part in the place of each import, for a bundle that is `up` from `outdir`. */
function otherParts(own, up) {
  const inside = parts.find(([name]) => name === own)?.[2] ?? [];
  return {
    name: "other-parts",
    setup(plugins) {
      plugins.onResolve({ filter: /./ }, async ({ path, kind, importer, resolveDir, pluginData, namespace }) => {
        if (pluginData === "asked" || kind === "entry-point" || namespace === "elsewhere") return undefined;
        if (builtins.test(path)) {
          const pluginData = { load: `require("${path}")`, late: true };
          return { path: `${path}.cjs`, namespace: "elsewhere", pluginData };
        }
        if (path.startsWith("node:")) return undefined;
        const resolved = await plugins.resolve(path, { kind, importer, resolveDir, pluginData: "asked" });
        const file = relative(".", resolved.path).replaceAll(sep, "/");
        const part = parts.find(([, files]) => files.test(file))?.[0];
        if (copied.test(file)) return resolved;
        // What a command has of the library for itself alone is not run for its help.
        if (own === undefined && part === undefined && !file.startsWith("src/cli/") && inCli(importer)) {
          const load = `require(${JSON.stringify(resolved.path)})`;
          return { path: `${file}.cjs`, namespace: "elsewhere", pluginData: { load, late: true } };
        }
        if (
          part === undefined ||
          part === own ||
          inside.includes(part) ||
          (own === "main" && kind !== "dynamic-import")
        )
          return resolved;
        const late =
          (lateIn(own) && !(inside.length > 0 && part === "base")) ||
          seldom.includes(part) ||
          kind === "dynamic-import";
        if (rank(part) > rank(own) && !late) throw new Error(`${importer}: ${own} comes before ${part}`);
        const names = kind === "import-statement" ? namesTaken(importer, path) : undefined;
        use(used.get(part), file, names);
        const taken = usedBy.get(own) ?? usedBy.set(own, new Map()).get(own);
        use(taken, file, names);
        const load = `part("${up}parts/${part}.cjs")[${JSON.stringify(file)}]`;
        const stub = { load, late, names: allKnown ? taken.get(file) : undefined };
        // A name in .mjs would make it an ES module.
        return { path: `${file}.cjs`, namespace: "elsewhere", pluginData: stub };
      });
      plugins.onLoad({ filter: /./, namespace: "elsewhere" }, ({ pluginData: { load, late, names } }) => {
        if (late) return { contents: `module.exports = late(() => ${load});` };
        if (!names) return { contents: `module.exports = Object.create(${load});` };
        // Looked up once, and not by the getters that esbuild makes of exports.
        const exports = [...names].sort().map((name) => `export const ${name} = $.${name};`);
        return { contents: `const $ = ${load};\n${exports.join("\n")}` };
      });
      plugins.onResolve({ filter: /./, namespace: "elsewhere" }, ({ path }) => ({ path, external: !isAbsolute(path) }));
    },
  };
}

/** Bundles that are loaded as such. */
const bundles = {
  name: "bundles",
  setup(plugins) {
    plugins.onResolve({ filter: /^\.\/commands\/[\w-]+\.ts$/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path: `.${path.replace(/ts$/, "cjs")}`, external: true } : undefined,
    );
    plugins.onResolve({ filter: /^\.\/plain-\w+\.ts$/ }, ({ path, kind }) =>
      kind === "dynamic-import" ? { path: path.replace(/ts$/, "cjs"), external: true } : undefined,
    );
  },
};

/**
 * What the stubs of other parts use: a part by its path, asked of Node.js once; what loads a module when something of it is looked up. esbuild copies
 * what an imported module has of its own, export by export: a stub has nothing of its own, all is its prototype's.
 */
const helpers = [
  // Where parts are is known. require() looks for a package around each and goes through its path six times, character by character: V8 finds that
  // hot after a few parts and optimizes it, which takes 3 ms.
  'const part=(cli=>path=>{const file=cli+path.slice(path.indexOf("/parts/"));let found=require.cache[file];',
  "if(!found){found=require.cache[file]=new module.constructor(file,module);found.load(file)}return found.exports})",
  '(__dirname.replace(/[\\\\/](commands|parts)$/,"")),',
  'late=load=>{let m;return Object.create(new Proxy({},{get:(_,key)=>key==="__esModule"||(m??=load())[key]}))};',
].join("");

function bundle({ own, up, plugins = [bundles, otherParts(own, up)], ...options }) {
  return build({
    bundle: true,
    platform: "node",
    target: "node20",
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

/** The contents of a part, its modules by their names: of each what others use, without the rest. */
function modulesAtOnce(modules) {
  const rows = [...modules].sort().map(([file, names], i) => {
    if (!names) return [`import * as m${i} from "./${file}";`, `"${file}": m${i}`];
    const own = [...names].sort().map((name) => [name, `${name}_${i}`]);
    return [
      `import { ${own.map(([name, as]) => `${name} as ${as}`).join(", ")} } from "./${file}";`,
      `"${file}": { ${own.map(([name, as]) => `${name}: ${as}`).join(", ")} }`,
    ];
  });
  return `${rows.map(([line]) => line).join("\n")}\nmodule.exports = {\n${rows.map(([, row]) => row).join(",\n")}\n};`;
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
  const plain = readdirSync("src/cli/dump").filter((file) => file.startsWith("plain-"));
  await bundle({ entryPoints: plain.map((file) => `src/cli/dump/${file}`), outdir, plugins: [] });
  const commands = readdirSync("src/cli/commands").filter((file) => file.endsWith(".ts"));
  await bundle({
    entryPoints: commands.map((file) => `src/cli/commands/${file}`),
    outdir: `${outdir}/commands`,
    up: "../",
  });
  // The last needs nothing that is not known by now, and the first is needed by all.
  for (const [name] of parts.toReversed()) {
    const modules = used.get(name);
    const contents = whole.includes(name) ? modulesAtOnce(modules) : modulesWhenAsked(modules);
    await bundle({
      stdin: { contents, resolveDir: "." },
      outfile: `${outdir}/parts/${name}.cjs`,
      own: name,
      up: "../",
    });
  }
}
