import type { OptionRow } from "./rows.ts";

/**
 * What a command is given of the options that its rows declare, each by commander's name for it: what a row says of its values is said once,
 * and a command that asks for an option that it does not have does not compile.
 */
export type OptionsOf<Rows extends readonly OptionRow[]> = Given<Rows[number]>;

type Given<Row extends OptionRow> = {
  readonly [Name in AlwaysGiven<Row>]: ValueOf<RowOf<Row, Name>>;
} & {
  readonly [Name in Exclude<NameOf<Row>, AlwaysGiven<Row>>]?: ValueOf<RowOf<Row, Name>>;
};

/** `outputFormat` for `-o, --output-format <format>`, `backup` for `--no-backup`. */
type NameOf<Row> = Row extends OptionRow ? Camel<WithoutNo<LongOf<Row["flags"]>>> : never;

type LongOf<Flags extends string> = Flags extends `${string}--${infer Long} <${string}`
  ? Long
  : Flags extends `${string}--${infer Long}`
    ? Long
    : never;

type WithoutNo<Long extends string> = Long extends `no-${infer Positive}` ? Positive : Long;

type Camel<Long extends string> = Long extends `${infer First}-${infer Rest}`
  ? `${First}${Capitalize<Camel<Rest>>}`
  : Long;

/** The rows of one name: `--schema <place>` and `--no-schema` are two. */
type RowOf<Row extends OptionRow, Name> = Row extends unknown ? (Name extends NameOf<Row> ? Row : never) : never;

/** What can only be switched off, or off as well. */
type Negative = { readonly flags: `--no-${string}` };

/** Names of the options that have a value whatever was given: a default, a word that is required, what is on until it is switched off. */
type AlwaysGiven<Row extends OptionRow> =
  | NameOf<Extract<Row, { readonly default: unknown } | { readonly required: true }>>
  | Exclude<NameOf<Extract<Row, Negative>>, NameOf<Exclude<Row, Negative>>>;

/** The value of the rows of one name. */
type ValueOf<Row extends OptionRow> =
  | (Row extends Negative ? false : WordsOf<Row>)
  | ([Exclude<Row, Negative>] extends [never] ? true : never);

type WordsOf<Row extends OptionRow> = Row extends { readonly list: true } | { readonly repeated: true }
  ? readonly WordOf<Row>[]
  : Row["flags"] extends `${string} <${string}`
    ? WordOf<Row>
    : true;

/** What one word becomes. */
type WordOf<Row extends OptionRow> = Row extends { readonly parse: (...given: never[]) => infer Value }
  ? Value
  : Row extends { readonly choices: readonly (infer Choice)[] }
    ? Choice
    : string;
