import { readFileSync, statSync } from "node:fs";
import type { BootDescription } from "../../boot/description.ts";
import { parseBootDescription } from "../../boot/parse.ts";
import { tableOfBoot } from "../../boot/table.ts";
import { onlyElement, type ParsedText, parseText, withPlaces } from "../../document/parse-text.ts";
import { prepareDocument } from "../../document/read-document.ts";
import { NbftError } from "../../errors.ts";
import { encodeNbft } from "../../nbft/write/encode.ts";
import type { SourceTable } from "../../node/sources.ts";
import { type Io, UsageError } from "../io.ts";
import { mayBeDescribed } from "./arguments.ts";

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
function describedBy(text: string, file: string): Described {
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

/**
 * What a source describes: a file is one by its name, standard input by its content; undefined for everything that is read as tables.
 *
 * @throws {ParseError} for a document or description that is wrong.
 */
export function describedSource(path: string, io: Io): { described: Described; file: string } | undefined {
  return mayBeDescribed(path, io) ? describedIn(path, io) : undefined;
}

/**
 * What a file, or standard input for `-`, describes, whatever it is called, and its name for messages.
 *
 * @throws {ParseError} for a document or description that is wrong.
 * @throws {UsageError} when it is no text.
 */
export function describedIn(path: string, io: Io): { described: Described; file: string } {
  const file = path === "-" ? "standard input" : path;
  return { described: describedBy(textOf(readBytes(path, io), file), file), file };
}

/**
 * The table that is described. That of a boot has revision 1.0, as `encode` has it: libnvme before 3.0 reads no other.
 *
 * @throws {ParseError} when no table can say what a document says.
 */
export function tableOfDescribed(described: Described): Uint8Array {
  if (described.kind === "boot") return encodeNbft(tableOfBoot(described.boot, { revision: "1.0" }));
  return withPlaces(described.parsed, (value) => {
    const { table, layout } = prepareDocument(value);
    return encodeNbft(table, { layout });
  });
}

/** The bytes of a file, or of standard input for `-`. */
function readBytes(path: string, io: Io): Uint8Array {
  if (path === "-") return io.stdin();
  const stat = statSync(path);
  if (stat.isDirectory()) throw new UsageError(`${path} is a folder: a JSON or YAML document is wanted`);
  const { size } = stat;
  if (size > MAX_TEXT_BYTES) throw new UsageError(`${path} has ${size} bytes: too large for a document`);
  return readFileSync(path);
}

/** Text of UTF-8 bytes. @throws {UsageError} when they are no text. */
function textOf(bytes: Uint8Array, path: string): string {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    if (!text.includes("\0")) return text;
  } catch {
    // Falls through: no text either way.
  }
  const table = bytes[0] === 0x4e && bytes[1] === 0x42 && bytes[2] === 0x46 && bytes[3] === 0x54;
  throw new UsageError(`${path} is ${table ? "a table" : "no text"}: a JSON or YAML document is wanted`);
}

/** The table that a source describes, or why it describes none; undefined where it describes nothing. */
export function describedTable(path: string, io: Io): SourceTable | undefined {
  try {
    const source = describedSource(path, io);
    return source && { path, bytes: tableOfDescribed(source.described) };
  } catch (error) {
    if (error instanceof NbftError || error instanceof UsageError)
      return { path, error: withoutName(error.message, path) };
    if (!(error instanceof Error) || !("code" in error)) throw error;
    // What cannot be opened is complained of in the words for tables.
    return undefined;
  }
}

/** Complaints begin with the source's name already. */
function withoutName(message: string, path: string): string {
  return message.startsWith(`${path}:`) ? message.slice(path.length + 1).trimStart() : message;
}
