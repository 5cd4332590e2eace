import { ansi, type Paint, plain } from "../output/paint.ts";
import type { ColorChoice, Io } from "./io.ts";

/**
 * Colors for standard output: as `--color` says, else as the environment does (NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR), else on a
 * terminal. See https://no-color.org and https://bixense.com/clicolors.
 */
export function paintFor(io: Io, choice: ColorChoice = io.color ?? "auto"): Paint {
  if (choice !== "auto") return choice === "always" ? ansi : plain;
  return (environmentChoice(io.env) ?? (io.outIsTty && io.env["TERM"] !== "dumb")) ? ansi : plain;
}

function environmentChoice(env: Io["env"]): boolean | undefined {
  const { NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE, CLICOLOR } = env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== "") return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (CLICOLOR_FORCE && CLICOLOR_FORCE !== "0") return true;
  return CLICOLOR === "0" ? false : undefined;
}
