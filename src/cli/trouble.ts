import { NbftError } from "../errors.ts";
import type { UnreadSource } from "../output/findings/text.ts";
import { withoutSecrets } from "../secrets/hide.ts";
import { escapeControls } from "../text/escape.ts";
import { type Io, ReportedError, raise, UsageError } from "./io.ts";
import { isSystemError, systemErrorText, withoutName } from "./system-error.ts";

/** What is wrong, in words, where an error is what stops a command; undefined for bugs. */
function troubleText(error: unknown): string | undefined {
  if (isSystemError(error)) return systemErrorText(error);
  return error instanceof UsageError || error instanceof NbftError ? escapeControls(error.message) : undefined;
}

/**
 * Reports a source that cannot be read, and returns what else is said of it.
 *
 * @throws what was thrown, where that is a bug.
 */
export function unreadSource(source: string, error: unknown, io: Io): UnreadSource {
  if (!reportTrouble(error, io)) throw error;
  // It goes to standard output, in SARIF, JUnit and JSON; standard error hides keys by itself.
  return { source, message: withoutSecrets(withoutName(troubleText(error)!, source)) };
}

/** Turns what stops a command into a line on standard error and exit code 2; false for bugs. */
export function reportTrouble(error: unknown, io: Io): boolean {
  const text = troubleText(error);
  if (text === undefined) return false;
  if (!(error instanceof ReportedError)) io.err(`nbft: ${text}\n`);
  raise(io, 2);
  return true;
}
