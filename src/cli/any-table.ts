import { readFileSync } from "node:fs";
import { parseBootDescription } from "../boot/description.ts";
import { tableOfBoot } from "../boot/table.ts";
import { parseText, withPlaces } from "../document/parse-text.ts";
import { encodeDocument } from "../document/read-document.ts";
import { encodeNbft } from "../nbft/encode.ts";
import { type NbftReading, readNbft } from "../nbft/read.ts";
import { type Io, UsageError } from "./io.ts";
import { type ReadableTable, readableTables, type SourceArguments } from "./sources.ts";

/** One table, whatever form it was given in. */
export interface AnyTable {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly reading: NbftReading;
}

/**
 * The one table of a source: a table in any container, a document, or a boot description.
 *
 * @throws {UsageError} when the source holds none or several.
 * @throws {ParseError} for a document or description that is wrong.
 */
export function readAnyTable(source: string, options: SourceArguments, io: Io): AnyTable {
  const input = source === "-" ? io.stdin() : undefined;
  const text = options.from === undefined ? textOf(source, input) : undefined;
  if (text !== undefined) return read(source, tableOfText(text, source));
  const found: ReadableTable[] = [...readableTables([source], options, input ? { ...io, stdin: () => input } : io)];
  if (found.length !== 1)
    throw new UsageError(`${source}: ${found.length === 0 ? "no table" : `${found.length} tables, one is needed`}`);
  return read(found[0]!.path, found[0]!.bytes);
}

function read(name: string, bytes: Uint8Array): AnyTable {
  return { name, bytes, reading: readNbft(bytes) };
}

/** The text of a source that is a document or a description: YAML keys or JSON, and no control characters. */
function textOf(source: string, input: Uint8Array | undefined): string | undefined {
  if (!input && !/\.(ya?ml|json)$/i.test(source)) return undefined;
  const bytes = input ?? readFileSync(source);
  const text = new TextDecoder().decode(bytes);
  return /^\s*(\{|\[|#|---|\$?[a-zA-Z]+:)/.test(text) && !/[\x00-\x08]/.test(text.slice(0, 4096)) ? text : undefined;
}

function tableOfText(text: string, file: string): Uint8Array {
  const parsed = parseText(text);
  if (isBoot(parsed.value)) return encodeNbft(tableOfBoot(parseBootDescription(text, { file })));
  return withPlaces(parsed, (value) => encodeDocument(Array.isArray(value) && value.length === 1 ? value[0] : value));
}

/** A boot description names interfaces or targets; a table's document never does. */
function isBoot(value: unknown): boolean {
  return typeof value === "object" && value !== null && ("interfaces" in value || "targets" in value);
}
