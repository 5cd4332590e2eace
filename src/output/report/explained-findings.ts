import { breakagesOn } from "../../rule-info.ts";
import { ruleOf } from "../../rules/catalogue.ts";
import { type TableInput, validate } from "../../rules/validate.ts";
import type { ReportFinding } from "./findings.ts";

/** What `validate` finds, each finding with its rule and who breaks on it; what is only worth knowing breaks nobody. */
export function explainedFindings(table: TableInput): ReportFinding[] {
  return validate(table).map((finding) => {
    const about = ruleOf(finding.rule);
    if (finding.severity === "info" || about === undefined) return { ...finding, about };
    return { ...finding, about, fatal: about.fatal, breaks: breakagesOn(about, [finding]) };
  });
}
