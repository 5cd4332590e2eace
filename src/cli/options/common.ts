import type { Option } from "commander";
import { optionOf } from "./add.ts";
import { colorRow, verboseRow } from "./rows.ts";

/** `-v`, of the commands that have more to say. */
export function verboseOption(what: string): Option {
  return optionOf(verboseRow(what));
}

/** `--color`, of the commands that print text. */
export function colorOption(): Option {
  return optionOf(colorRow);
}
