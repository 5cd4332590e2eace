/** An option of a command as data: what commander, and who reads plain command lines without it, make theirs of. */
export interface OptionRow {
  /** As commander writes them: `-o, --output-format <format>`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** Whether the choices are formats: a name of a file among them gets a hint. */
  readonly format?: true;
  readonly default?: string | number;
  /** Makes a value of the word that was given, and of the value that an earlier use gave where it is not `repeated`. */
  readonly parse?: (word: string, before: never) => unknown;
  /** Whether its word is a list, separated by commas; it may be given several times, too. */
  readonly list?: true;
  /** Whether it may be given several times, one thing each time: files or texts, which may contain commas. */
  readonly repeated?: true;
  /** Whether the command does nothing without it. */
  readonly required?: true;
}

/** `-q`, of every command. */
export const quietRow = {
  flags: "-q, --quiet",
  description: "print only results and errors",
} as const satisfies OptionRow;

/** `-v`, of the commands that have more to say. */
export function verboseRow(description: string): OptionRow & { readonly flags: "-v, --verbose" } {
  return { flags: "-v, --verbose", description };
}

export interface WriteRow extends OptionRow {
  readonly flags: `-w, --write <${string}>`;
}

/** `-w, --write`: the file that a command makes; `-` is standard output. */
export function writeRow(description: string, argument = "file"): WriteRow {
  return { flags: `-w, --write <${argument}>`, description };
}

/** `-w` of the commands whose result is on standard output without it. */
export function resultRow(description: string, argument?: string): WriteRow & { readonly default: "-" } {
  return { ...writeRow(description, argument), default: "-" };
}

/** `-f, --force`: overwrite, and nothing else. */
export const forceRow = { flags: "-f, --force", description: "overwrite what exists" } as const satisfies OptionRow;

/** `--color`, of the commands that print text. */
export const colorRow = {
  flags: "--color <when>",
  description: "color the text",
  choices: ["auto", "always", "never"],
  default: "auto",
} as const satisfies OptionRow;

/** `--show-secrets`, of the commands that print or write a description of tables. */
export const secretsRow = { flags: "--show-secrets", description: "show key paths" } as const satisfies OptionRow;

export interface FormatRow<Format extends string> extends OptionRow {
  readonly flags: "-o, --output-format <format>";
  readonly choices: readonly Format[];
  readonly default: Format;
}

/** `-o, --output-format`: always a format, of what is printed or written. The first one is the default. */
export function formatRow<const Format extends string>(
  choices: readonly Format[],
  description = "output format",
): FormatRow<Format> {
  return { flags: "-o, --output-format <format>", description, choices, format: true, default: choices[0]! };
}

/** `-o` of the commands that print claims. */
export const claimFormatRow = formatRow(["text", "json", "junit"], "how to show the claims");

/** A command line that was understood: its words, and its options by commander's names for them. */
interface PlainArguments {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | number | boolean>>;
}

/**
 * Understands a plain command line: words, and whole options of some rows, each apart from its value. Undefined for everything else, right or
 * wrong, and for options whose value is made, which is commander's business.
 */
export function readPlainly(rows: readonly OptionRow[], argv: readonly string[]): PlainArguments | undefined {
  const words: string[] = [];
  const options: Record<string, string | number | boolean> = {};
  for (const row of rows) {
    // What can only be switched off is on.
    if (isNegative(row) && !rows.some((other) => other !== row && optionName(other) === optionName(row)))
      options[optionName(row)] = true;
    if (row.default !== undefined) options[optionName(row)] = row.default;
  }
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (!word.startsWith("-")) {
      words.push(word);
      continue;
    }
    const row = rows.find(({ flags }) => flags.split(/[ ,]+/).includes(word));
    if (!row || row.parse || row.list || row.repeated) return undefined;
    if (!row.flags.includes("<")) {
      options[optionName(row)] = !isNegative(row);
      continue;
    }
    const value = argv[++i];
    if (value === undefined || (row.choices && !row.choices.includes(value))) return undefined;
    options[optionName(row)] = value;
  }
  return rows.some((row) => row.required && !(optionName(row) in options)) ? undefined : { words, options };
}

/** What commander calls the value of an option: `outputFormat` for `--output-format`. */
export function optionName({ flags }: OptionRow): string {
  const long = /--(?:no-)?([\w-]+)/.exec(flags)![1]!;
  return long.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}

function isNegative({ flags }: OptionRow): boolean {
  return flags.startsWith("--no-");
}
