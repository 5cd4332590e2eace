import { closeSync, openSync, statSync } from "node:fs";
import { namingFile } from "./file-error.ts";
import { endOfLinks } from "./write-file.ts";

/**
 * Makes a file that only its owner reads and writes, before anything secret is written to it: of a symbolic link that leads to none yet, the file at
 * its end. One that is there keeps its mode.
 *
 * Errors of the system name the file.
 */
export function createPrivateFile(path: string): void {
  namingFile(path, () => {
    if (!statSync(path, { throwIfNoEntry: false })) closeSync(openSync(endOfLinks(path), "wx", 0o600));
  });
}
