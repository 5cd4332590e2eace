import type { Command } from "commander";
import type { Io } from "./io.ts";

/** One `nbft` command: its options, and an action that calls the library, renders and sets the exit code. */
export interface CliCommand {
  /** Adds options and action to commander's object, which already has name and summary. */
  define(command: Command, io: Io): void;
}

/** A row of the command list: enough for `nbft --help`; the rest is loaded when the command is called. */
export interface CommandEntry {
  readonly name: string;
  /** Heading in `nbft --help`; rows of one group stand together. */
  readonly group: string;
  /** What it does, in 62 characters: one line of a help that is 80 wide. */
  readonly summary: string;
  load(): Promise<CliCommand>;
}
