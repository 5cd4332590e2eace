import type { Command } from "commander";
import type { Io } from "./io.ts";

/** One `nbft` command: its options, and an action that calls the library, renders and sets the exit code. */
export interface CliCommand {
  /**
   * Adds options and action to commander's object, which already has name and summary.
   *
   * @param argv the command line where it is to be run, else none
   */
  define(command: Command, io: Io, argv: readonly string[]): void;
  /** What its manual page says besides its options. */
  readonly manual: ManualNotes;
}

/** What the manual page of a command says besides its options. */
export interface ManualNotes {
  /** Command lines, and what each does. */
  readonly examples: readonly (readonly [line: string, does: string])[];
  /** When it exits with 1; a command without this never does. */
  readonly one?: string;
  /** Files that it reads or leaves by itself. */
  readonly files?: readonly (readonly [path: string, what: string])[];
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
