import type { ByteDifference } from "../../diff/diff-bytes.ts";
import type { TableDifference } from "../../diff/diff-tables.ts";
import type { Paint } from "../../render/paint.ts";
import { escapeText } from "../../text/escape.ts";
import { hex } from "../../text/hex.ts";

/** Differences as lines of text; key paths are hidden unless asked for. */
export function renderDifferences(
  differences: readonly TableDifference[],
  bytes: readonly ByteDifference[] | undefined,
  paint: Paint,
  secrets: boolean,
): string {
  const marks = { changed: paint.doubtful("~"), added: paint.good("+"), removed: paint.bad("-") };
  const lines = differences.map(({ kind, path, before, after }) => {
    const show = (value: unknown) => escapeText(shown(path, value, secrets));
    const what = kind === "changed" ? `${show(before)} → ${show(after)}` : show(kind === "added" ? after : before);
    return `${marks[kind]} ${escapeText(path)} ${what}`;
  });
  const places = (bytes ?? []).map(({ path, kind, before, after }) => {
    const place = (where: { offset: number; length: number } | undefined) =>
      where ? `${hex(where.offset)}+${where.length}` : "";
    return `${paint.dim("layout")} ${escapeText(path)}: ${kind} ${[place(before), place(after)].filter(Boolean).join(" → ")}`;
  });
  return [...lines, ...places].map((line) => `${line}\n`).join("");
}

/** A value in one line; key paths are hidden. */
function shown(path: string, value: unknown, secrets: boolean): string {
  const hidden = (key: string, part: unknown) => (key === "secretKeypath" && !secrets ? "(hidden)" : part);
  if (path.endsWith(".secretKeypath") && !secrets) return "(hidden)";
  // Blanks at an end would not be seen.
  if (typeof value === "string") return /^$|^\s|\s$/.test(value) ? JSON.stringify(value) : value;
  return JSON.stringify(value, hidden);
}
