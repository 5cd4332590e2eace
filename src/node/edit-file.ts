import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { FileChangedError, FileError, namingFile } from "./file-error.ts";
import { withFileLock } from "./lock-file.ts";
import { replaceFile, type WrittenFile } from "./write-file.ts";

/** Choices of {@link editFile}. */
export interface FileEditOptions {
  /** Keep what was there as `PATH.bak`. A backup that exists is kept: it is the file before the first edit. */
  readonly backup?: boolean | undefined;
  /** Milliseconds to wait while another process edits the file; ten seconds unless said. */
  readonly wait?: number | undefined;
}

/** What happened to a file that was edited. */
export interface EditedFile extends WrittenFile {
  /** Whether anything was written: nothing is where the edit gives the bytes that there were. */
  readonly changed: boolean;
}

/**
 * Edits a file: reads it, gives its bytes to a function and writes what that returns. Of two edits at once, the second waits
 * for the first. The file is replaced as `writeFileAtomic` does it: attributes and symbolic links stay.
 *
 * The backup has the attributes of the file, and is never written through a symbolic link.
 *
 * @throws {FileLockedError} when another process edits the file for longer than `wait`.
 * @throws {FileChangedError} when a program that knows nothing of locks changed the file meanwhile.
 * @throws {FileError} when the file or its backup cannot be written, with what to do.
 */
export function editFile(
  path: string,
  edit: (before: Uint8Array) => Uint8Array,
  { backup, wait }: FileEditOptions = {},
): EditedFile {
  const target = namingFile(path, () => realpathSync(path));
  const action = () => {
    const before = namingFile(path, () => readFileSync(target));
    const after = edit(before);
    const same = (bytes: Uint8Array) => Buffer.compare(before, bytes) === 0;
    if (same(after)) return { changed: false, lost: [] };
    return namingFile(path, () => {
      if (backup) backUp(path, target, before);
      if (!same(readFileSync(target)))
        throw new FileChangedError(`${path}: was changed by another program while it was edited; try again`);
      return { changed: true, lost: replaceFile(target, after, { name: path, like: path }) };
    });
  };
  return withFileLock(target, action, { name: path, wait });
}

function backUp(path: string, target: string, bytes: Uint8Array): void {
  const backup = `${target}.bak`;
  try {
    const there = lstatSync(backup, { throwIfNoEntry: false });
    if (there?.isFile()) return;
    if (there)
      throw new FileError(
        `${path}: its backup ${backup} is there and not a regular file; remove it, or use --no-backup`,
      );
    replaceFile(backup, bytes, { like: path });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENAMETOOLONG") throw error;
    throw new FileError(`${path}: the name of its backup would be too long; use --no-backup, or a shorter name`);
  }
}

/**
 * Whether another program has a lock on a file as the system knows them, as QEMU has on the image of a running machine. Known
 * on Linux only; false wherever it cannot be told.
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
