import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A table from a folder of vectors. */
export interface Vector {
  readonly name: string;
  readonly path: string;
  readonly bytes: Uint8Array;
}

const own = join(import.meta.dirname, "../vectors");

/** Every NBFT below a folder, sorted by path. */
export function tablesBelow(folder: string): Vector[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .sort()
    .map((name) => ({ name, path: join(folder, name) }))
    .filter(({ path }) => statSync(path).isFile())
    .map(({ name, path }) => ({ name, path, bytes: Uint8Array.from(readFileSync(path)) }))
    .filter(({ bytes }) => new TextDecoder().decode(bytes.subarray(0, 4)) === "NBFT" && bytes[4] !== 0x20);
}

/** The project's own sound tables, its malformed ones, and those that real firmware published in boots made for it. */
export const madeTables = tablesBelow(join(own, "nbft/made"));
export const malformedTables = tablesBelow(join(own, "nbft/made-bad"));
export const firmwareTables = tablesBelow(join(own, "firmware"));

/** Tables of the folder named by NBFT_VECTORS, when there is one. */
export const moreTables = process.env["NBFT_VECTORS"] ? tablesBelow(process.env["NBFT_VECTORS"]) : [];

/** All of them. */
export const allTables = [...madeTables, ...malformedTables, ...firmwareTables, ...moreTables];

/** One of the project's own tables by name. */
export function table(name: string): Uint8Array {
  const found = [...madeTables, ...malformedTables, ...firmwareTables].find((vector) => vector.name.startsWith(name));
  if (!found) throw new Error(`no vector ${name}`);
  return found.bytes;
}

/** Makes a folder of three tables, one of them with faults, and of a file that is none though it is called like one. */
export function writeTablesFolder(folder: string): void {
  mkdirSync(folder);
  for (const [name, source] of [
    ["NBFT", "L13"],
    ["NBFT2", "L02"],
    ["NBFT10", "S17"],
  ] as const)
    writeFileSync(join(folder, name), table(source));
  writeFileSync(join(folder, "NBFT3"), new Uint8Array(200));
}
