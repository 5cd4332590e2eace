import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cacheKey, labCacheFolder, makeOnce } from "../../src/lab/cache.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-cache-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

it("lies where the user says, else in the user's cache", () => {
  expect(labCacheFolder({ NBFT_CACHE: "/x", XDG_CACHE_HOME: "/y", HOME: "/z" })).toBe("/x/lab");
  expect(labCacheFolder({ XDG_CACHE_HOME: "/y", HOME: "/z" })).toBe("/y/nbft/lab");
  expect(labCacheFolder({ HOME: "/z" })).toBe("/z/.cache/nbft/lab");
});

it("has other keys for other parts, however they are cut", () => {
  expect(cacheKey("a", "b")).toBe(cacheKey("a", "b"));
  expect(new Set([cacheKey("ab"), cacheKey("a", "b"), cacheKey("", "ab"), cacheKey("ab", "")]).size).toBe(4);
});

describe("makeOnce", () => {
  it("makes a thing once for a key, and anew for another", async () => {
    const path = join(scratch, "once/file");
    const made: string[] = [];
    const make = (key: string) =>
      makeOnce(path, key, async (partial) => {
        made.push(key);
        writeFileSync(partial, key);
      });
    for (const key of ["a", "a", "b", "b"]) await make(key);
    expect(made).toEqual(["a", "b"]);
    expect(readFileSync(path, "utf8")).toBe("b");
  });

  it("leaves what was there, and nothing half made, when making fails", async () => {
    const path = join(scratch, "fails/file");
    await makeOnce(path, "a", async (partial) => writeFileSync(partial, "good"));
    const failing = makeOnce(path, "b", async (partial) => {
      writeFileSync(partial, "half");
      throw new Error("stopped");
    });
    await expect(failing).rejects.toThrow("stopped");
    expect(readFileSync(path, "utf8")).toBe("good");
    expect(readdirSync(join(scratch, "fails")).sort()).toEqual(["file", "file.key"]);
  });
});

it("removes what a killed process had half made", async () => {
  const path = join(scratch, "stale/file");
  await makeOnce(path, "a", async (partial) => writeFileSync(partial, ""));
  for (const name of ["file.4194305.partial", "other.4194305.partial"]) writeFileSync(join(scratch, "stale", name), "");
  await makeOnce(path, "b", async (partial) => writeFileSync(partial, ""));
  expect(readdirSync(join(scratch, "stale")).sort()).toEqual(["file", "file.key", "other.4194305.partial"]);
});
