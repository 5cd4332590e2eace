import { readdirSync, statSync, unlinkSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/** Milliseconds after which a file whose process cannot be seen from here (another machine, another container) counts as abandoned. */
export const ABANDONED = 60_000;

/** Longest name that file systems take is 255 bytes; what a name beside a file adds to the file's own fits in the rest. */
const MOST_NAME = 200;

/** A hidden name beside a file: `.NAME.SUFFIX` in the same folder, NAME shortened where the whole would be too long. */
export function hiddenNameFor(path: string, suffix: string): string {
  const name = Buffer.from(basename(path));
  const shortened = name.length > MOST_NAME ? name.subarray(0, MOST_NAME).toString() : basename(path);
  return join(dirname(path), `.${shortened}.${suffix}`);
}

/** Folders in which this process has looked for what killed ones left. */
const swept = new Set<string>();

/**
 * A name beside a file to write it under. What killed programs left under such names in the folder is removed on the way, once a process.
 */
export function temporaryNameFor(path: string): string {
  const folder = dirname(path);
  if (!swept.has(folder)) {
    swept.add(folder);
    sweep(folder);
  }
  const temporary = hiddenNameFor(path, `nbft-${process.pid}.tmp`);
  // A program with the same number may have been killed here once.
  removeQuietly(temporary);
  return temporary;
}

function sweep(folder: string): void {
  try {
    for (const name of readdirSync(folder)) {
      const pid = /^\..*\.nbft-(\d+)\.tmp$/.exec(name)?.[1];
      if (pid === undefined || isAlive(Number(pid))) continue;
      const path = join(folder, name);
      if (Date.now() - statSync(path).mtimeMs > ABANDONED) removeQuietly(path);
    }
  } catch {
    // What cannot be looked at cannot be tidied up; whether it can be written is seen next.
  }
}

/** Whether a process with this number exists here. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Removes a file if it is there and can be removed. */
export function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Nothing was created.
  }
}
