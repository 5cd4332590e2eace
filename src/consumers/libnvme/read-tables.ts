import { readOnceAsLibnvme } from "./libnvme.ts";
import type { LibnvmeReading } from "./libnvme-table.ts";

/** A file and what a release makes of it. */
export interface ReadTable {
  /** Path by which the program finds the file. */
  readonly path: string;
  readonly bytes: Uint8Array;
  readonly reading: LibnvmeReading;
}

/** What the libnvme of an nvme-cli release makes of some files. */
export function readTables(tables: readonly Omit<ReadTable, "reading">[], release: string): ReadTable[] {
  return tables.map(({ path, bytes }) => ({ path, bytes, reading: readOnceAsLibnvme(bytes, release) }));
}
