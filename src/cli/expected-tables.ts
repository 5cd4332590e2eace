import type { BootDescription } from "../boot/description.ts";
import { tableOfBoot } from "../boot/table.ts";
import { injectableTable, sysfsNames } from "../lab/tables.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import type { NamedTable } from "../verify/evidence.ts";
import { readBootSource } from "./boot-source.ts";
import type { Io } from "./io.ts";
import type { SourceArguments } from "./sources.ts";

/** Tables to boot from or to judge by. */
export interface GivenTables {
  readonly tables: readonly Uint8Array[];
  /** They were made from a boot description: a firmware's own table says the same in other bytes. */
  readonly described: boolean;
  /** The description itself. */
  readonly boot?: BootDescription;
}

/**
 * The tables of a command's sources, or the one that a boot description makes.
 *
 * @param revision of a table that is made. 1.0 is what every nvme-cli reads: libnvme before 3.0 rejects 1.1.
 */
export function tablesOfSources(
  sources: readonly string[],
  options: SourceArguments & { readonly revision?: "1.0" | "1.1" },
  io: Io,
): GivenTables {
  const source = readBootSource(sources, options, io);
  if (source.kind === "tables") return { tables: source.tables.map(({ bytes }) => bytes), described: false };
  const table = tableOfBoot(source.boot, { revision: options.revision ?? "1.0" });
  return { tables: [encodeNbft(table)], described: true, boot: source.boot };
}

/** Tables in the form, and under the names, in which a kernel shows them. */
export function expectedTables(tables: readonly Uint8Array[]): NamedTable[] {
  return sysfsNames(tables.map((bytes) => injectableTable(bytes).bytes));
}
