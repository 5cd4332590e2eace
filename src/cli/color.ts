import { ansi, type Paint, plain } from "../output/paint.ts";
import type { Io } from "./io.ts";

export type ColorChoice = "auto" | "always" | "never";

/** Colours for standard output: on a terminal, unless NO_COLOR is set (https://no-color.org). */
export function paintFor(io: Io, choice: ColorChoice = "auto"): Paint {
  if (choice !== "auto") return choice === "always" ? ansi : plain;
  return io.outIsTty && !io.env["NO_COLOR"] && io.env["TERM"] !== "dumb" ? ansi : plain;
}
