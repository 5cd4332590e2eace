import { closeSync, openSync, statSync } from "node:fs";

/**
 * Makes a file that only its owner reads and writes, before anything secret is written to it. One that is there keeps its mode.
 *
 * Errors of the system name the file.
 */
export function createPrivateFile(path: string): void {
  if (!statSync(path, { throwIfNoEntry: false })) closeSync(openSync(path, "wx", 0o600));
}
