import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createLoader, type LoadedBundle } from "../../src/cli/loader.ts";

const folder = mkdtempSync(join(tmpdir(), "nbft-loader-"));
const main = join(folder, "main.cjs");
const part = join(folder, "parts", "part.cjs");
beforeAll(() => {
  mkdirSync(join(folder, "parts"));
  writeFileSync(
    main,
    `exports.part = () => require("./parts/part.cjs"); exports.fs = require("node:fs"); exports.self = exports;`,
  );
  writeFileSync(
    part,
    `/*fedcba9876543210*/ const main = require("../main.cjs"); module.exports = { main, twice: (n) => 2 * n };`,
  );
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

interface Main {
  readonly self: Main;
  readonly fs: typeof import("node:fs");
  part(): { readonly main: Main; twice(n: number): number };
}

/** Loads the bundles and uses them. */
function use(caches: boolean): LoadedBundle[] {
  const loaded: LoadedBundle[] = [];
  const load = createLoader(caches, (bundle) => loaded.push(bundle));
  const first = load(main) as Main;
  expect(first.fs.readFileSync).toBeTypeOf("function");
  expect(first.part().twice(21)).toBe(42);
  // There is one of each, whoever asks.
  expect(first.part().main).toBe(first.self);
  expect(load(part)).toBe(first.part());
  return loaded;
}

it("links bundles to each other, each loaded once and when it is asked for", () => {
  expect(use(false).map(({ path }) => path)).toEqual([main, part]);
});

it("takes code caches, and does without those that are missing, broken or of another text", () => {
  const rejected = (caches: boolean) => use(caches).map(({ script }) => script.cachedDataRejected);
  for (const { cache, script } of use(false)) writeFileSync(cache, script.createCachedData());
  expect(rejected(true)).toEqual([false, false]);
  expect(rejected(false)).toEqual([undefined, undefined]);
  // A text that V8 has compiled before needs no cache: each is another one.
  const another = (mark: string, text: string) =>
    writeFileSync(
      part,
      `/*${mark}*/ const main = require("../main.cjs"); module.exports = { main, twice: (n) => ${text} };`,
    );
  another("another text ---", "n + n");
  expect(rejected(true)).toEqual([false, undefined]);
  // Broken, under the right name.
  const { cache } = use(false)[1]!;
  another("another text ---", "n - -n");
  writeFileSync(cache, "no cache at all");
  expect(rejected(true)).toEqual([false, true]);
});
