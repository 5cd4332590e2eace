import type { Diagnostic } from "../diagnostic.ts";
import type { NbftTable } from "../nbft/table.ts";
import { valueAt } from "../nbft/value-at.ts";

const EXPECTED = ", expected ";

/** What a finding's message shows of the table, and what it says should be there, for programs. */
export function foundAndExpected(
  table: NbftTable,
  path: string,
  message: string,
): Pick<Diagnostic, "found" | "expected"> {
  const at = message.lastIndexOf(EXPECTED);
  const value: unknown = valueAt(table, path);
  // Nothing is shown that the message does not show: a text of the table may be long, or a secret.
  const shown = (typeof value === "number" || typeof value === "string") && message.includes(String(value));
  return {
    ...(shown && { found: value }),
    ...(at >= 0 && { expected: message.slice(at + EXPECTED.length) }),
  };
}
