import { type Command, Option } from "commander";
import type { Diagnostic } from "../diagnostic.ts";
import { containerKinds } from "../node/index.ts";
import { type SourceTable, tablesOf } from "../node/sources.ts";
import { escapeText } from "../text/escape.ts";
import type { Batch } from "./batch.ts";
import type { Io } from "./io.ts";
import { mayBeDescribed } from "./may-be-described.ts";
import { searchProgress } from "./progress.ts";
import { type ReadableTable, readable } from "./readable.ts";

export { complain, isSingle, type ReadableTable } from "./readable.ts";

/** Options of every command that takes SOURCE arguments. */
export interface SourceArguments {
  readonly nbftPath?: string;
  readonly from?: (typeof containerKinds)[number];
  /** Makes the table of a source that is a document or a boot description; undefined for any other. */
  readonly describe?: (path: string, io: Io) => SourceTable | undefined;
}

/** Adds `[source...]`, `--nbft-path` and `--from` to a command. */
export function addSourceArguments(command: Command, io: Io): Command {
  return command
    .hook("preAction", async (_, action) => {
      const { nbftPath } = action.opts<SourceArguments>();
      const sources = nbftPath === undefined ? action.args : [...action.args, nbftPath];
      // What reads YAML takes longer to load than most tables to show.
      if (sources.some((path) => mayBeDescribed(path, io)))
        action.setOptionValue("describe", (await import("./document-source.ts")).describedTable);
    })
    .argument(
      "[source...]",
      "tables, directories with NBFT*, dumps that hold tables, documents or boot descriptions (.yaml, .json), or - (default: this machine's)",
    )
    .option("--nbft-path <path>", "directory with the tables, as for nvme-cli; a file will do")
    .addOption(
      new Option("--from <kind>", "what a source is, instead of judging by its content").choices([...containerKinds]),
    );
}

/** What {@link sourceTables} reads. */
export interface SourceRequest extends SourceArguments {
  readonly sources: readonly string[];
}

/**
 * The tables of a command's sources, in order, those that documents and boot descriptions describe among them. What a container is found to have
 * wrong goes to standard error.
 */
export function* sourceTables({ sources, nbftPath, from, describe }: SourceRequest, io: Io): Generator<SourceTable> {
  const all = nbftPath === undefined ? sources : [...sources, nbftPath];
  const options = {
    stdin: () => io.stdin(),
    from,
    warn: (path: string, { message }: Diagnostic) => io.err(`nbft: ${escapeText(path)}: ${escapeText(message)}\n`),
    progress: searchProgress(io),
  };
  if (all.length === 0) yield* tablesOf({ ...options, sources: [] });
  for (const path of all) {
    const described = from === undefined ? describe?.(path, io) : undefined;
    if (described) yield described;
    else yield* tablesOf({ ...options, sources: [path] });
  }
}

/** Says that there was no table. */
export function sayNothingFound({ sources, nbftPath }: SourceRequest, io: Io): void {
  const all = nbftPath === undefined ? sources : [...sources, nbftPath];
  io.err(`nbft: no NBFT* in ${all.map(escapeText).join(", ")}\n`);
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
  const request = { ...options, sources };
  let found = false;
  function* noticed(): Generator<SourceTable> {
    for (const table of sourceTables(request, io)) {
      found = true;
      yield table;
    }
  }
  yield* readable(noticed(), io, batch);
  if (!found) sayNothingFound(request, io);
}
