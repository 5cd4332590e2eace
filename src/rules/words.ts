import type { SpecRef } from "../diagnostic.ts";
import type { RuleInfo } from "../rule-info.ts";

/** A specification's place as text: `NVMe-BOOT 1.3, Figure 14`. */
export function formatSpec({ doc, rev, figure, section }: SpecRef): string {
  const parts = [figure !== undefined && `Figure ${figure}`, section !== undefined && `section ${section}`];
  return [`${doc} ${rev}`, ...parts.filter((part) => part !== false)].join(", ");
}

/** The command that repairs what a rule finds, where there is one. */
export function repairCommand({ code }: Pick<RuleInfo, "code">): string {
  return `nbft repair --only ${code}`;
}
