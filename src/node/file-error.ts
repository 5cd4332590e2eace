import { readFileSync, statSync } from "node:fs";
import { NbftError } from "../errors.ts";

/** A file that cannot be written as it should be. The message names the file and what to do. */
export class FileError extends NbftError {
  override name = "FileError";
}

/** A file that another program changed while it was edited. */
export class FileChangedError extends FileError {
  override name = "FileChangedError";
}

/** A file that another process was editing for longer than this one wanted to wait. */
export class FileLockedError extends FileError {
  override name = "FileLockedError";
}

/** Runs something that touches a file; errors of the system name the file as the caller knows it. */
export function namingFile<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw withName(path, error);
  }
}

/** An error of the system with the name of a file; what Node.js refuses by itself because of its size becomes one. */
export function withName(path: string, error: unknown): unknown {
  if (!(error instanceof Error)) return error;
  if ((error as NodeJS.ErrnoException).code === "ERR_FS_FILE_TOO_LARGE") return tooLarge(path, "more than 2 GiB");
  return "syscall" in error ? Object.assign(error, { path }) : error;
}

/** More bytes are no text that JavaScript can hold. */
const LARGEST_TEXT = 512 * 2 ** 20 - 64;

/**
 * The bytes of a file; what fails while it is read names it too, which Node.js does only for opening.
 *
 * @param most more bytes are refused
 */
export function readNamed(path: string, most = LARGEST_TEXT): Uint8Array {
  return namingFile(path, () => {
    const { size } = statSync(path);
    if (size > most) throw tooLarge(path);
    return requireSize(path, readFileSync(path), most);
  });
}

/** @throws for more bytes than a text may have, as for a file of that size. */
export function requireSize(path: string, bytes: Uint8Array, most = LARGEST_TEXT): Uint8Array {
  if (bytes.length > most) throw tooLarge(path);
  return bytes;
}

function tooLarge(path: string, size = "more than 512 MiB"): Error {
  const message = `EFBIG: too large to be read (${size}): is it the file that was meant?, read`;
  return Object.assign(new Error(message), { code: "EFBIG", syscall: "read", path });
}
