import { type NbftReading, readNbft } from "../nbft/read.ts";
import { describedTable } from "./document-source.ts";
import { type Io, raise, UsageError } from "./io.ts";
import { readableTables, type SourceArguments } from "./sources.ts";

/** One table, whatever form it was given in. */
export interface AnyTable {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly reading: NbftReading;
}

/**
 * The one table of a source.
 *
 * @throws {UsageError} when the source holds none or several.
 */
export function readAnyTable(source: string, options: Pick<SourceArguments, "from">, io: Io): AnyTable {
  const [table, ...more] = readableTables([source], { ...options, describe: describedTable }, io);
  if (!table) {
    raise(io, 2);
    throw new UsageError(`${source}: no table`);
  }
  if (more.length > 0) {
    const names = [table, ...more].map(({ path }) => path);
    throw new UsageError(`${source}: ${names.length} tables, one is needed: ${names.join(", ")}`);
  }
  return { name: table.path, bytes: table.bytes, reading: readNbft(table.bytes) };
}
