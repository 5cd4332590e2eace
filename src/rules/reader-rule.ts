import { type DefectCode, defects } from "../nbft/read/defects.ts";
import { type AnyRule, type Rule, rule } from "./rule.ts";
import type { Subject } from "./subjects.ts";

/** A rule whose defect the reader itself reports: code, name, severity, hint and source are the reader's. */
export function readerRule(
  code: DefectCode,
  on: Subject,
  rest: Omit<Rule, "on" | "check" | "code" | "name" | "severity" | "fatal" | "hint" | "spec">,
): AnyRule {
  return rule(on, { code, ...defects[code], ...rest });
}
