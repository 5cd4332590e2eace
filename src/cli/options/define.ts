import type { Command } from "commander";
import type { CommandEntry } from "../command.ts";
import type { Io } from "../io.ts";
import { type CommonArguments, quietOption } from "./common.ts";

/** Adds a command's options and action, and what every command has. */
export async function defineCommand(
  command: Command,
  entry: CommandEntry,
  io: Io,
  argv: readonly string[] = [],
): Promise<void> {
  (await entry.load()).define(command, io, argv);
  for (const leaf of leavesOf(command)) {
    leaf.addOption(quietOption());
    leaf.hook("preAction", (_, action) => {
      const { quiet, color } = action.opts<CommonArguments>();
      io.quiet = quiet ?? false;
      io.color = color ?? "auto";
    });
  }
}

/** The commands that do something: those without subcommands. */
export function leavesOf(command: Command): readonly Command[] {
  return command.commands.length === 0 ? [command] : command.commands.flatMap(leavesOf);
}

/** A command's name as it is typed, without the program's. */
export function typedName(command: Command): string {
  const names: string[] = [];
  for (let each: Command | null = command; each?.parent; each = each.parent) names.unshift(each.name());
  return names.join(" ");
}
