import { readFileSync, realpathSync, statSync } from "node:fs";
import { writeFileAtomic } from "./write-file.ts";

/** Choices of {@link replaceFile}. */
export interface ReplaceOptions {
  /** Keep what was there as `PATH.bak`. */
  readonly backup?: boolean | undefined;
}

/** A file that was changed by somebody else between reading and writing. */
export class FileChangedError extends Error {
  override name = "FileChangedError";
  readonly code = "ECHANGED";
  readonly syscall = "rename";
}

/**
 * Replaces a file that was read before: nothing is written if the bytes are the same, nor if the file is no longer what was
 * read. The new file is written beside it and renamed, so that a killed program leaves the old one; a symbolic link goes on
 * pointing at it.
 *
 * @returns whether anything was written.
 * @throws {FileChangedError} when the file has changed since it was read.
 */
export function replaceFile(
  path: string,
  before: Uint8Array,
  after: Uint8Array,
  options: ReplaceOptions = {},
): boolean {
  const same = (a: Uint8Array, b: Uint8Array) => Buffer.compare(a, b) === 0;
  if (same(before, after)) return false;
  const target = realpathSync(path);
  if (!same(readFileSync(target), before)) throw new FileChangedError(`${path} was changed by another program`);
  if (options.backup) writeFileAtomic(`${target}.bak`, before);
  writeFileAtomic(target, after);
  return true;
}

/**
 * Whether another program holds a lock on a file, as QEMU does on the image of a running machine. Known on Linux only;
 * false wherever it cannot be told.
 */
export function isLockedFile(path: string): boolean {
  try {
    const { dev, ino } = statSync(path, { bigint: true });
    const major = ((dev >> 8n) & 0xfffn) | ((dev >> 32n) & ~0xfffn);
    const minor = (dev & 0xffn) | ((dev >> 12n) & ~0xffn);
    const hex = (number: bigint) => number.toString(16).padStart(2, "0");
    return readFileSync("/proc/locks", "latin1").includes(` ${hex(major)}:${hex(minor)}:${ino} `);
  } catch {
    return false;
  }
}
