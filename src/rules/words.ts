import type { SpecRef } from "../diagnostic.ts";
import type { RuleExample, RuleInfo } from "../rule-info.ts";
import { escapeText } from "../text/escape.ts";
import { hex } from "../text/hex.ts";

/** A specification's place as text: `NVMe-BOOT 1.3, Figure 14`. */
export function formatSpec({ doc, rev, figure, section }: SpecRef): string {
  const parts = [figure !== undefined && `Figure ${figure}`, section !== undefined && `section ${section}`];
  return [`${doc} ${rev}`, ...parts.filter((part) => part !== false)].join(", ");
}

/** The command that repairs what a rule finds, where there is one. */
export function repairCommand({ code }: Pick<RuleInfo, "code">): string {
  return `nbft repair --only ${code}`;
}

/** A finding of an example in a line: its path, and its byte or line where it has one. */
export function exampleFinding(
  { severity, path, offset, line, message }: RuleExample["finds"][number],
  paint: (text: string) => string = (text) => text,
): string {
  const where = line !== undefined ? `line ${line}` : offset !== undefined ? `@${hex(offset)}` : "";
  const parts = [paint(severity), escapeText(path), where];
  return `${parts.filter((part) => part !== "").join(" ")}: ${escapeText(message)}`;
}
