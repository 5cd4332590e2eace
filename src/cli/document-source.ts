import { readFileSync, statSync } from "node:fs";
import type { BootDescription } from "../boot/description.ts";
import { parseBootDescription } from "../boot/parse.ts";
import { onlyElement, type ParsedText, parseText } from "../document/parse-text.ts";
import { type Io, UsageError } from "./io.ts";

/** What a text describes: a table, or a boot that a table is made for. */
export type Described =
  | { readonly kind: "document"; readonly parsed: ParsedText }
  | { readonly kind: "boot"; readonly boot: BootDescription };

/** Largest text that is looked at. A document has about six times the size of its table. */
const MAX_TEXT_BYTES = 256 * 1024 * 1024;

/**
 * The document or boot description in a text. A list of one document, as `dump -o json` of a directory gives, will do.
 *
 * @throws {ParseError} with file, line and column when it is no YAML or JSON, or a wrong boot description.
 * @throws {UsageError} when it holds several documents, or none.
 */
export function describedBy(text: string, file: string): Described {
  const parsed = parseText(text, file);
  const { value } = parsed;
  if (Array.isArray(value)) {
    if (value.length === 1) return { kind: "document", parsed: onlyElement(parsed, value) };
    throw new UsageError(`${file} holds ${value.length} documents: give one`);
  }
  if (isBoot(value)) return { kind: "boot", boot: parseBootDescription(text, { file }) };
  return { kind: "document", parsed };
}

/** A boot description speaks of interfaces, targets and attempts; a table's document of HFIs and subsystems. */
function isBoot(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  return ["interfaces", "targets", "attempts"].some((key) => key in value);
}

/** The bytes of a file, or of standard input for `-`. */
export function readBytes(path: string, io: Io): Uint8Array {
  if (path === "-") return io.stdin();
  const { size } = statSync(path);
  if (size > MAX_TEXT_BYTES) throw new UsageError(`${path} has ${size} bytes: too large for a document`);
  return readFileSync(path);
}

/** Text of UTF-8 bytes. @throws {UsageError} when they are no text. */
export function textOf(bytes: Uint8Array, path: string): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Falls through: no text either way.
  }
  const table = bytes[0] === 0x4e && bytes[1] === 0x42 && bytes[2] === 0x46 && bytes[3] === 0x54;
  throw new UsageError(`${path} is ${table ? "a table" : "no text"}: a JSON or YAML document is wanted`);
}

/** Whether bytes look like YAML or JSON with keys at the top, or a list; acpidump's text and other dumps do not. */
export function looksDescribed(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 4096));
  return /^\s*([{[]|#|---|%YAML|["']?\$?[A-Za-z]\w*["']?\s*:(\s|$))/.test(start) && !/[\x00-\x08]/.test(start);
}
