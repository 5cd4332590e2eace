import { readFileSync } from "node:fs";
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
    if (error instanceof Error && "syscall" in error) (error as NodeJS.ErrnoException).path = path;
    throw error;
  }
}

/** The bytes of a file; what fails while it is read names it too, which Node.js does only for opening. */
export function readNamed(path: string): Uint8Array {
  return namingFile(path, () => readFileSync(path));
}
