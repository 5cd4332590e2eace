import { ruleOf } from "../../rules/catalogue.ts";
import { validate } from "../../rules/validate.ts";
import type { ReportFinding } from "./html.ts";

/** What `validate` finds, each finding with who breaks on it; what is only worth knowing breaks nobody. */
export function explainedFindings(bytes: Uint8Array): ReportFinding[] {
  return validate(bytes).map((finding) => {
    const { fatal, breaks } = ruleOf(finding.rule) ?? {};
    return finding.severity === "info" ? finding : { ...finding, fatal, breaks };
  });
}
