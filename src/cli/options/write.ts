import { Option } from "commander";

/** `-w, --write`: the file that a command makes; `-` is standard output. */
export function writeOption(what: string, argument = "file"): Option {
  return new Option(`-w, --write <${argument}>`, what);
}

/** `-f, --force`: overwrite, and nothing else. */
export function forceOption(): Option {
  return new Option("-f, --force", "overwrite what exists");
}
