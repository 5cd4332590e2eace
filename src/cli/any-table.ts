import { statSync } from "node:fs";
import { tableOfBoot } from "../boot/table.ts";
import { withPlaces } from "../document/parse-text.ts";
import { encodeDocument } from "../document/read-document.ts";
import { encodeNbft } from "../nbft/encode.ts";
import { type NbftReading, readNbft } from "../nbft/read.ts";
import { describedBy, looksDescribed, readBytes, textOf } from "./document-source.ts";
import { type Io, raise, UsageError } from "./io.ts";
import { readableTables, type SourceArguments } from "./sources.ts";

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
export function readAnyTable(source: string, options: Pick<SourceArguments, "from">, io: Io): AnyTable {
  const input = source === "-" ? io.stdin() : undefined;
  const text = options.from === undefined ? describedText(source, input, io) : undefined;
  if (text !== undefined) return read(source, tableOfText(text, source === "-" ? "standard input" : source));
  // Standard input can be read once only.
  const inner: Io = input ? { ...io, stdin: () => input } : io;
  const found = [...readableTables([source], options, inner)];
  if (inner !== io && inner.exitCode === 2) raise(io, 2);
  const [table] = found;
  if (!table) throw new UsageError(`${source}: no table`);
  if (found.length > 1) {
    throw new UsageError(
      `${source}: ${found.length} tables, one is needed: ${found.map(({ path }) => path).join(", ")}`,
    );
  }
  return read(table.path, table.bytes);
}

function read(name: string, bytes: Uint8Array): AnyTable {
  return { name, bytes, reading: readNbft(bytes) };
}

/** The text of a source that is a document or a boot description, by its name or its content. */
function describedText(source: string, input: Uint8Array | undefined, io: Io): string | undefined {
  if (input) return looksDescribed(input) ? textOf(input, "standard input") : undefined;
  if (!/\.(ya?ml|json)$/i.test(source) || statSync(source, { throwIfNoEntry: false })?.isDirectory()) return undefined;
  return textOf(readBytes(source, io), source);
}

function tableOfText(text: string, file: string): Uint8Array {
  const described = describedBy(text, file);
  // 1.0 as `encode` has it: libnvme before 3.0 reads no other.
  if (described.kind === "boot") return encodeNbft(tableOfBoot(described.boot, { revision: "1.0" }));
  return withPlaces(described.parsed, (value) => encodeDocument(value));
}
