import { type Command, Option } from "commander";
import { FormatError } from "../io.ts";
import { listOption, repeatedOption } from "./list.ts";
import type { OptionRow } from "./rows.ts";

/** Adds the options of some rows to a command. */
export function addOptions(command: Command, rows: readonly OptionRow[]): Command {
  for (const row of rows) command.addOption(optionOf(row));
  return command;
}

/** Commander's option of a row. */
export function optionOf(row: OptionRow): Option {
  const { flags, description, choices, format, default: standard, parse, list, repeated, otherwise } = row;
  if (list) return listOption(flags, description, choices);
  if (repeated) return repeatedOption(flags, description);
  const option = new Option(flags, description);
  if (choices) option.choices(choices);
  if (choices && format) {
    option.argParser((value: string) => {
      if (choices.includes(value)) return value;
      throw new FormatError(value, choices);
    });
  }
  if (parse) option.argParser(parse as (word: string, before: unknown) => unknown);
  if (otherwise !== undefined) return option.default(undefined, otherwise);
  return standard === undefined ? option : option.default(standard);
}
