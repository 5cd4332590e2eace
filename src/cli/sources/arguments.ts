import type { Command } from "commander";
import type { containerKinds } from "../../acpi/container-kinds.ts";
import type { Io } from "../io.ts";
import { addOptions } from "../options/add.ts";
import { originRows, sourceRows, sourceWords } from "../options/table-rows.ts";
import type { DescribedTable } from "./described.ts";
import { describing } from "./describing.ts";

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
  for (const [name, what] of sourceWords) command.argument(name, what);
  return addOptions(command, sourceRows).hook("preAction", async (_, action) => {
    const { describe } = await describing(action.args, action.opts<SourceArguments>(), io);
    if (describe) action.setOptionValue("describe", describe);
  });
}

/** Adds `--nbft-path` and `--from` to a command whose arguments are tables of their own. */
export function addSourceOptions(command: Command): Command {
  return addOptions(command, originRows);
}
