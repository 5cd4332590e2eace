import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { LabError } from "./errors.ts";
import { needProgram } from "./programs.ts";

/** The loadable modules of one kernel, `lib/modules/RELEASE`. */
export interface ModuleTree {
  readonly folder: string;
  /** File by module name, `-` written as `_`. */
  readonly files: ReadonlyMap<string, string>;
  /** Names of what the kernel has built in. */
  readonly builtin: ReadonlySet<string>;
}

/** A module ready for insmod. */
export interface LoadableModule {
  readonly name: string;
  /** The ELF object, unpacked. */
  readonly bytes: Uint8Array;
}

const canonical = (name: string) => name.replaceAll("-", "_");

/** Lists the modules below a folder; needs no depmod: it walks `kernel/`. What the platform throws for a missing folder is thrown on. */
export function readModuleTree(folder: string): ModuleTree {
  const files = new Map<string, string>();
  const walk = (path: string) => {
    for (const entry of readdirSync(path, { withFileTypes: true })) {
      const full = join(path, entry.name);
      if (entry.isDirectory()) walk(full);
      const match = /^(.+)\.ko(\.(xz|zst|gz))?$/.exec(entry.name);
      if (match) files.set(canonical(match[1]!), full);
    }
  };
  walk(join(folder, "kernel"));
  const list = readFileSync(join(folder, "modules.builtin"), "utf8").split("\n");
  const builtin = new Set(list.filter(Boolean).map((path) => canonical(path.replace(/^.*\/|\.ko$/g, ""))));
  return { folder, files, builtin };
}

/** Which of these modules a kernel has neither as a file nor built in. */
export function missingModules(tree: ModuleTree, names: readonly string[]): string[] {
  return names.filter((name) => !tree.files.has(canonical(name)) && !tree.builtin.has(canonical(name)));
}

/**
 * Modules and everything they depend on, in the order in which insmod takes them; what is built in is left out.
 * Dependencies are read from each module's `.modinfo`, so that no depmod has to have run.
 *
 * @throws {LabError} when the kernel has no such module.
 */
export function loadModules(tree: ModuleTree, names: readonly string[]): LoadableModule[] {
  const order: LoadableModule[] = [];
  const seen = new Set<string>();
  const want = (wanted: string, by: string) => {
    const name = canonical(wanted);
    if (seen.has(name) || tree.builtin.has(name)) return;
    seen.add(name);
    const file = tree.files.get(name);
    if (file === undefined) throw new LabError(`the kernel in ${tree.folder} has no module ${name}${by}`);
    const bytes = unpack(file);
    const info = readModinfo(bytes);
    for (const dependency of info.depends) want(dependency, `, which ${name} needs`);
    // A soft dependency that this kernel was built without is not missed.
    for (const soft of info.before) if (tree.files.has(canonical(soft))) want(soft, "");
    order.push({ name, bytes });
  };
  for (const name of names) want(name, "");
  return order;
}

/** What a module says about its dependencies: `depends=` and `softdep=pre: …` of its `.modinfo` section. */
export function readModinfo(bytes: Uint8Array): { depends: string[]; before: string[] } {
  const depends: string[] = [];
  const before: string[] = [];
  for (const value of strings(bytes, "depends=")) depends.push(...value.split(",").filter(Boolean));
  for (const value of strings(bytes, "softdep=")) {
    const pre = /(?:^|\s)pre:\s*((?:(?!post:)\S+\s*)*)/.exec(value);
    if (pre) before.push(...pre[1]!.split(/\s+/).filter(Boolean));
  }
  return { depends, before };
}

/** NUL-terminated strings that start with `key`, directly after a NUL; without the key. */
function* strings(bytes: Uint8Array, key: string): Generator<string> {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const needle = Buffer.from(`\0${key}`, "latin1");
  for (let at = text.indexOf(needle); at >= 0; at = text.indexOf(needle, at + 1)) {
    const start = at + needle.length;
    const end = text.indexOf(0, start);
    yield text.toString("latin1", start, end < 0 ? text.length : end);
  }
}

const largest = 256 * 1024 * 1024;

function unpack(file: string): Uint8Array {
  if (file.endsWith(".gz")) return gunzipSync(readFileSync(file), { maxOutputLength: largest });
  if (file.endsWith(".xz"))
    return execFileSync(needProgram("xz", "unpacks kernel modules"), ["-dc", file], { maxBuffer: largest });
  if (file.endsWith(".zst"))
    return execFileSync(needProgram("zstd", "unpacks kernel modules"), ["-qdc", file], { maxBuffer: largest });
  return readFileSync(file);
}
