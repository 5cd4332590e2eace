import { readFileSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { Script } from "node:vm";

/** A bundle that was loaded, for who makes code caches. */
export interface LoadedBundle {
  readonly path: string;
  readonly script: Script;
  /** Where its code cache is, or would be. */
  readonly cache: string;
}

/** The engine whose code caches are of use to this process: V8 refuses those of any other version. */
export const engine = `${process.versions.v8}-${process.arch}`;

/** Length of the mark with which every bundle begins, in a comment: a hash of the rest. */
const MARK = 16;

/**
 * Name of the code cache beside a bundle. The bundle's mark is part of it: V8 itself tells texts apart by nothing but their length, and would
 * run the code of another build.
 */
export function cachePath(path: string, source: string): string {
  return `${path}.${source.slice(2, 2 + MARK)}.${engine}.cache`;
}

/**
 * A `require` for the bundles beside this one. With a code cache, V8 need not parse and compile what it has compiled when the package was
 * built, which is half of what a short command takes. A cache that is missing or of another engine changes nothing but the time.
 */
export function createLoader(caches: boolean, onLoad?: (bundle: LoadedBundle) => void): (path: string) => unknown {
  const modules = new Map<string, { exports: unknown }>();
  const load = (path: string): unknown => {
    const known = modules.get(path);
    if (known) return known.exports;
    const module = { exports: {} };
    modules.set(path, module);
    const source = readFileSync(path, "utf8");
    const cachedData = caches ? readCache(cachePath(path, source)) : undefined;
    const wrapped = `(function (exports, require, module) {${source}\n})`;
    const script = new Script(wrapped, { filename: path, ...(cachedData ? { cachedData } : {}) });
    onLoad?.({ path, script, cache: cachePath(path, source) });
    const folder = dirname(path);
    const inner = (id: string) => (id.startsWith(".") ? load(resolve(folder, id)) : require(id));
    (script.runInThisContext() as (...given: unknown[]) => void)(module.exports, inner, module);
    return module.exports;
  };
  return load;
}

function readCache(path: string): Buffer | undefined {
  try {
    return readFileSync(path);
  } catch {
    return undefined;
  }
}
