import type { Option } from "commander";
import { optionOf } from "./add.ts";
import { formatRow } from "./rows.ts";

/** `-o, --output-format`: always a format, of what is printed or written. The first one is the default. */
export function outputFormatOption(choices: readonly string[], what?: string): Option {
  return optionOf(formatRow(choices, what));
}
