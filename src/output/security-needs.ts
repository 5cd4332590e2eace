import type { SecurityNeeds } from "../secrets/needs.ts";
import { escapeText } from "../text/escape.ts";
import type { Paint } from "./paint.ts";

/** What a table's security profiles need, as text: one block, or nothing. */
export function formatSecurityNeeds(source: string, needs: SecurityNeeds | undefined, paint: Paint): string {
  if (!needs) return "";
  const { records, readers, file, remarks } = needs;
  const lines = [
    `${paint.bold("Security")} of ${escapeText(source)}`,
    ...records.map(
      ({ kind, index, profile, asks }) =>
        `  ${kind === "ssns" ? "SSNS" : "discovery"} ${index}: profile ${profile} ${asks}`,
    ),
    ...readers.map(({ consumers, does }) => `  ${consumers.join(", ")}: ${escapeText(does)}`),
    ...(file ? [`  ${file.path}, mode ${file.mode}, in the initramfs:`, ...outlineOf(file.outline)] : []),
    ...remarks.map((remark) => `  ${paint.dim(escapeText(remark))}`),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

function outlineOf(text: string): string[] {
  return text
    .trimEnd()
    .split("\n")
    .map((line) => `    ${escapeText(line)}`);
}
