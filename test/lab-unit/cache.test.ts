import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cacheKey, LockedError, labCacheFolder, makeOnce, takeLock } from "../../src/lab/cache.ts";

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

describe("takeLock", () => {
  it("is held by one, and waited for by another", async () => {
    const path = join(scratch, "lock");
    const release = await takeLock(path, 0, () => {});
    let waited = 0;
    const second = takeLock(path, 5000, () => {
      waited++;
      setTimeout(release, 100);
    });
    (await second)();
    expect(waited).toBe(1);
    expect(existsSync(path)).toBe(false);
  });

  it("is not waited for longer than that", async () => {
    const path = join(scratch, "held");
    const release = await takeLock(path, 0, () => {});
    await expect(takeLock(path, 0, () => {})).rejects.toBeInstanceOf(LockedError);
    release();
  });

  it("is taken over from a process that is gone", async () => {
    const path = join(scratch, "dead");
    // No process has an id beyond the kernel's limit of 2^22.
    writeFileSync(path, "4194305");
    const release = await takeLock(path, 0, () => {});
    expect(readFileSync(path, "utf8")).toBe(String(process.pid));
    release();
  });
});
