import { type Command, Option } from "commander";
import { containerKinds } from "../node/index.ts";
import { type SourceTable, tablesOf } from "../node/sources.ts";
import { escapeText } from "../text/escape.ts";
import type { Batch } from "./batch.ts";
import type { Io } from "./io.ts";
import { searchProgress } from "./progress.ts";
import { type ReadableTable, readable } from "./readable.ts";

export { complain, isSingle, type ReadableTable } from "./readable.ts";

/** Options of every command that takes SOURCE arguments. */
export interface SourceArguments {
  readonly nbftPath?: string;
  readonly from?: (typeof containerKinds)[number];
}

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
 *
 * @param batch is told about those as well
 */
export function* readableTables(
  sources: readonly string[],
  options: SourceArguments,
  io: Io,
  batch?: Batch,
): Generator<ReadableTable> {
  const all = options.nbftPath === undefined ? sources : [...sources, options.nbftPath];
  const warn = (path: string, finding: { message: string }) =>
    io.err(`nbft: ${escapeText(path)}: ${escapeText(finding.message)}\n`);
  let found = false;
  function* noticed(): Generator<SourceTable> {
    const progress = searchProgress(io);
    for (const table of tablesOf({ sources: all, stdin: () => io.stdin(), from: options.from, warn, progress })) {
      found = true;
      yield table;
    }
  }
  yield* readable(noticed(), io, batch);
  if (!found) io.err(`nbft: no NBFT* in ${all.map(escapeText).join(", ")}\n`);
}
