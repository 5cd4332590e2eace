import { readUint } from "../../bytes/numbers.ts";
import { parseHex } from "../../text/hex.ts";
import { acpiHeaderSize } from "../table-header.ts";

/** How a group of digits stands for bytes: in their order, or as a little-endian number. */
export type WordOrder = "as bytes" | "low byte first";

/** The bytes of one table as a text shows them. */
export interface FoundBytes {
  readonly bytes: Uint8Array;
  /** Line where they start, from 1. */
  readonly line: number;
  /** Line after their last one, from 1: a text may show another table there. */
  readonly end: number;
  /** The form in which the text shows them, for a person. */
  readonly form: string;
  /** Where the table was in memory, when the offsets are addresses. */
  readonly address?: number;
  /** Why the bytes end before the text does. */
  readonly problem?: { readonly line: number; readonly message: string };
}

/** An ACPI header. Less is the word in an OEM field, or a piece of a row. */
export const shortestTable = acpiHeaderSize;

/** The lines that no table takes; the others are empty, so that the numbers of lines stay. */
export function linesOutside(
  lines: readonly string[],
  taken: readonly Pick<FoundBytes, "line" | "end">[],
): readonly string[] {
  if (taken.length === 0) return lines;
  const outside = [...lines];
  for (const { line, end } of taken) outside.fill("", line - 1, end - 1);
  return outside;
}

/** The order in which groups of digits begin with `NBFT`; undefined when they do not. */
export function nbftOrder(groups: readonly string[]): WordOrder | undefined {
  const start = groups.slice(0, 4);
  if (/^4e424654/i.test(start.join(""))) return "as bytes";
  const swapped = start.map((group) => group.match(/../g)!.reverse().join("")).join("");
  return /^4e424654/i.test(swapped) ? "low byte first" : undefined;
}

/**
 * Bytes without the zeros that fill up a last word: the table's own Length says where it ends.
 *
 * @param word bytes in a word of the dump
 */
export function fitLength(bytes: Uint8Array, word: number): { bytes: Uint8Array } {
  const length = lengthOf(bytes);
  const rest = length === undefined ? 0 : bytes.length - length;
  const filled = rest > 0 && rest < word && bytes.subarray(length).every((byte) => byte === 0);
  return { bytes: filled ? bytes.subarray(0, length) : bytes };
}

/** The Length field of a table, where there is one. */
export function lengthOf(bytes: Uint8Array): number | undefined {
  return bytes.length < 8 ? undefined : readUint(bytes, 4, 4);
}

/** Bytes of groups of digits. */
export function bytesOfGroups(groups: readonly string[], order: WordOrder): Uint8Array | undefined {
  const text = order === "as bytes" ? groups : groups.map((group) => group.match(/../g)!.reverse().join(""));
  return parseHex(text.join(""));
}
