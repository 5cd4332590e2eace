import { type DefectCode, defects } from "../nbft/read/defects.ts";
import { type AnyRule, type Rule, rule, type Subject } from "./rule.ts";

/** A rule whose defect reading meets by itself: code, name, severity, hint and source stand with the reader. */
export function met(
  code: DefectCode,
  on: Subject,
  rest: Omit<Rule, "on" | "fix" | "check" | "code" | "name" | "severity" | "fatal" | "hint" | "spec">,
): AnyRule {
  return rule(on, { code, ...defects[code], ...rest });
}
