import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../node/temporary-file.ts";

/** Folder of the lab's cache: `lab` in `NBFT_CACHE`, else in `$XDG_CACHE_HOME/nbft`, else in `~/.cache/nbft`. */
export function labCacheFolder(env: Readonly<Record<string, string | undefined>>): string {
  const base = env["NBFT_CACHE"] || join(env["XDG_CACHE_HOME"] || join(env["HOME"] || homedir(), ".cache"), "nbft");
  return join(base, "lab");
}

/** First half of a SHA-256 over some texts, for the names of things that depend on them. */
export function cacheKey(...parts: readonly (string | Uint8Array)[]): string {
  const hash = createHash("sha256");
  for (const part of parts) hash.update(`${part.length}:`).update(part);
  return hash.digest("hex").slice(0, 12);
}

/** A file of this process alone, named after the final one; a rename puts it in place. */
function partialName(path: string): string {
  return `${path}.${process.pid}.partial`;
}

/**
 * Makes a file or folder unless it is there and was made from the same inputs; a run that was stopped leaves nothing that looks finished.
 *
 * @param make writes to the path that it is given.
 */
export async function makeOnce(path: string, key: string, make: (path: string) => Promise<void>): Promise<void> {
  const stamp = `${path}.key`;
  if (existsSync(path) && existsSync(stamp) && readFileSync(stamp, "utf8") === key) return;
  mkdirSync(dirname(path), { recursive: true });
  removeStale(path);
  const partial = partialName(path);
  rmSync(partial, { recursive: true, force: true });
  try {
    await make(partial);
    rmSync(stamp, { force: true });
    rmSync(path, { recursive: true, force: true });
    renameSync(partial, path);
    writeFileSync(stamp, key);
  } finally {
    rmSync(partial, { recursive: true, force: true });
  }
}

/** Removes what processes that were killed had half made. */
function removeStale(path: string): void {
  for (const name of readdirSync(dirname(path))) {
    const pid = name.startsWith(`${basename(path)}.`) ? /\.(\d+)\.partial$/.exec(name)?.[1] : undefined;
    if (pid !== undefined && !isAlive(Number(pid))) rmSync(join(dirname(path), name), { recursive: true, force: true });
  }
}
