import type { Option } from "commander";
import { optionOf } from "./add.ts";
import { forceRow, writeRow } from "./rows.ts";

/** `-w, --write`: the file that a command makes; `-` is standard output. */
export function writeOption(what: string, argument = "file"): Option {
  return optionOf(writeRow(what, argument));
}

/** `-f, --force`: overwrite, and nothing else. */
export function forceOption(): Option {
  return optionOf(forceRow);
}
