import { readFileSync, statSync } from "node:fs";
import type { BootDescription } from "../boot/description.ts";
import { parseBootDescription } from "../boot/parse.ts";
import { type NbftReading, readNbft } from "../nbft/read.ts";
import { type Io, raise, UsageError } from "./io.ts";
import { type ReadableTable, readableTables, type SourceArguments } from "./sources.ts";

/** A table and what it says. */
export type ReadTable = ReadableTable & { readonly reading: NbftReading };

/** What a command that sets up a boot starts from: a boot description, or tables. */
export type BootSource =
  | { readonly kind: "boot"; readonly path: string; readonly boot: BootDescription }
  | { readonly kind: "tables"; readonly tables: readonly ReadTable[] };

/**
 * Reads a boot description where one YAML or JSON text is given, tables from anything else.
 *
 * @throws {UsageError} when there is no table in the sources.
 */
export function readBootSource(sources: readonly string[], options: SourceArguments, io: Io): BootSource {
  const [path] = sources;
  let input = io;
  if (sources.length === 1 && path !== undefined && options.from === undefined) {
    const stdin = path === "-" ? io.stdin() : undefined;
    const text = stdin ? bootTextOf(stdin) : bootFile(path);
    if (text !== undefined) return { kind: "boot", path, boot: parseBootDescription(text, { file: path }) };
    // Standard input can be read once only.
    if (stdin) input = { ...io, stdin: () => stdin };
  }
  const tables = [...readableTables(sources, options, input)].map((table) => ({
    ...table,
    reading: readNbft(table.bytes),
  }));
  if (input !== io && input.exitCode !== 0) raise(io, 2);
  if (tables.length === 0) throw new UsageError("there is no table to work with");
  return { kind: "tables", tables };
}

function bootFile(path: string): string | undefined {
  if (!/\.(ya?ml|json)$/i.test(path) || statSync(path).isDirectory()) return undefined;
  return readFileSync(path, "utf8");
}

/** The text of bytes that look like a boot description: YAML keys or JSON, and no control characters. */
function bootTextOf(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes);
  return /^\s*(\{|#|---|\$?[a-zA-Z]+:)/.test(text) && !/[\x00-\x08]/.test(text.slice(0, 4096)) ? text : undefined;
}
