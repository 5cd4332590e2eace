import {
  closeSync,
  constants,
  fsyncSync,
  openSync,
  readdirSync,
  realpathSync,
  renameSync,
  type Stats,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file so that nobody ever sees half of it: to a temporary name in the same folder, flushed, then renamed.
 * An existing file keeps its permissions, a symbolic link its place; devices and pipes (`/dev/stdout`) are written directly.
 *
 * Errors of the system name the file.
 */
export function writeFileAtomic(path: string, data: Uint8Array | string): void {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  try {
    const before = statSync(path, { throwIfNoEntry: false });
    if (!before || before.isFile()) replace(before ? realpathSync(path) : path, before, bytes);
    else writeAndClose(openSync(path, "w"), bytes);
  } catch (error) {
    (error as NodeJS.ErrnoException).path = path;
    throw error;
  }
}

function replace(path: string, before: Stats | undefined, bytes: Uint8Array): void {
  const temporary = temporaryFor(path);
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    writeAndClose(openSync(temporary, flags, before ? before.mode & 0o777 : 0o666), bytes);
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
}

/** Folders in which this process has looked for what killed ones left. */
const swept = new Set<string>();
/** Milliseconds after which a file that nobody owns is no longer about to be renamed by a process that cannot be seen from here. */
const ABANDONED = 60_000;

/**
 * A name beside a file to write it under. What killed programs left under such names in the folder is removed on the way, once a process.
 */
export function temporaryFor(path: string): string {
  const folder = dirname(path);
  if (!swept.has(folder)) {
    swept.add(folder);
    sweep(folder);
  }
  const temporary = join(folder, `.${basename(path)}.nbft-${process.pid}.tmp`);
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

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function writeAndClose(fd: number, bytes: Uint8Array): void {
  try {
    for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at);
    syncQuietly(fd);
  } finally {
    closeSync(fd);
  }
}

/** Pipes and some file systems refuse to flush; the data is written all the same. */
function syncQuietly(fd: number): void {
  try {
    fsyncSync(fd);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EINVAL") throw error;
  }
}

function removeQuietly(path: string): void {
  try {
    unlinkSync(path);
  } catch {
    // Nothing was created.
  }
}
