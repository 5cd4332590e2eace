import { NbftError } from "../errors.ts";
import { FileError } from "../node/file-error.ts";
import { withoutSecrets } from "../secrets/hide.ts";
import { escapeText } from "../text/escape.ts";
import type { OptionsOf } from "./options/options-of.ts";
import type { colorRow, quietRow } from "./options/rows.ts";

/** What `--color` says. */
export type ColorChoice = (typeof colorRow)["choices"][number];

/** What a command may touch of the outside world. Tests give their own. */
export interface Io {
  /** Writes a result to standard output. */
  out(data: string | Uint8Array): void;
  /** Writes trouble or progress to standard error. */
  err(text: string): void;
  /** Whether a path is another name of standard output: `/dev/stdout`. */
  isOut?(path: string): boolean;
  /** Standard input to its end, the same each time. */
  stdin(): Uint8Array;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Whether standard output / standard error is a terminal. */
  readonly outIsTty: boolean;
  readonly errIsTty: boolean;
  /** 0 clean, 1 findings or difference, 2 usage or unreadable source. A command only ever raises it. */
  exitCode: number;
  /** `-q` was given: {@link note} prints nothing. */
  quiet?: boolean;
  /** What `--color` says; absent for auto. */
  color?: ColorChoice;
  /** What was read of sources that can be read once only, by path. */
  piped?: Map<string, Uint8Array>;
  /** Standard output is to be JSON. */
  json?: boolean;
  /** Something was written to standard output. */
  printed?: boolean;
}

/**
 * The same for a command: with keys hidden in what goes to standard error, however they got there (in a command line, a path, or a file that
 * is refused), and {@link Io.printed} kept.
 */
export function commandIo(io: Io): Io {
  const kept: Pick<Io, "out" | "err"> = {
    out(data) {
      io.printed = true;
      io.out(data);
    },
    err: (text) => io.err(withoutSecrets(text)),
  };
  return new Proxy(io, { get: (target, name) => Reflect.get(name in kept ? kept : target, name) });
}

/** Prints a line about what was read, left out or written, unless `-q` was given. What makes an exit code other than 0 is not a note. */
export function note(io: Io, text: string): void {
  if (!io.quiet) io.err(`nbft: ${text}\n`);
}

/** What the options that every command has say. */
type CommonArguments = Partial<OptionsOf<readonly [typeof quietRow, typeof colorRow]>> & {
  readonly outputFormat?: string;
  write?: string | undefined;
};

/** Puts what these options say where it is looked up. A file that is standard output by another name is `-`: what is said of it goes elsewhere. */
export function takeCommon(io: Io, options: CommonArguments): void {
  const { quiet, color = "auto", outputFormat, write } = options;
  if (typeof write === "string" && write !== "-" && io.isOut?.(write)) options.write = "-";
  io.quiet = quiet ?? false;
  io.color = color;
  io.json = outputFormat === "json";
}

/** What `-o json` prints is valid also where a command failed and has no result: `null`. */
export function completeJson(io: Io): void {
  if (io.json && !io.printed && io.exitCode === 2) io.out("null\n");
}

/** Raises the exit code; a later, milder outcome never hides an earlier one. */
export function raise(io: Io, code: 1 | 2): void {
  if (code > io.exitCode) io.exitCode = code;
}

/** Wrong use of a command, or a source that cannot be opened: one line on standard error, exit code 2. */
export class UsageError extends Error {
  override name = "UsageError";
}

/** A command cannot go on, and what is wrong was reported already: exit code 2, no more words. */
export class ReportedError extends UsageError {
  override name = "ReportedError";
}

/** Runs something with what a file has in it: the library's errors name the file. */
export function aboutFile<T>(path: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    const named = !(error instanceof NbftError) || error instanceof FileError || error.message.startsWith(`${path}:`);
    if (named) throw error;
    // As other files are: FILE:LINE:COLUMN.
    const message = error.message.replace(/^line (\d+), column (\d+)(?=: )/, "$1:$2");
    const blank = message === error.message ? " " : "";
    throw new UsageError(`${escapeText(path)}:${blank}${message}`);
  }
}

/** A value of `-o` that is not a format; `run.ts` says how a file is written, for who meant one. */
export class FormatError extends UsageError {
  override name = "FormatError";
  readonly value: string;

  constructor(value: string, choices: readonly string[]) {
    super(`-o ${escapeText(value)}: not an output format (${choices.join(", ")})`);
    this.value = value;
  }
}
