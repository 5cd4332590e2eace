import { closeSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { type ContainerReading, readFile } from "../acpi/container.ts";
import type { ContainerKind } from "../acpi/container-kinds.ts";
import { isTable } from "../acpi/is-table.ts";
import type { ScanProgress } from "../acpi/memory-tables.ts";
import { bytesReader } from "../acpi/reader.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { fileKind, readContainer, readPacked } from "./containers.ts";
import { attempt, LIVE_TABLES, pathIn, readTable, tableNames, wholeTable } from "./plain-tables.ts";

export { LIVE_TABLES, tableNames } from "./plain-tables.ts";

/** One table found in a source, or the reason why there is none. */
export interface SourceTable {
  /** Name to show: the file's path, `DIR/NAME` for a directory, `-` for standard input; `FILE:NAME` for a table inside a container. */
  readonly path: string;
  /** The table as the source holds it; absent with `error`. */
  readonly bytes?: Uint8Array;
  /** The file that holds it, and its name in there, where `path` is not the name of a file. */
  readonly within?: { readonly file: string; readonly name: string };
  /** The container that held the table, where it was not a plain file, and where in it the table stood. */
  readonly container?: ContainerKind;
  /** Where in the container the table is, for a person: `kernel/firmware/acpi/nbft.aml`, `line 38`. */
  readonly origin?: string;
  /** Physical address of the table, where a memory image or a dump knows it. */
  readonly address?: number;
  /** Why the table could not be read. */
  readonly error?: string;
  /** The source could be opened: what it holds is not an NBFT, nor anything with one. */
  readonly foreign?: true;
}

/** What to read tables from. */
export interface SourceOptions {
  /** Files, directories, or `-`; empty means this machine's own tables. */
  readonly sources: readonly string[];
  /** Reads standard input to its end. */
  stdin(): Uint8Array;
  /** Reads a source that can be read once only, and was looked at before; undefined for every other source. */
  readonly piped?: ((path: string) => Uint8Array | undefined) | undefined;
  /** The form of all sources, when it should not be checked by their content. */
  readonly from?: ContainerKind | undefined;
  /** Called for each finding about a container itself. */
  readonly warn?: ((path: string, finding: Diagnostic) => void) | undefined;
  /** Called while a large image is searched. */
  readonly progress?: ScanProgress | undefined;
}

/**
 * The NBFTs of some sources, in order: a file is one table, or a container with some ({@link readContainer}); a directory has one in every `NBFT*`, or
 * is a container. What cannot be read comes out with its reason, and the rest follows.
 */
export function* tablesOf(options: SourceOptions): Generator<SourceTable> {
  if (options.sources.length === 0) yield* liveTables();
  for (const source of options.sources) {
    const bytes = source === "-" ? options.stdin() : options.piped?.(source);
    yield* bytes ? inputTables(source, bytes, options) : tablesAt(source, options);
  }
}

function* inputTables(path: string, bytes: Uint8Array, options: SourceOptions): Generator<SourceTable> {
  yield* contained(path, options, () => {
    const packed = options.from === undefined ? readPacked(bytesReader(bytes), options.progress) : undefined;
    return packed ?? readFile(bytesReader(bytes), { from: fileKind(options.from), progress: options.progress });
  });
}

function* tablesAt(path: string, options: SourceOptions): Generator<SourceTable> {
  const names = attempt(path, () => namesAt(path, options.from));
  if (names.error !== undefined) yield { path, error: names.error };
  else if (names.value === "plain") yield options.from === undefined ? wholeTable(path) : readTable(path);
  else if (Array.isArray(names.value)) for (const name of names.value) yield wholeTable(pathIn(path, name));
  else yield* contained(path, options, () => readContainer(path, options));
}

/** A source with all its tables, or the reason why it cannot be read. */
export type SourceContainer =
  | {
      /** Name to show: the source as given, or the folder of this machine's tables. */
      readonly path: string;
      /** Tables and findings; undefined with `error`. */
      readonly reading: ContainerReading<ContainerKind>;
    }
  | { readonly path: string; readonly reading?: undefined; readonly error: string; readonly foreign?: true };

/** Every table of some sources, whatever its signature, source by source; this machine's where none is named. */
export function* containersOf(options: SourceOptions): Generator<SourceContainer> {
  for (const path of options.sources.length === 0 ? [LIVE_TABLES] : options.sources) {
    const { value, error, foreign } = attempt(path, () =>
      path === "-"
        ? readFile(bytesReader(options.stdin()), { from: fileKind(options.from), progress: options.progress })
        : readContainer(path, options),
    );
    yield error === undefined ? { path, reading: value! } : { path, error, ...(foreign && { foreign }) };
  }
}

/** Names of the tables in a directory, `plain` for a file that is one table, nothing for a container. */
function namesAt(path: string, from: ContainerKind | undefined): string[] | "plain" | undefined {
  if (statSync(path).isDirectory()) {
    if (from !== undefined && from !== "directory") return undefined;
    const names = readdirSync(path);
    const tables = tableNames(names);
    return tables.length > 0 || names.length === 0 ? tables : undefined;
  }
  return isPlainTable(headOf(path), from) ? "plain" : undefined;
}

function headOf(path: string): Uint8Array {
  const head = new Uint8Array(16);
  // What has no size may not be read twice.
  if (!statSync(path).isFile()) return head;
  const fd = openSync(path, "r");
  try {
    return head.subarray(0, readSync(fd, head, 0, head.length, 0));
  } finally {
    closeSync(fd);
  }
}

/** Whether a source is one table and nothing else. */
function isPlainTable(head: Uint8Array, from: ContainerKind | undefined): boolean {
  return from === undefined ? isTable(head) : from === "table";
}

function* contained(
  path: string,
  options: SourceOptions,
  read: () => ContainerReading<ContainerKind>,
): Generator<SourceTable> {
  const reading = attempt(path, read);
  if (reading.error !== undefined) return yield { path, error: reading.error, ...foreign(options, reading.foreign) };
  const { kind, tables, diagnostics } = reading.value!;
  for (const finding of diagnostics) options.warn?.(path, finding);
  if (kind === "table") return yield { path, bytes: tables[0]!.bytes };
  const nbfts = tables.filter(({ signature }) => signature === "NBFT");
  for (const { name, bytes, origin, address } of nbfts) {
    const inside = kind === "directory" || kind === "sosreport" ? pathIn(path, origin) : `${path}:${name}`;
    const within = inside === `${path}:${name}` ? { within: { file: path, name } } : {};
    yield { path: inside, bytes, ...within, container: kind, origin, ...(address !== undefined && { address }) };
  }
  // A directory without a table is an empty answer, as it is for nvme-cli.
  if (nbfts.length === 0 && kind !== "directory")
    yield {
      path,
      error: `read as ${kind}: no NBFT, ${tables.length} other tables`,
      ...foreign(options, true),
    };
}

/** A form that the caller named and that does not fit is the caller's mistake, not the source's. */
function foreign({ from }: SourceOptions, isForeign: true | undefined): { foreign?: true } {
  return isForeign && from === undefined ? { foreign: true } : {};
}

function* liveTables(): Generator<SourceTable> {
  const found = attempt(LIVE_TABLES, () => tableNames(readdirSync(LIVE_TABLES)));
  if (found.error !== undefined) {
    yield { path: LIVE_TABLES, error: `${found.error} (is this Linux on a machine with ACPI?)` };
  } else if (found.value!.length === 0) {
    yield { path: LIVE_TABLES, error: "no NBFT: this machine's firmware has published none" };
  } else for (const name of found.value!) yield readTable(join(LIVE_TABLES, name));
}
