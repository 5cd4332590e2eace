import { tableOfBoot } from "../boot/table.ts";
import { injectableTable, sysfsNames } from "../lab/tables.ts";
import { encodeNbft } from "../nbft/encode.ts";
import type { NamedTable } from "../verify/evidence.ts";
import { readBootSource } from "./boot-source.ts";
import type { Io } from "./io.ts";
import type { SourceArguments } from "./sources.ts";

/** The tables of a command's sources, or those that a boot description makes, byte for byte as they were given. */
export function tablesOfSources(sources: readonly string[], options: SourceArguments, io: Io): Uint8Array[] {
  const source = readBootSource(sources, options, io);
  if (source.kind === "boot") return [encodeNbft(tableOfBoot(source.boot))];
  return source.tables.map(({ bytes }) => bytes);
}

/** Tables in the form, and under the names, in which a kernel shows them. */
export function expectedTables(tables: readonly Uint8Array[]): NamedTable[] {
  return sysfsNames(tables.map((bytes) => injectableTable(bytes).bytes));
}
