import type { Io } from "./io.ts";
import type { OptionRow } from "./options/rows.ts";

/** One `nbft` command. */
export type CliCommand = RowCommand | CommandGroup;

/** A command that does something. */
export interface RowCommand<Options extends object = object> extends RowAction<Options> {
  readonly manual: ManualNotes;
}

/**
 * What a command takes, as data, and does: it calls the library, renders and sets the exit code. A plain command line of it is read without
 * commander, which takes longer to load than many a command to run.
 */
export interface RowAction<Options extends object = object> {
  /** Its arguments. */
  readonly words: readonly Word[];
  readonly rows: readonly OptionRow[];
  /** What its help says after the options. */
  readonly after?: () => string;
  run(words: readonly string[], options: Options, io: Io): void | Promise<void>;
}

/** An argument: as commander writes it, what it is, and what it can be. */
export type Word = readonly [name: string, description: string, choices?: readonly string[]];

/** A command of subcommands: `nbft vars show`. */
export interface CommandGroup {
  readonly subcommands: readonly Subcommand[];
  readonly manual: ManualNotes;
}

/** A subcommand: its name, what it does, and what it takes. */
export type Subcommand = readonly [name: string, summary: string, action: RowAction];

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
