import type { Diagnostic } from "../diagnostic.ts";
import { type Example, exampleBytes, type StoredRef } from "./example.ts";
import type { BadExample, Rule } from "./rule.ts";
import { validateTogether } from "./validate.ts";

/** What a rule finds in one of its bad examples. */
export function exampleFindings({ code }: Pick<Rule, "code">, example: BadExample): Diagnostic[] {
  return judgeExample(example).filter(({ rule }) => rule === code);
}

/** Every finding about an example's tables. */
export function judgeExample(example: Example): Diagnostic[] {
  return validateTogether([example, ...(example.others ?? [])].map(exampleBytes)).flat();
}

/** What is special about an example, one line for each thing. Empty where it is the sound table as it is. */
export function describeExample(example: Example): string[] {
  const { table = "plain", layout, model, stored, heap, behind, trailing, cut, checksum, others } = example;
  const lines: string[] = [];
  if (table !== "plain") lines.push(`the table "${table}"`);
  if (layout !== undefined) lines.push(`in the layout "${layout}"`);
  for (const [path, value] of Object.entries(model ?? {})) {
    lines.push(`${path} is ${value === undefined ? "left out" : shown(value)}`);
  }
  for (const [path, value] of Object.entries(stored ?? {})) lines.push(`${path} is stored as ${storedText(value)}`);
  if (heap) lines.push(`${heap.length} bytes are added to the heap: ${bytesText(heap)}`);
  if (behind) lines.push(`${behind.length} bytes are added after the heap: ${bytesText(behind)}`);
  if (trailing) lines.push(`${trailing.length} bytes are added after the table: ${bytesText(trailing)}`);
  if (cut !== undefined) lines.push(`only the first ${cut} bytes are left`);
  if (checksum !== undefined) lines.push(`the checksum is ${checksum}`);
  for (const other of others ?? []) {
    const what = describeExample(other);
    lines.push(`together with another table${what.length > 0 ? `: ${what.join("; ")}` : ", the same"}`);
  }
  return lines;
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}

function storedText(value: NonNullable<Example["stored"]>[string]): string {
  if (typeof value === "number" || typeof value === "string") return shown(value);
  if (Array.isArray(value)) return bytesText(value);
  const { offset, added, length, like } = value as StoredRef;
  if (like !== undefined) return `a reference to ${like}`;
  const parts = [
    offset !== undefined && `offset ${offset}`,
    added !== undefined && `the offset of the added bytes${added > 0 ? ` + ${added}` : ""}`,
    length !== undefined && `length ${length}`,
  ];
  return parts.filter((part) => part !== false).join(" and ");
}

function bytesText(bytes: readonly number[]): string {
  const digits = bytes.slice(0, 16).map((byte) => byte.toString(16).padStart(2, "0"));
  return digits.join(" ") + (bytes.length > 16 ? " …" : "");
}
