import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";

/** A folder for the files of one run. */
export function newRunFolder(cache: string): string {
  const runs = join(cache, "runs");
  mkdirSync(runs, { recursive: true });
  forgetOld(runs);
  return mkdtempSync(join(runs, `${new Date().toISOString().slice(0, 19).replaceAll(":", "")}-`));
}

/** Folders that were kept are kept for a week. */
function forgetOld(runs: string): void {
  const limit = Date.now() - 7 * 24 * 3600 * 1000;
  for (const name of readdirSync(runs)) {
    const folder = join(runs, name);
    if ((statSync(folder, { throwIfNoEntry: false })?.mtimeMs ?? limit) < limit)
      rmSync(folder, { recursive: true, force: true });
  }
}

/** What a kept folder does not need: the images that the cache has anyway. */
export function dropLargeFiles(folder: string): void {
  for (const name of ["host.initrd", "target.initrd", "namespace.img", "initrd.zst"])
    rmSync(join(folder, name), { force: true });
}
