import { Command, type Option } from "commander";
import { commands } from "../commands.ts";
import type { Io } from "../io.ts";
import { defineCommand } from "../options/define.ts";

/** One option of a command, for completion and manual pages. */
export interface OptionText {
  /** As the help shows it, for example `-o, --output-format <format>`. */
  readonly flags: string;
  readonly short: string | undefined;
  readonly long: string | undefined;
  readonly description: string;
  readonly choices: readonly string[];
  readonly takesValue: boolean;
}

/** One command and what it takes. */
export interface CommandText {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  /** What may stand as its first argument, where that is not free. */
  readonly choices: readonly string[];
  /** Whether it takes arguments that are free: files, in nearly every command. */
  readonly takesFiles: boolean;
  readonly options: readonly OptionText[];
  readonly subcommands: readonly CommandText[];
}

/** The groups of the help, in its order, with the names of their commands. */
export function commandGroups(): { group: string; names: string[] }[] {
  const names = new Map<string, string[]>();
  for (const { group, name } of commands) names.set(group, [...(names.get(group) ?? []), name]);
  return [...names].map(([group, members]) => ({ group, names: members }));
}

/** Every command as commander knows it: the one source of help, manual page and shell completion. */
export async function describeCli(io: Io): Promise<CommandText[]> {
  const program = new Command("nbft");
  for (const entry of commands) {
    const command = program.command(entry.name).summary(entry.summary).description(entry.summary);
    await defineCommand(command, entry, io);
  }
  return program.commands.map((command) => describe(command));
}

function describe(command: Command): CommandText {
  return {
    name: command.name(),
    summary: command.summary() || command.description(),
    usage: command.usage(),
    choices: command.registeredArguments[0]?.argChoices ?? [],
    takesFiles: command.registeredArguments.some(({ argChoices }) => argChoices === undefined),
    options: command.options.filter(({ hidden }) => !hidden).map(describeOption),
    subcommands: command.commands.map((inner) => describe(inner)),
  };
}

function describeOption(option: Option): OptionText {
  return {
    flags: option.flags,
    short: option.short,
    long: option.long,
    description:
      option.description + (option.defaultValue === undefined ? "" : ` (default: ${String(option.defaultValue)})`),
    choices: option.argChoices ?? [],
    takesValue: option.required || option.optional,
  };
}
