import { Option } from "commander";
import type { ColorChoice } from "../color.ts";
import { optionOf } from "./add.ts";
import { colorRow, secretsRow } from "./rows.ts";

/** What the options that every command has say; `run.ts` puts them where they are looked up. */
export interface CommonArguments {
  readonly quiet?: true;
  readonly color?: ColorChoice;
}

/** `-q`, of every command. */
export function quietOption(): Option {
  return new Option("-q, --quiet", "print results and errors, and nothing else");
}

/** `-v`, of the commands that have more to say. */
export function verboseOption(what: string): Option {
  return new Option("-v, --verbose", what);
}

/** `--color`, of the commands that print text. */
export function colorOption(): Option {
  return optionOf(colorRow);
}

/** `--show-secrets`, of the commands that print or write a description of tables. */
export function secretsOption(): Option {
  return optionOf(secretsRow);
}
