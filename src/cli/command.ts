import type { Command } from "commander";
import type { Io } from "./io.ts";
import type { OptionRow } from "./options/rows.ts";

/** One `nbft` command: its options, and an action that calls the library, renders and sets the exit code. */
export type CliCommand = DefinedCommand | RowCommand | CommandGroup;

/** A command that is data: a plain command line of it is read without commander, which takes longer to load than many a command to run. */
export interface RowCommand<Options extends object = object> extends RowAction<Options> {
  readonly manual: ManualNotes;
}

/** What a command that is data takes and does. */
export interface RowAction<Options extends object = object> {
  /** Its arguments, as commander writes them, and what each is. */
  readonly words: readonly (readonly [name: string, description: string])[];
  readonly rows: readonly OptionRow[];
  /** Whether these options of a plain command line are left to commander all the same. */
  needsCommander?(options: Options): boolean;
  /** What commander does besides. */
  hooks?(command: Command, io: Io): void;
  run(words: readonly string[], options: Options, io: Io): void | Promise<void>;
}

/** A command that tells commander what it takes. */
export interface DefinedCommand {
  /** Adds options and action to commander's object, which already has name and summary. */
  define(command: Command, io: Io): void;
  /** What its manual page says besides its options. */
  readonly manual: ManualNotes;
}

/** A command of subcommands: `nbft vars show`. */
export interface CommandGroup {
  readonly subcommands: readonly Subcommand[];
  readonly manual: ManualNotes;
}

/** A subcommand: its name, what it does, and either what it takes as data or what adds its options and action. */
export type Subcommand = readonly [
  name: string,
  summary: string,
  action: RowAction | ((command: Command, io: Io) => void),
];

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
