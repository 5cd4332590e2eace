import { isTable } from "../../acpi/is-table.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { filesBelow, isFolder } from "../../node/files-below.ts";
import { type SourceTable, tablesOf } from "../../node/sources.ts";
import { escapeText } from "../../text/escape.ts";
import type { Batch } from "../batch.ts";
import { type Io, note } from "../io.ts";
import { searchProgress } from "../progress.ts";
import type { SourceArguments } from "./arguments.ts";
import type { DescribedTable } from "./described.ts";
import { pipedBytes } from "./piped.ts";
import { type ReadableTable, readable } from "./readable.ts";

/** What {@link sourceTables} reads. */
interface SourceRequest extends SourceArguments {
  readonly sources: readonly string[];
}

/**
 * The tables of a command's sources, in order, those that documents and boot descriptions describe among them. A source without a table is an
 * error of its own, beside others that have some as well: a boot that published no table. What a container is found to have wrong goes to
 * standard error.
 */
export function* sourceTables(request: SourceRequest, io: Io): Generator<DescribedTable> {
  const all = sourcesOf(request);
  if (all.length === 0) yield* tablesOf({ sources: [], stdin: () => io.stdin() });
  for (const path of all) {
    let found = false;
    for (const table of tablesAt(path, request, io)) {
      found = true;
      yield table;
    }
    if (!found && !request.mayBeEmpty) yield { path, error: NO_TABLE };
  }
}

function sourcesOf({ sources, nbftPath }: SourceRequest): readonly string[] {
  return nbftPath === undefined ? sources : [...sources, nbftPath];
}

function* tablesAt(
  path: string,
  { from, describe, shows, recursive }: SourceRequest,
  io: Io,
): Generator<DescribedTable> {
  const options = {
    stdin: () => io.stdin(),
    piped: (path: string) => pipedBytes(path, io),
    from,
    warn: (path: string, { message }: Diagnostic) => note(io, `${escapeText(path)}: ${escapeText(message)}`),
    progress: searchProgress(io),
  };
  const described = from === undefined ? describe?.(path, io, shows === true) : undefined;
  if (described) {
    for (const table of described) {
      for (const text of table.notes ?? []) note(io, `${escapeText(table.path)}: ${escapeText(text)}`);
      yield table;
    }
  } else if (recursive && isFolder(path)) {
    for (const file of filesBelow(path))
      for (const table of tablesOf({ ...options, sources: [file] })) if (!isOther(table)) yield table;
  } else yield* tablesOf({ ...options, sources: [path] });
}

/** Whether a file of a folder has nothing to do with tables. */
function isOther({ foreign, bytes, container }: SourceTable): boolean {
  return foreign === true || (bytes !== undefined && container === undefined && !isTable(bytes));
}

/** What is said of a source without a table. */
const NO_TABLE = "no NBFT: a folder is read for files named NBFT*, with -r for every file below it";

/**
 * The tables of a command's sources. One that cannot be read is reported on standard error, raises the exit code to 2, and
 * does not stop the others.
 *
 * @param batch is told about those as well
 */
export function* readableTables(
  sources: readonly string[],
  options: SourceArguments,
  io: Io,
  batch?: Batch,
): Generator<ReadableTable<DescribedTable>> {
  const request = { ...options, sources };
  let found = false;
  function* noticed(): Generator<DescribedTable> {
    for (const table of sourceTables(request, io)) {
      found = true;
      yield table;
    }
  }
  yield* readable(noticed(), io, batch);
  if (!found) io.err(`nbft: no NBFT* in ${sourcesOf(request).map(escapeText).join(", ")}\n`);
}
