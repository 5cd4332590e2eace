import { Option } from "commander";

export { type ColorChoice, paintFor } from "./color.ts";

/** The `--color` option. */
export function colorOption(): Option {
  return new Option("--color <when>", "colour the text").choices(["auto", "always", "never"]).default("auto");
}
