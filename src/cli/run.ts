import { existsSync } from "node:fs";
import { Command, CommanderError, type OutputConfiguration } from "commander";
import { escapeText } from "../text/escape.ts";
import { nearest } from "../text/suggestion.ts";
import { version } from "../version.ts";
import { commandHint } from "./command-hints.ts";
import { commands } from "./commands.ts";
import { completeJson, FormatError, type Io, raise } from "./io.ts";
import { defineCommand, typedName } from "./options/define.ts";
import { formerOption } from "./options/former.ts";
import { reportTrouble } from "./trouble.ts";

const footer = `
A source is a table file, a directory with NBFT*, a dump that holds tables
(acpidump, iasl or hex text, initrd, memory image, sosreport, fw_cfg), or -;
without one, this machine's own tables are read.

nbft COMMAND --help lists a command's options, nbft manual | man -l - has all.
Exit code: 0 clean, 1 findings or a difference, 2 wrong usage or no source.`;

/**
 * Runs one command line, without the program's name, and returns the exit code.
 * Only bugs leave it as exceptions: wrong usage, unreadable files and the library's own errors become lines on standard error and exit code 2.
 */
export async function run(given: readonly string[], io: Io): Promise<number> {
  const argv = withHelpLast(given);
  const program = new Command("nbft")
    .description("read, check and write NVMe Boot Firmware Tables")
    .version(version)
    .exitOverride()
    .showSuggestionAfterError(false)
    // What is wrong is said below, in the words of this program.
    .configureOutput({
      writeOut: (text) => io.out(text),
      writeErr: (text) => io.err(text),
      outputError: () => {},
      ...width(io),
    })
    // Beside long options too: commander leaves lines as they are where less than 40 columns are left.
    .configureHelp({ minWidthToWrap: 24 })
    .usage("COMMAND [options] [arguments]")
    .commandsGroup("This program")
    .helpCommand(true)
    .addHelpText("after", footer);
  const wanted = argv.find((word) => !word.startsWith("-"));
  const called = commands.find(({ name }) => name === wanted);
  if (wanted !== undefined && wanted !== "help" && !called) {
    const better = commandHint(wanted, existsSync);
    if (better !== undefined) {
      complainOfUsage(io, escapeText(better));
      return io.exitCode;
    }
  }
  // The others are for the help of the program.
  for (const entry of called ? [called] : commands) {
    const command = program
      .command(entry.name)
      .helpGroup(entry.group)
      .summary(entry.summary)
      .description(entry.summary);
    command.exitOverride().copyInheritedSettings(program);
    if (entry === called) await defineCommand(command, entry, io, argv);
  }
  try {
    await program.parseAsync(upToUnknown(program, argv) ?? argv, { from: "user" });
  } catch (error) {
    report(error, commandIn(program, argv), argv, io);
  }
  completeJson(io);
  return io.exitCode;
}

/** How wide the help is, and that it has no colors: asking `process.stdout`, as commander does, loads streams and sockets. */
function width(io: Io): OutputConfiguration {
  const columns = (isTty: boolean, stream: "stdout" | "stderr") => (isTty && process[stream].columns) || 80;
  return {
    getOutHelpWidth: () => columns(io.outIsTty, "stdout"),
    getErrHelpWidth: () => columns(io.errIsTty, "stderr"),
    getOutHasColors: () => false,
    getErrHasColors: () => false,
  };
}

/** `COMMAND --help` for `help COMMAND` and `--help COMMAND`. */
function withHelpLast(argv: readonly string[]): readonly string[] {
  const [first = "", ...rest] = argv;
  return rest.length > 0 && asksForHelp(first) ? [...rest, "--help"] : argv;
}

function asksForHelp(word: string): boolean {
  return word === "help" || word === "--help" || word === "-h";
}

/** Of a command line that asks for the help of a command that there is not: that command alone. Commander gives the help of all others. */
function upToUnknown(program: Command, argv: readonly string[]): readonly string[] | undefined {
  if (!argv.some(asksForHelp)) return undefined;
  const words: string[] = [];
  let command = program;
  for (const word of argv) {
    if (command.commands.length === 0) return undefined;
    if (word.startsWith("-") || word === "help") continue;
    words.push(word);
    const next = command.commands.find((each) => each.name() === word);
    if (!next) return words;
    command = next;
  }
  return undefined;
}

/** The command that a command line calls. */
function commandIn(program: Command, argv: readonly string[]): Command {
  let found = program;
  for (const word of argv) found = found.commands.find((command) => command.name() === word) ?? found;
  return found;
}

function report(error: unknown, command: Command, argv: readonly string[], io: Io): void {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return;
    if (error.code === "commander.help") raise(io, 2);
    else complainOfUsage(io, usageText(error, command, argv), command);
    return;
  }
  if (error instanceof FormatError) {
    complainOfUsage(io, error.message + writingText(command, error.value));
    return;
  }
  if (!reportTrouble(error, io)) throw error;
}

/** What is wrong with a command line, and where its options are listed. */
function complainOfUsage(io: Io, message: string, command?: Command): void {
  io.err(`nbft: ${message}\n`);
  if (command) io.err(`nbft: see ${["nbft", typedName(command)].join(" ").trim()} --help\n`);
  raise(io, 2);
}

/** Commander's message in one line; where an option of 1.0 was used, what it is called now. */
function usageText({ code, message }: CommanderError, command: Command, argv: readonly string[]): string {
  const first = argv[0]!;
  const isKnown = command.options.some(({ short, long }) => first === short || first === long);
  if (code === "commander.unknownOption" && isKnown)
    return `options come after the command: nbft ${typedName(command)} ${first}`;
  for (const [at, word] of argv.entries()) {
    const [flag = "", joined] = word.split(/=(.*)/s);
    if (!flag.startsWith("-") || command.options.some(({ short, long }) => flag === short || flag === long)) continue;
    const next = joined ?? argv[at + 1];
    const value = next === undefined || (next.startsWith("-") && next !== "-") ? undefined : escapeText(next);
    const now = formerOption(typedName(command), flag, writes(command), value);
    if (now !== undefined) return `unknown option '${flag}': ${now}`;
  }
  const known = command.options.flatMap(({ long }) => long ?? []);
  const text = message.replace(/^error: /, "");
  const [, kind, word] = /^unknown (option|command) '(.*)'$/s.exec(text) ?? [];
  if (word === undefined) return escapeText(text);
  const near = nearest(word.split("=")[0]!, kind === "option" ? known : command.commands.map((each) => each.name()));
  return escapeText(near === undefined ? text : `${text} (did you mean ${near}?)`);
}

/** How a command's result gets into a file, for a word after `-o` that may have been meant as one. */
function writingText(command: Command, word: string): string {
  if (!/[./]/.test(word) && word !== "-") return "";
  return `; to write a file use ${writes(command) ? "-w" : ">"} ${escapeText(word)}`;
}

function writes(command: Command): boolean {
  return command.options.some(({ long }) => long === "--write");
}
