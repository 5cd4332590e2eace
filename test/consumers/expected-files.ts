import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** A table that lies beside a folder with what a real program made of it. */
export interface ExpectedCase {
  /** Path of the table. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** What the program wrote; undefined where no file tells. */
  readonly expected: Uint8Array | undefined;
}

/** Tables of the project itself. */
export const ownVectors = join(import.meta.dirname, "../vectors/nbft");

/** Folders to look through: the project's own, and the one that NBFT_VECTORS names. */
export function vectorFolders(): readonly string[] {
  const more = process.env["NBFT_VECTORS"];
  return more ? [ownVectors, more] : [ownVectors];
}

/**
 * Every table below a folder that has a folder `expected` beside it, with its file `NAME.suffix` in there, and every `NBFT.bin`
 * with a file that is named as the suffix beside it.
 */
export function expectedCases(folder: string, suffix: string): readonly ExpectedCase[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath.split("/").at(-1) !== "expected")
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((file) => file.endsWith("/NBFT.bin") || existsSync(join(dirname(file), "expected")))
    .sort()
    .map((file) => {
      const captured = file.endsWith("/NBFT.bin");
      const expected = join(dirname(file), captured ? suffix : `expected/${file.split("/").at(-1)}.${suffix}`);
      return {
        file,
        bytes: new Uint8Array(readFileSync(file)),
        expected: existsSync(expected) ? new Uint8Array(readFileSync(expected)) : undefined,
      };
    });
}

/** Tells how much is compared, so that a run without vectors cannot pass for one with them. */
export function tellCompared(what: string, folder: string, count: number): void {
  console.log(`${what}: ${count === 0 ? "none" : count} compared in ${folder}`);
  if (folder === ownVectors && !process.env["NBFT_VECTORS"]) {
    console.log(`${what}: none compared beyond the project's own, since NBFT_VECTORS is not set`);
  }
}
