import type { BootDescription } from "../boot/description.ts";
import { type NbftReading, readNbft } from "../nbft/read/read.ts";
import { describedSource, describedTable } from "./document-source.ts";
import { type Io, UsageError } from "./io.ts";
import { type ReadableTable, readableTables, type SourceArguments } from "./sources.ts";

/** A table and what it says. */
export type ReadTable = ReadableTable & { readonly reading: NbftReading };

/** What a command that sets up a boot starts from: a boot description, or tables. */
export type BootSource =
  | { readonly kind: "boot"; readonly path: string; readonly boot: BootDescription }
  | { readonly kind: "tables"; readonly tables: readonly ReadTable[] };

/**
 * Reads a boot description where one is given, tables from anything else.
 *
 * @throws {UsageError} when there is no table in the sources.
 */
export function readBootSource(sources: readonly string[], options: SourceArguments, io: Io): BootSource {
  const [path] = sources;
  if (sources.length === 1 && path !== undefined && options.from === undefined) {
    const source = describedSource(path, io);
    if (source?.described.kind === "boot") return { kind: "boot", path, boot: source.described.boot };
  }
  const tables = [...readableTables(sources, { ...options, describe: describedTable }, io)].map((table) => ({
    ...table,
    reading: readNbft(table.bytes),
  }));
  if (tables.length === 0) throw new UsageError("there is no table to work with");
  return { kind: "tables", tables };
}
