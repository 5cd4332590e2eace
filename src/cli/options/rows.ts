/** An option of a command as data: what commander, and who reads plain command lines without it, make theirs of. */
export interface OptionRow {
  /** As commander writes them: `-o, --output-format <format>`. */
  readonly flags: string;
  readonly description: string;
  readonly choices?: readonly string[];
  /** Whether the choices are formats: a name of a file among them gets a hint. */
  readonly format?: true;
  readonly default?: string;
  /** Makes a value of the word that was given. */
  readonly parse?: (word: string) => unknown;
}

/** `--color`, of the commands that print text. */
export const colorRow: OptionRow = {
  flags: "--color <when>",
  description: "color the text",
  choices: ["auto", "always", "never"],
  default: "auto",
};

/** `--show-secrets`, of the commands that print or write a description of tables. */
export const secretsRow: OptionRow = { flags: "--show-secrets", description: "show key paths" };

/** `-o, --output-format`: always a format, of what is printed or written. The first one is the default. */
export function formatRow(choices: readonly string[], description = "output format"): OptionRow {
  return { flags: "-o, --output-format <format>", description, choices, format: true, default: choices[0]! };
}

/** A command line that was understood: its words, and its options by commander's names for them. */
export interface PlainArguments {
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string | true>>;
}

/**
 * Understands a plain command line: words, and whole options of some rows, each apart from its value. Undefined for everything else, right or
 * wrong, which is commander's business.
 */
export function readPlainly(rows: readonly OptionRow[], argv: readonly string[]): PlainArguments | undefined {
  const words: string[] = [];
  const options: Record<string, string | true> = {};
  for (const row of rows) if (row.default !== undefined) options[nameOf(row)] = row.default;
  for (let i = 0; i < argv.length; i++) {
    const word = argv[i]!;
    if (!word.startsWith("-")) {
      words.push(word);
      continue;
    }
    const row = rows.find(({ flags }) => flags.split(/[ ,]+/).includes(word));
    if (!row || row.parse) return undefined;
    if (!row.flags.includes("<")) {
      options[nameOf(row)] = true;
      continue;
    }
    const value = argv[++i];
    if (value === undefined || (row.choices && !row.choices.includes(value))) return undefined;
    options[nameOf(row)] = value;
  }
  return { words, options };
}

/** What commander calls the value of an option: `outputFormat` for `--output-format`. */
function nameOf({ flags }: OptionRow): string {
  const long = /--([\w-]+)/.exec(flags)![1]!;
  return long.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
