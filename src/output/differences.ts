import type { ByteDifference } from "../diff/diff-bytes.ts";
import type { FrameDifference } from "../diff/diff-frames.ts";
import type { TableDifference } from "../diff/diff-tables.ts";
import { escapeText } from "../text/escape.ts";
import { hex } from "../text/hex.ts";
import type { Paint } from "./paint.ts";

/** How differences are shown. */
export interface DifferenceStyle {
  readonly paint: Paint;
  /** Show key paths of security profiles instead of hiding them. */
  readonly showSecrets?: boolean | undefined;
  /** Put in front of each line. */
  readonly indent?: string;
}

/** What tables say differently, a line for each value: `~` changed, `+` added, `-` removed. */
export function renderDifferences(differences: readonly TableDifference[], style: DifferenceStyle): string {
  const { paint, showSecrets = false, indent = "" } = style;
  const marks = { changed: paint.doubtful("~"), added: paint.good("+"), removed: paint.bad("-") };
  const lines = differences.map(({ kind, path, before, after }) => {
    const show = (value: unknown) => escapeText(shown(path, value, showSecrets));
    const what = kind === "changed" ? `${show(before)} → ${show(after)}` : show(kind === "added" ? after : before);
    // A number that stayed while what it numbers has moved.
    const note = kind === "changed" && JSON.stringify(before) === JSON.stringify(after) ? " (another entry)" : "";
    return `${indent}${marks[kind]} ${escapeText(path)} ${what}${note}\n`;
  });
  return lines.join("");
}

/** What the frames of tables state differently. */
export function renderFrameDifferences(
  differences: readonly FrameDifference[],
  { paint, indent = "" }: DifferenceStyle,
): string {
  const number = (path: string, value: number) => (/[Oo]ffset$|checksum$/.test(path) ? hex(value) : String(value));
  return differences
    .map(
      ({ path, before, after }) =>
        `${indent}${paint.dim("~")} ${path} ${number(path, before)} → ${number(path, after)}\n`,
    )
    .join("");
}

/** Where bytes differ: a line for each owner; what has moved together takes one line. */
export function renderByteDifferences(
  differences: readonly ByteDifference[],
  { paint, indent = "" }: DifferenceStyle,
): string {
  const lines: string[] = [];
  for (let i = 0; i < differences.length; ) {
    const first = differences[i]!;
    let end = i + 1;
    while (first.kind === "moved" && end < differences.length && distance(differences[end]!) === distance(first)) end++;
    const more = end - i > 1 ? ` to ${escapeText(differences[end - 1]!.path)}` : "";
    lines.push(`${indent}${paint.dim("layout")} ${escapeText(first.path)}${more}: ${described(first)}\n`);
    i = end;
  }
  return lines.join("");
}

/** By how much something has moved; undefined when it has not. */
function distance({ kind, before, after }: ByteDifference): number | undefined {
  return kind === "moved" ? after!.offset - before!.offset : undefined;
}

function described(difference: ByteDifference): string {
  const { kind, before, after } = difference;
  const place = ({ offset, length }: { offset: number; length: number }) => `${length} bytes at ${hex(offset)}`;
  switch (kind) {
    case "moved": {
      const by = distance(difference)!;
      return `moved by ${by > 0 ? "+" : ""}${by}`;
    }
    case "resized":
      return `${place(before!)} → ${place(after!)}`;
    case "bytes":
      return `${digits(before)} → ${digits(after)}`;
    default:
      return `${kind}: ${place((before ?? after)!)}: ${digits(before ?? after)}`;
  }
}

function digits(place: ByteDifference["before"]): string {
  const { bytes = "", length = 0 } = place ?? {};
  return bytes + (bytes.length < 2 * length ? "…" : "");
}

/** Longest text of a value in one line. */
const MOST = 300;

/** A value in one line; key paths are hidden. */
function shown(path: string, value: unknown, secrets: boolean): string {
  if (path.endsWith(".secretKeypath") && !secrets) return "(hidden: --show-secrets shows it)";
  // Blanks at an end would not be seen.
  if (typeof value === "string") return /^$|^\s|\s$/.test(value) ? JSON.stringify(value) : value;
  if (/^\w+#\d+$/.test(path) && typeof value === "object") return summary(value as Readonly<Record<string, unknown>>);
  const hidden = (key: string, part: unknown) => (key === "secretKeypath" && !secrets ? "(hidden)" : part);
  const text = JSON.stringify(value, hidden);
  return text.length > MOST ? `${text.slice(0, MOST)}…` : text;
}

/** What tells an entry of a list from others. */
function summary(entry: Readonly<Record<string, unknown>>): string {
  const info = (entry["transportInfo"] ?? {}) as Readonly<Record<string, unknown>>;
  const words = [info["mac"], info["ipAddress"], entry["subsystemNqn"], entry["traddr"], entry["uri"], entry["nqn"]];
  return words.filter((word) => word !== undefined).join(" ");
}
