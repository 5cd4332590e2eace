import { type Command, InvalidArgumentError, Option } from "commander";
import { FormatError } from "../io.ts";
import type { OptionRow } from "./rows.ts";

/** Adds the options of some rows to a command. */
export function addOptions(command: Command, rows: readonly OptionRow[]): Command {
  for (const row of rows) command.addOption(optionOf(row));
  return command;
}

/** Commander's option of a row. */
export function optionOf(row: OptionRow): Option {
  const { flags, description, choices, default: standard, list, repeated } = row;
  const more = list ? " (separated by commas)" : repeated ? " (may be repeated)" : "";
  const option = new Option(flags, description + more);
  if (choices) option.choices(choices);
  const parse = parserOf(row);
  if (parse) option.argParser(parse);
  return standard === undefined ? option : option.default(standard);
}

type Parser = (word: string, before: unknown) => unknown;

/** What makes a value of an option's word; undefined where commander takes the word as it is. */
function parserOf({ choices, format, list, repeated, parse }: OptionRow): Parser | undefined {
  const given = parse as Parser | undefined;
  if (list) return (word, before = []) => [...(before as readonly string[]), ...listed(word, choices)];
  if (repeated)
    return (word, before = []) => [...(before as readonly unknown[]), given ? given(word, undefined) : word];
  if (!format) return given;
  return (word) => {
    if (choices!.includes(word)) return word;
    throw new FormatError(word, choices!);
  };
}

/** A list in one word, so that it swallows no SOURCE. */
function listed(text: string, choices: readonly string[] | undefined): string[] {
  const words = text
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");
  if (words.length === 0) throw new InvalidArgumentError("the list is empty.");
  const unknown = choices && words.find((word) => !choices.includes(word));
  if (unknown !== undefined)
    throw new InvalidArgumentError(`There is no ${unknown}. Allowed are ${choices!.join(", ")}.`);
  return words;
}
