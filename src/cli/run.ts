import { existsSync } from "node:fs";
import { Command, CommanderError } from "commander";
import { NbftError } from "../errors.ts";
import { escapeText } from "../text/escape.ts";
import { version } from "../version.ts";
import { commands } from "./commands.ts";
import { type Io, raise, UsageError } from "./io.ts";
import { otherWord } from "./other-words.ts";
import { isSystemError, systemErrorText } from "./system-error.ts";

const footer = `
A source is a table file, a directory with NBFT*, a dump that holds tables
(acpidump, iasl or hex text, initrd, memory image, sosreport, fw_cfg), or -;
without one, this machine's own tables are read.

nbft COMMAND --help lists a command's options, nbft manual | man -l - has all.
Exit code: 0 clean, 1 findings or a difference, 2 wrong usage or no source.`;

/**
 * Runs one command line, without the program's name, and returns the exit code.
 * Only bugs leave it as exceptions: wrong usage, unreadable files and the library's own errors become one line on standard error and exit code 2.
 */
export async function run(argv: readonly string[], io: Io): Promise<number> {
  const program = new Command("nbft")
    .description("read, write, check and prove the NVMe Boot Firmware Table")
    .version(version)
    .exitOverride()
    .configureOutput({ writeOut: (text) => io.out(text), writeErr: (text) => io.err(text) })
    .usage("COMMAND [options] [arguments]")
    .optionsGroup("Options")
    .commandsGroup("This program")
    .addHelpText("after", footer)
    .showHelpAfterError("(nbft --help lists the commands)");
  const wanted = argv.find((word) => !word.startsWith("-"));
  if (wanted !== undefined && wanted !== "help" && !commands.some(({ name }) => name === wanted)) {
    const better = otherWord(wanted, existsSync);
    if (better !== undefined) {
      io.err(`nbft: ${escapeText(better)}\n`);
      raise(io, 2);
      return io.exitCode;
    }
  }
  for (const entry of commands) {
    const command = program
      .command(entry.name)
      .helpGroup(entry.group)
      .summary(entry.summary)
      .description(entry.summary);
    command.exitOverride().copyInheritedSettings(program);
    if (entry.name === wanted || (wanted === "help" && argv.includes(entry.name)))
      (await entry.load()).define(command, io);
  }
  try {
    await program.parseAsync(argv, { from: "user" });
  } catch (error) {
    report(error, io);
  }
  return io.exitCode;
}

function report(error: unknown, io: Io): void {
  if (error instanceof CommanderError) {
    if (error.exitCode !== 0) raise(io, 2);
    return;
  }
  if (error instanceof UsageError || error instanceof NbftError || isSystemError(error)) {
    io.err(`nbft: ${isSystemError(error) ? systemErrorText(error) : error.message}\n`);
    raise(io, 2);
    return;
  }
  throw error;
}
