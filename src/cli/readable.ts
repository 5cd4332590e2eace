import type { SourceTable } from "../node/sources.ts";
import { escapeText } from "../text/escape.ts";
import { type Io, raise } from "./io.ts";

/** A table that could be read. */
export type ReadableTable = SourceTable & { readonly bytes: Uint8Array };

/** One line about a source on standard error, and exit code 2. */
export function complain(io: Io, path: string, message: string): void {
  io.err(`nbft: ${escapeText(path)}: ${escapeText(message)}\n`);
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
