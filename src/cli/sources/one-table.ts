import { DecodeError } from "../../errors.ts";
import { type NbftReading, readNbft } from "../../nbft/read/read.ts";
import type { NvmeShow } from "../../sources/show/show.ts";
import { escapeText } from "../../text/escape.ts";
import { type Io, raise, UsageError } from "../io.ts";
import type { SourceArguments } from "./arguments.ts";
import { type DescribedTable, describedTables } from "./described.ts";
import { readableTables } from "./tables.ts";

/** One table, whatever form it was given in. */
export interface OneTable {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly reading: NbftReading;
  /** What nvme-cli shows of it, where the table is made from that. */
  readonly show?: NvmeShow;
}

/**
 * The one table of a source.
 *
 * @throws {UsageError} when the source holds none or several.
 */
export function oneTable(source: string, options: Pick<SourceArguments, "from" | "shows">, io: Io): OneTable {
  // What is wrong with the source is one complaint, the last word where nothing else can be said.
  const said: string[] = [];
  const listening: Io = { ...io, err: (text) => said.push(text) };
  const [table, ...more] = readableTables([source], { ...options, describe: describedTables }, listening);
  if (!table) throw new UsageError(said.length > 0 ? complaint(said) : `${escapeText(source)}: no table`);
  for (const text of said) io.err(text);
  if (listening.exitCode === 2) raise(io, 2);
  if (more.length > 0) {
    const names = [table, ...more].map(({ path }) => path);
    throw new UsageError(`${source}: ${names.length} tables, one is needed: ${names.join(", ")}`);
  }
  const { show } = table as DescribedTable;
  return { name: table.path, bytes: table.bytes, reading: readNamed(table), ...(show && { show }) };
}

/** Lines for standard error as the message of one error. */
function complaint(said: readonly string[]): string {
  return said
    .join("")
    .replace(/^nbft: /, "")
    .trimEnd();
}

function readNamed({ path, bytes }: Pick<OneTable, "bytes"> & { readonly path: string }): NbftReading {
  try {
    return readNbft(bytes);
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    throw new UsageError(`${escapeText(path)}: ${error.message}`);
  }
}
