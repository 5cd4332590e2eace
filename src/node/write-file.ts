import { closeSync, constants, fsyncSync, openSync, renameSync, statSync, unlinkSync, writeSync } from "node:fs";
import { basename, dirname, join } from "node:path";

/**
 * Writes a file so that nobody ever sees half of it: to a temporary name in the same folder, flushed, then renamed.
 * An existing file keeps its permissions; devices and pipes (`/dev/stdout`) are written directly.
 */
export function writeFileAtomic(path: string, data: Uint8Array | string): void {
  const bytes = typeof data === "string" ? new TextEncoder().encode(data) : data;
  const before = statSync(path, { throwIfNoEntry: false });
  if (before && !before.isFile()) {
    writeAndClose(openSync(path, "w"), bytes);
    return;
  }
  const temporary = join(dirname(path), `.${basename(path)}.${process.pid}.tmp`);
  try {
    const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
    writeAndClose(openSync(temporary, flags, before ? before.mode & 0o777 : 0o666), bytes);
    renameSync(temporary, path);
  } catch (error) {
    removeQuietly(temporary);
    throw error;
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
