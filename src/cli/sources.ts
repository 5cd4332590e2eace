import { type Command, Option } from "commander";
import { containerKinds } from "../node/index.ts";
import { type SourceTable, tablesOf } from "../node/sources.ts";
import { escapeText } from "../text/escape.ts";
import { type Io, raise } from "./io.ts";

/** Options of every command that takes SOURCE arguments. */
export interface SourceArguments {
  readonly nbftPath?: string;
  readonly from?: (typeof containerKinds)[number];
}

/** A table that could be read. */
export type ReadableTable = SourceTable & { readonly bytes: Uint8Array };

/** Adds `[source...]`, `--nbft-path` and `--from` to a command. */
export function addSourceArguments(command: Command): Command {
  return command
    .argument(
      "[source...]",
      "table files, directories with NBFT*, dumps that hold tables, or - (default: this machine's)",
    )
    .option("--nbft-path <path>", "directory with the tables, as for nvme-cli; a file will do")
    .addOption(
      new Option("--from <kind>", "what a source is, instead of judging by its content").choices([...containerKinds]),
    );
}

/**
 * The tables of a command's sources. One that cannot be read is reported on standard error, raises the exit code to 2, and
 * does not stop the others.
 */
export function* readableTables(
  sources: readonly string[],
  options: SourceArguments,
  io: Io,
): Generator<ReadableTable> {
  const all = options.nbftPath === undefined ? sources : [...sources, options.nbftPath];
  const warn = (path: string, finding: { message: string }) =>
    io.err(`nbft: ${escapeText(path)}: ${escapeText(finding.message)}\n`);
  let found = false;
  for (const table of tablesOf({ sources: all, stdin: () => io.stdin(), from: options.from, warn })) {
    found = true;
    if (table.bytes) yield table as ReadableTable;
    else complain(io, table.path, table.error ?? "cannot be read");
  }
  if (!found) io.err(`nbft: no NBFT* in ${all.map(escapeText).join(", ")}\n`);
}

/** One line about a source on standard error, and exit code 2. */
export function complain(io: Io, path: string, message: string): void {
  io.err(`nbft: ${escapeText(path)}: ${escapeText(message)}\n`);
  raise(io, 2);
}

/** Whether a command was given one thing that can only hold one table, so that its result is one and not a list. */
export function isSingle(
  sources: readonly string[],
  options: SourceArguments,
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
