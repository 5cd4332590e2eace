import { Argument, type Command } from "commander";
import type { CommandEntry, RowAction, Subcommand } from "../command.ts";
import { type Io, takeCommon } from "../io.ts";
import { addOptions, optionOf } from "./add.ts";
import { optionName, quietRow } from "./rows.ts";

/** Adds a command's options and action, and what every command has. */
export async function defineCommand(
  command: Command,
  entry: CommandEntry,
  io: Io,
  argv: readonly string[] = [],
): Promise<void> {
  const loaded = await entry.load();
  if ("subcommands" in loaded) addSubcommands(command, io, argv, loaded.subcommands);
  else addRowCommand(command, loaded, io);
  for (const leaf of leavesOf(command)) {
    leaf.addOption(optionOf(quietRow));
    leaf.hook("preAction", (_, action) => takeCommon(io, action.opts()));
  }
}

/** Adds subcommands. Where words of the command line name some, the others are names without options: these take longer than most actions. */
function addSubcommands(command: Command, io: Io, argv: readonly string[], all: readonly Subcommand[]): void {
  const named = all.some(([name]) => argv.includes(name));
  for (const [name, summary, action] of all) {
    const subcommand = command.command(name).summary(summary).description(summary);
    if (named && !argv.includes(name)) continue;
    addRowCommand(subcommand, action, io);
  }
}

/** Makes commander's of a command. */
function addRowCommand(command: Command, { words, rows, after, run }: RowAction, io: Io): void {
  for (const [name, what, choices] of words) {
    const argument = new Argument(name, what);
    command.addArgument(choices ? argument.choices(choices) : argument);
  }
  addOptions(command, rows);
  if (after) command.addHelpText("after", after);
  command.action((...given: unknown[]) => {
    // Commander would look for these before unknown options, of which one may be mistyped.
    const missing = rows.find((row) => row.required && !(optionName(row) in (given[words.length] as object)));
    if (missing) command.error(`required option '${missing.flags}' not specified`);
    const found = given.slice(0, words.length).flat() as (string | undefined)[];
    return run(
      found.filter((word) => word !== undefined),
      given[words.length]!,
      io,
    );
  });
}

/** The commands that do something: those without subcommands. */
function leavesOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

/** A command's name as it is typed, without the program's. */
export function typedName(command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each?.parent; each = each.parent) names.unshift(each.name());
  return names.join(" ");
}
