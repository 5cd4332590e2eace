import { Option } from "commander";
import { ansi, type Paint, plain } from "../render/paint.ts";
import type { Io } from "./io.ts";

export type ColorChoice = "auto" | "always" | "never";

/** The `--color` option. */
export function colorOption(): Option {
  return new Option("--color <when>", "colour the text").choices(["auto", "always", "never"]).default("auto");
}

/** Colours for standard output: on a terminal, unless NO_COLOR is set (https://no-color.org). */
export function paintFor(io: Io, choice: ColorChoice = "auto"): Paint {
  if (choice !== "auto") return choice === "always" ? ansi : plain;
  return io.outIsTty && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb" ? ansi : plain;
}
