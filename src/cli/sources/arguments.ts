import { type Command, Option } from "commander";
import { containerKinds } from "../../acpi/container-kinds.ts";
import { type Io, UsageError } from "../io.ts";
import type { DescribedTable } from "./described.ts";

/** Options of every command that takes SOURCE arguments. */
export interface SourceArguments {
  readonly nbftPath?: string;
  readonly from?: (typeof containerKinds)[number] | undefined;
  /** Folders stand for every file below them that holds tables. */
  readonly recursive?: true;
  /** Sources without a table are not a failure, as for nvme-cli. */
  readonly mayBeEmpty?: boolean;
  /** Makes the tables of a source that is a description; undefined for any other. */
  readonly describe?: (path: string, io: Io, shows: boolean) => DescribedTable[] | undefined;
  /** Output of `nvme nbft show` will do in place of a table. */
  readonly shows?: true;
}

/** Adds `[source...]`, `--nbft-path` and `--from` to a command. */
export function addSourceArguments(command: Command, io: Io): Command {
  return command
    .hook("preAction", async (_, action) => {
      const { nbftPath } = action.opts<SourceArguments>();
      const sources = nbftPath === undefined ? action.args : [...action.args, nbftPath];
      const { mayBeDescription } = await import("./may-be-description.ts");
      // What reads YAML takes longer to load than most tables to show.
      if (sources.some((path) => mayBeDescription(path, io)))
        action.setOptionValue("describe", (await import("./described.ts")).describedTables);
    })
    .argument(
      "[source...]",
      "tables, directories with NBFT*, dumps and texts that hold tables, documents or boot descriptions, or - (default: this machine's)",
    )
    .option("-r, --recursive", "read the tables of every file below a folder, whatever it is called")
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
