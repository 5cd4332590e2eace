import {
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  linkSync,
  lstatSync,
  openSync,
  readlinkSync,
  realpathSync,
  renameSync,
  statSync,
  writeSync,
} from "node:fs";
import { dirname, resolve } from "node:path";
import { copyAttributes } from "./copy-attributes.ts";
import { FileError, namingFile } from "./file-error.ts";
import { withFileLock } from "./lock-file.ts";
import { removeQuietly, temporaryNameFor } from "./temporary-file.ts";

/** A large file in parts, in the order of their offsets; what lies between them is zero. */
export interface FileParts {
  /** Bytes altogether, where the last part is not the end. */
  readonly size?: number;
  /** Each part's first byte in the file, and its bytes. */
  readonly parts: Iterable<{ readonly offset: number; readonly bytes: Uint8Array }>;
}

/** What a file is to have in it. */
export type FileContent = Uint8Array | string | FileParts;

/** What happened to a file that was written. */
export interface WrittenFile {
  /** What the file had before and has no more: owner, group, access control list, extended attributes, hard links. */
  readonly lost: readonly string[];
}

/** Choices of {@link writeFileAtomic}. */
export interface WriteFileOptions {
  /** A file that is there stays, also one that another process made just before. */
  readonly fresh?: boolean | undefined;
}

/**
 * Writes a file so that nobody ever sees half of it: to a temporary name in the same folder, flushed, then renamed.
 *
 * A file that was there keeps its mode, owner, group, access control list and extended attributes; an edit of it that another
 * process is making is waited for (`editFile`). A symbolic link stays, and the file that it leads to is written, also where
 * there is none yet. Devices and pipes (`/dev/stdout`) are written in place.
 *
 * Errors of the system name the file.
 *
 * @throws {FileError} when the file can be written, but not replaced, or is there and should not be.
 * @throws {FileLockedError} when another process edits the file for too long.
 */
export function writeFileAtomic(path: string, content: FileContent, { fresh }: WriteFileOptions = {}): WrittenFile {
  return namingFile(path, () => {
    const before = statSync(path, { throwIfNoEntry: false });
    if (before && !before.isFile()) {
      writeInPlace(path, content);
      return { lost: [] };
    }
    if (!before) {
      const target = endOfLinks(path);
      return { lost: fresh ? createFile(target, content, path) : replaceFile(target, content, { name: path }) };
    }
    if (fresh) throw existsAlready(path);
    const target = realpathSync(path);
    const action = () => replaceFile(target, content, { name: path, like: target });
    return { lost: withFileLock(target, action, { name: path }) };
  });
}

/** The path at the end of symbolic links, which need not lead to a file yet. */
export function endOfLinks(path: string): string {
  let target = path;
  while (lstatSync(target, { throwIfNoEntry: false })?.isSymbolicLink()) {
    target = resolve(realpathSync(dirname(target)), readlinkSync(target));
  }
  return target;
}

/** Choices of {@link replaceFile}. */
export interface ReplaceOptions {
  /** What messages call the file: a symbolic link that leads to it. */
  readonly name?: string;
  /** The file whose attributes the new one gets; without it those of any new file. */
  readonly like?: string;
}

/**
 * Puts a new file in the place of a path, which is not a symbolic link.
 *
 * @returns what the new file did not get.
 */
export function replaceFile(path: string, content: FileContent, { name = path, like }: ReplaceOptions = {}): string[] {
  const temporary = temporaryNameFor(path);
  try {
    const lost = writeTemporary(temporary, content, like);
    const names = statSync(path, { throwIfNoEntry: false })?.nlink ?? 1;
    rename(temporary, path, name);
    if (names < 2) return lost;
    const others = names === 2 ? "another name keeps" : `${names - 1} other names keep`;
    return [...lost, `hard links (${others} the old content)`];
  } catch (error) {
    removeQuietly(temporary);
    throw error;
  }
}

/** Gives a new file its name only if nothing has it. */
function createFile(target: string, content: FileContent, path: string): string[] {
  const temporary = temporaryNameFor(target);
  try {
    writeTemporary(temporary, content, undefined);
    linkSync(temporary, target);
  } catch (error) {
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== "link") throw error;
    if (code === "EEXIST") throw existsAlready(path);
    // A file system without hard links.
    return replaceFile(target, content, { name: path });
  } finally {
    removeQuietly(temporary);
  }
  return [];
}

function existsAlready(path: string): FileError {
  return new FileError(`${path}: exists already; -f overwrites it`);
}

function writeTemporary(path: string, content: FileContent, like: string | undefined): string[] {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL;
  // Nobody else reads it before it has the attributes of the file that it replaces.
  const fd = openSync(path, flags, like === undefined ? 0o666 : 0o600);
  try {
    const lost = like === undefined ? [] : copyAttributes(like, path, fd);
    writeContent(fd, content);
    if (isParts(content) && content.size !== undefined) ftruncateSync(fd, content.size);
    fsyncSync(fd);
    return lost;
  } finally {
    closeSync(fd);
  }
}

function rename(from: string, to: string, name: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EPERM" || code === "EACCES")
      throw new FileError(
        `${name}: no new file can take its place (${code}): it is immutable, or in a folder where only its owner replaces it; write another file and copy it over this one`,
      );
    if (code !== "EBUSY") throw error;
    throw new FileError(
      `${name}: is a mount point, so that no new file can take its place; write another file and copy it over this one, or mount its folder instead`,
    );
  }
}

function writeInPlace(path: string, content: FileContent): void {
  const fd = openSync(path, isParts(content) ? "r+" : "w");
  try {
    writeContent(fd, content);
    fsyncSync(fd);
  } catch (error) {
    // Pipes and terminals cannot be flushed; the data is written all the same.
    const { code, syscall } = error as NodeJS.ErrnoException;
    if (syscall !== "fsync" || (code !== "EINVAL" && code !== "EROFS" && code !== "ENOTSUP")) throw error;
  } finally {
    closeSync(fd);
  }
}

function isParts(content: FileContent): content is FileParts {
  return typeof content === "object" && "parts" in content;
}

function writeContent(fd: number, content: FileContent): void {
  if (isParts(content)) for (const { offset, bytes } of content.parts) writeAll(fd, bytes, offset);
  else writeAll(fd, typeof content === "string" ? new TextEncoder().encode(content) : content);
}

function writeAll(fd: number, bytes: Uint8Array, offset?: number): void {
  for (let at = 0; at < bytes.length; ) {
    at += writeSync(fd, bytes, at, bytes.length - at, offset === undefined ? null : offset + at);
  }
}
