import { Option } from "commander";
import { FormatError } from "../io.ts";

/** `-o, --output-format`: always a format, of what is printed or written. The first one is the default. */
export function formatOption(choices: readonly string[], what = "output format"): Option {
  const option = new Option("-o, --output-format <format>", what).choices(choices);
  option.argParser((value: string) => {
    if (choices.includes(value)) return value;
    throw new FormatError(value, choices);
  });
  return option.default(choices[0]);
}
