import { NbftError } from "../errors.ts";
import { escapeControls } from "../text/escape.ts";
import { type Io, ReportedError, raise, UsageError } from "./io.ts";
import { isSystemError, systemErrorText } from "./system-error.ts";

/** Turns what stops a command into a line on standard error and exit code 2; false for bugs. */
export function reportTrouble(error: unknown, io: Io): boolean {
  if (!(error instanceof UsageError || error instanceof NbftError || isSystemError(error))) return false;
  if (!(error instanceof ReportedError))
    io.err(`nbft: ${isSystemError(error) ? systemErrorText(error) : escapeControls(error.message)}\n`);
  raise(io, 2);
  return true;
}
