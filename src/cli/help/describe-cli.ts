import { Command, type Option } from "commander";
import { consumerNames } from "../../consumers/models.ts";
import { stackPresets } from "../../consumers/stack-presets.ts";
import type { RuleInfo } from "../../rule-info.ts";
import { rules } from "../../rules/catalogue.ts";
import type { CommandEntry } from "../command.ts";
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
  /** Values to offer beside others that it takes: rule codes, consumers, stacks. */
  readonly suggestions: readonly string[];
  /** Its value is a list, separated by commas. */
  readonly isList: boolean;
}

/** One command and what it takes. */
export interface CommandText {
  readonly name: string;
  readonly summary: string;
  readonly usage: string;
  /** What may stand as its first argument, where that is not free. */
  readonly choices: readonly string[];
  /** What to offer as an argument that is free, in the place of files. */
  readonly suggestions: readonly string[];
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

/** Commands, or all of them, as commander knows them: the one source of help, manual page and shell completion. */
export async function describeCli(io: Io, entries: readonly CommandEntry[] = commands): Promise<CommandText[]> {
  const program = new Command("nbft");
  for (const entry of entries) {
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
    get suggestions() {
      return command.name() === "rules" ? rules.map(({ code }) => code) : [];
    },
    takesFiles:
      command.name() !== "rules" && command.registeredArguments.some(({ argChoices }) => argChoices === undefined),
    options: command.options.filter(({ hidden }) => !hidden).map((option) => describeOption(option, command)),
    subcommands: command.commands.map((inner) => describe(inner)),
  };
}

/** The rules that a command's `--only` and `--off` are about. */
function isMeant({ code, fix }: RuleInfo, name: string, parent: string | undefined): boolean {
  if (parent === "vars") return /^[AV]/.test(code);
  if (parent === "attempt") return code.startsWith("A");
  return /^[HCOPFTXSEYDG]/.test(code) && (name !== "repair" || fix !== undefined);
}

function suggestionsOf(option: Option, command: Command): readonly string[] {
  const { long } = option;
  if (long === "--stack") return Object.keys(stackPresets);
  if (long === "--consumer") return consumerNames;
  if (long !== "--only" && long !== "--off") return [];
  return rules.filter((rule) => isMeant(rule, command.name(), command.parent?.name())).map(({ code }) => code);
}

function describeOption(option: Option, command: Command): OptionText {
  return {
    flags: option.flags,
    short: option.short,
    long: option.long,
    description:
      option.description + (option.defaultValue === undefined ? "" : ` (default: ${String(option.defaultValue)})`),
    choices: option.argChoices ?? [],
    takesValue: option.required || option.optional,
    // Manual pages do without, and what is suggested takes longer to load than they to write.
    get suggestions() {
      return suggestionsOf(option, command);
    },
    isList: option.long === "--consumer" || option.description.includes("separated by commas"),
  };
}
