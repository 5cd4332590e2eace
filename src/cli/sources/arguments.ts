import { statSync } from "node:fs";
import { type Command, Option } from "commander";
import { containerKinds } from "../../node/index.ts";
import type { SourceTable } from "../../node/sources.ts";
import { type Io, UsageError } from "../io.ts";

/** Options of every command that takes SOURCE arguments. */
export interface SourceArguments {
  readonly nbftPath?: string;
  readonly from?: (typeof containerKinds)[number] | undefined;
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
        action.setOptionValue("describe", (await import("./described.ts")).describedTable);
    })
    .argument(
      "[source...]",
      "tables, directories with NBFT*, dumps that hold tables, documents or boot descriptions (.yaml, .json), or - (default: this machine's)",
    )
    .addOption(nbftPathOption())
    .addOption(fromOption());
}

/** Adds `--nbft-path` and `--from` to a command whose arguments are tables of their own. */
export function addSourceOptions(command: Command): Command {
  return command.addOption(nbftPathOption()).addOption(fromOption());
}

function nbftPathOption(): Option {
  return new Option("--nbft-path <path>", "directory with the tables, as for nvme-cli; a file will do");
}

function fromOption(): Option {
  return new Option("--from <kind>", "what a source is, instead of by its content").choices([...containerKinds]);
}

/**
 * The one source that a command was given, as an argument or by `--nbft-path`.
 *
 * @throws {UsageError} for none or two.
 */
export function onlySource(given: string | undefined, { nbftPath }: SourceArguments, what: string): string {
  if (given !== undefined && nbftPath !== undefined)
    throw new UsageError(`one table is needed: ${given}, or --nbft-path ${nbftPath}`);
  const source = given ?? nbftPath;
  if (source === undefined) throw new UsageError(`${what}: a file, or - for standard input`);
  return source;
}

/** Whether a source is a document or a boot description and no table: a file by its name, standard input by its content. */
export function mayBeDescribed(path: string, io: Io): boolean {
  if (path === "-") return looksDescribed(io.stdin());
  return /\.(ya?ml|json)$/i.test(path) && !statSync(path, { throwIfNoEntry: false })?.isDirectory();
}

/** Whether bytes look like YAML or JSON with keys at the top, or a list; acpidump's text and other dumps do not. */
function looksDescribed(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /^\s*([{[]|#|---|%YAML|["']?\$?[A-Za-z]\w*["']?\s*:(\s|$))/.test(start) && !/[\x00-\x08]/.test(start);
}
