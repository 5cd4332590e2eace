import { latin1Text } from "../../bytes/latin1.ts";
import { escapeText } from "../../text/escape.ts";
import { formatHex } from "../../text/hex.ts";

/** Lines of columns, each as wide as its longest cell; columns named in `right` are aligned there. */
export function formatColumns(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  right: readonly number[] = [],
  paintTitles: (text: string) => string = (text) => text,
): string {
  const cells = [titles, ...rows.map((row) => row.map(escapeText))];
  const widths = titles.map((_, i) => Math.max(...cells.map((row) => row[i]!.length)));
  return cells
    .map((row) =>
      row
        .map((cell, i) => (right.includes(i) ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
        .join("  ")
        .trimEnd(),
    )
    .map((line, i) => `${i === 0 ? paintTitles(line) : line}\n`)
    .join("");
}

/** Bytes in lines of 16 with their offset and printable characters. */
export function hexLines(data: Uint8Array): string[] {
  return Array.from({ length: Math.ceil(data.length / 16) }, (_, row) => {
    const part = data.subarray(16 * row, 16 * row + 16);
    const text = latin1Text(part).replace(/[^\x20-\x7e]/g, ".");
    return `${(16 * row).toString(16).padStart(4, "0")}  ${formatHex(part, " ").padEnd(47)}  ${text}`;
  });
}
