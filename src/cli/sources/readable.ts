import type { SourceTable } from "../../node/sources.ts";
import { escapeText } from "../../text/escape.ts";
import type { Batch } from "../batch.ts";
import { type Io, raise } from "../io.ts";

/** A table that could be read. */
export type ReadableTable<Table extends SourceTable = SourceTable> = Table & { readonly bytes: Uint8Array };

/**
 * The tables that could be read. One that could not is reported on standard error, raises the exit code to 2, and does not stop the others.
 */
export function* readable<Table extends SourceTable>(
  tables: Iterable<Table>,
  io: Io,
  batch?: Batch,
): Generator<ReadableTable<Table>> {
  for (const table of tables) {
    if (table.bytes) yield table as ReadableTable<Table>;
    else {
      batch?.fail();
      complain(io, table.path, table.error ?? "cannot be read");
    }
  }
}

/** Says what is wrong with a source, a line each: `FILE: what`, or `FILE:LINE:COLUMN: what` where the message begins with a place. Exit code 2. */
export function complain(io: Io, path: string, message: string): void {
  const lines = message
    .split("\n")
    .map((line) => escapeText(`${path || "''"}${/^\d+:\d+:/.test(line) ? ":" : ": "}${line}`));
  io.err(`nbft: ${lines.join("\n")}\n`);
  raise(io, 2);
}

/** Whether a command was given one thing that can only hold one table, so that its result is one and not a list. */
export function isSingle(
  sources: readonly string[],
  options: { readonly nbftPath?: string },
  tables: readonly SourceTable[],
): boolean {
  const given = sources.length + (options.nbftPath === undefined ? 0 : 1);
  const [first] = tables;
  return (
    given === 1 &&
    tables.length === 1 &&
    first?.container === undefined &&
    first?.path === (sources[0] ?? options.nbftPath)
  );
}
