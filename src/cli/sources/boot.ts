import type { BootDescription } from "../../boot/description.ts";
import { READ_BY_ALL, tableOfBoot } from "../../boot/table.ts";
import type { NbftRevision } from "../../document/revisions.ts";
import { NbftError } from "../../errors.ts";
import { type NbftReading, readNbft } from "../../nbft/read/read.ts";
import { encodeNbft } from "../../nbft/write/encode.ts";
import { escapeText } from "../../text/escape.ts";
import { aboutFile, type Io, note, ReportedError, UsageError } from "../io.ts";
import type { SourceArguments } from "./arguments.ts";
import { describedSource, describedTables } from "./described.ts";
import type { ReadableTable } from "./readable.ts";
import { readableTables } from "./tables.ts";
import { severalBoots } from "./tests.ts";

/** A table and what it says. */
type TableRead = ReadableTable & { readonly reading: NbftReading };

/** What a command that sets up a boot starts from: a boot description, or tables. */
export type BootSource =
  | { readonly kind: "boot"; readonly path: string; readonly boot: BootDescription; readonly remedy?: string }
  | { readonly kind: "tables"; readonly tables: readonly TableRead[] };

/**
 * Reads a boot description where one is given, tables from anything else.
 *
 * @throws {ReportedError} when there is no table in the sources.
 */
export function bootSource(sources: readonly string[], options: SourceArguments, io: Io): BootSource {
  const [path] = sources;
  if (sources.length === 1 && path !== undefined && options.from === undefined) {
    const source = describedSource(path, io);
    if (source?.described.kind === "boots") throw severalBoots(source.described.boots, path);
    if (source?.described.kind === "boot") {
      const { boot, notes, remedy } = source.described;
      for (const text of notes) note(io, `${escapeText(path)}: ${escapeText(text)}`);
      return { kind: "boot", path, boot, ...(remedy !== undefined && { remedy }) };
    }
  }
  const tables = [...readableTables(sources, { ...options, describe: describedTables }, io)].map((table) => ({
    ...table,
    reading: aboutFile(table.path, () => readNbft(table.bytes)),
  }));
  if (tables.length === 0) throw new ReportedError();
  return { kind: "tables", tables };
}

/** Tables to boot from or to check by. */
interface GivenTables {
  readonly tables: readonly Uint8Array[];
  /** They were made from a boot description: a firmware's own table says the same in other bytes. */
  readonly described: boolean;
  /** The description itself. */
  readonly boot?: BootDescription;
  /** Where to write what the description has no words for. */
  readonly remedy?: string;
}

/**
 * The tables of a command's sources, or the one that a boot description makes.
 *
 * @param revision of a table that is made. 1.0 is what every nvme-cli reads: libnvme before 3.0 rejects 1.1.
 */
export function tablesOfSources(
  sources: readonly string[],
  options: SourceArguments & { readonly revision?: NbftRevision },
  io: Io,
): GivenTables {
  const source = bootSource(sources, options, io);
  if (source.kind === "tables") return { tables: source.tables.map(({ bytes }) => bytes), described: false };
  const { path, boot, remedy } = source;
  try {
    const table = tableOfBoot(boot, { revision: options.revision ?? READ_BY_ALL });
    return { tables: [encodeNbft(table)], described: true, boot, ...(remedy !== undefined && { remedy }) };
  } catch (error) {
    if (!(error instanceof NbftError)) throw error;
    const todo = remedy === undefined ? "" : `; ${remedy}`;
    throw new UsageError(`${escapeText(path)}: ${escapeText(error.message)}${todo}`);
  }
}
