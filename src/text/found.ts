import type { Diagnostic } from "../diagnostic.ts";

const EXPECTED = ", expected ";

/**
 * What a finding's message shows of what is checked, and what it says should be there, for programs.
 *
 * @param value what is at the finding's path, where that is known
 */
export function foundAndExpected(message: string, value?: unknown): Pick<Diagnostic, "found" | "expected"> {
  const at = message.lastIndexOf(EXPECTED);
  // Nothing is shown that the message does not show: a text of the table may be long, or a secret.
  const shown = (typeof value === "number" || typeof value === "string") && message.includes(String(value));
  return {
    ...(shown && { found: value }),
    ...(at >= 0 && { expected: message.slice(at + EXPECTED.length) }),
  };
}
