import { behavioursOf, type Does } from "../behaviours/index.ts";
import { ByteWriter } from "../byte-writer.ts";
import { readAsLibnvme } from "../libnvme/libnvme.ts";
import type { LibnvmeTable } from "../libnvme/libnvme-table.ts";
import type { ReadTable } from "../libnvme/read-tables.ts";
import { RECORDED_RELEASE } from "../libnvme/releases.ts";
import { printJsonC } from "./json-c.ts";
import { tableToJson } from "./show-json.ts";
import { type Sections, type ShowOptions, sections } from "./show-sections.ts";
import { printTable } from "./show-text.ts";

/** A table and the path under which nvme-cli finds it, for example `./NBFT`. */
export interface TableFile {
  /** Path by which the program finds the file. */
  readonly path: string;
  /** Contents of the file. */
  readonly bytes: Uint8Array;
}

/** What a run of `nvme nbft show` leaves behind. */
export interface ShowResult {
  /** Bytes, since text from a table goes through unchanged. */
  readonly stdout: Uint8Array;
  /** Lines about rejected tables, as bytes; 3.0-rc1 writes them to stdout. */
  readonly stderr: Uint8Array;
  /** Why the program dies of SIGSEGV instead of ending with 0. */
  readonly crash: string | undefined;
  /** What it prints depends on memory that no file describes; here that memory is zero. */
  readonly readsPastEnd: boolean;
}

/**
 * What `nvme nbft show -o json` writes to stdout for some tables in this order: one array of the tables that are accepted. 3.0-rc1
 * writes a line for each rejected table in front of it, and nothing else when there are no others.
 *
 * @param release of nvme-cli
 * @throws {RangeError} where that is no release
 */
export function formatNvmeCliJson(
  tables: readonly TableFile[],
  options: ShowOptions = {},
  release: string = RECORDED_RELEASE,
): Uint8Array {
  return runNvmeCliShow(tables, "json", options, release).stdout;
}

/**
 * What `nvme nbft show` writes to stdout for some tables in this order. Where a table kills it, what it had not written by then is
 * lost: at most the lines about rejected tables are there.
 *
 * @param release of nvme-cli
 * @throws {RangeError} where that is no release
 */
export function formatNvmeCliText(
  tables: readonly TableFile[],
  options: ShowOptions = {},
  release: string = RECORDED_RELEASE,
): Uint8Array {
  return runNvmeCliShow(tables, "normal", options, release).stdout;
}

/**
 * What a run of `nvme nbft show` of a release prints and how it ends.
 *
 * @throws {RangeError} where `release` is not a release of nvme-cli
 */
export function runNvmeCliShow(
  tables: Iterable<TableFile>,
  format: "json" | "normal",
  options: ShowOptions = {},
  release: string = RECORDED_RELEASE,
): ShowResult {
  const output = new ByteWriter();
  const end = runNvmeCliShowInPieces(tables, format, options, release, (piece) => output.bytes(piece));
  if (end.crash !== undefined) return end;
  return { ...end, stdout: new ByteWriter().bytes(end.stdout).bytes(output.finish()).finish() };
}

/** What kills a run of `nvme nbft show` of a release that has read some tables; nothing is printed to learn it. */
export function crashOfNvmeCliShow(
  tables: readonly ReadTable[],
  format: "json" | "normal",
  options: ShowOptions,
  does: Does<"nvme-cli">,
): string | undefined {
  if (!does.readsNbft) return undefined;
  const killer = tables.find(({ reading }) => reading.crash);
  if (killer) return `${killer.path}: ${killer.reading.crash!.message}`;
  const show = sections(options);
  for (const { path, reading } of tables) {
    const crash = reading.table && crashOf(path, reading.table, format, show, does);
    if (crash !== undefined) return crash;
  }
  return undefined;
}

/** Output is handed on in pieces of at least this many bytes. */
const PIECE = 1 << 16;

/**
 * What a run of `nvme nbft show` prints of any number of tables, none of which is kept.
 *
 * @param keep is given the output piece by piece; a piece changes after `keep` has returned. It is written after `stdout` of the result, which
 * has lines about rejected tables, and only where nothing kills the program.
 */
export function runNvmeCliShowInPieces(
  tables: Iterable<TableFile>,
  format: "json" | "normal",
  options: ShowOptions,
  release: string,
  keep: (piece: Uint8Array) => void,
): ShowResult {
  const does = behavioursOf("nvme-cli", release);
  const show = sections(options);
  const rejected = new ByteWriter();
  const output = new ByteWriter();
  let count = 0;
  let readsPastEnd = false;
  /** What kills the program while it reads, and what would when it prints. */
  let reading: string | undefined;
  let printing: string | undefined;
  for (const { path, bytes } of does.readsNbft ? tables : []) {
    const { table, crash, readsPastEnd: past } = readAsLibnvme(bytes, release);
    readsPastEnd ||= past;
    if (crash) {
      reading = `${path}: ${crash.message}`;
      break;
    }
    if (!table) rejected.text(`Failed to parse ${path}\n`);
    else {
      printing ??= crashOf(path, table, format, show, does);
      if (printing !== undefined) continue;
      print(output, { path, table }, count++ === 0, format, show, does);
      if (output.length >= PIECE) keep(output.drain());
    }
  }
  const crash = reading ?? printing;
  if (crash === undefined && does.readsNbft && format === "json") printEnd(output, count, does);
  keep(output.drain());
  const [lines, nothing] = [rejected.finish(), new Uint8Array(0)];
  return does.reportsOnStandardOutput
    ? { stdout: lines, stderr: nothing, crash, readsPastEnd }
    : { stdout: nothing, stderr: lines, crash, readsPastEnd };
}

/** Writes the output about a table, with what stands between it and the one before. */
function print(
  writer: ByteWriter,
  { path, table }: { readonly path: string; readonly table: LibnvmeTable },
  isFirst: boolean,
  format: "json" | "normal",
  show: Sections,
  does: Does<"nvme-cli">,
): void {
  if (format === "normal") {
    printTable(writer.text(isFirst ? `${path}:\n` : `\n${path}:\n`), table, show, does);
    return;
  }
  const indent = "\n  ";
  writer.text(isFirst ? "[" : ",").text(indent);
  printJsonC(writer, tableToJson(path, table, show, does), !does.printsEmptyListsInTwoLines, indent);
}

/** Writes what JSON ends with after some tables, or is without any. */
function printEnd(writer: ByteWriter, count: number, does: Does<"nvme-cli">): void {
  if (count > 0) writer.text("\n]\n");
  else if (does.printsEmptyArray) {
    printJsonC(writer, [], !does.printsEmptyListsInTwoLines);
    writer.text("\n");
  }
}

/** What kills the program when it prints a table. */
function crashOf(
  path: string,
  table: LibnvmeTable,
  format: "json" | "normal",
  show: Sections,
  does: Does<"nvme-cli">,
): string | undefined {
  const hole = table.subsystems.find(({ hfis }) => hfis.includes(undefined));
  if (show.subsystem && hole) return `${path}: the HFI list of SSNS ${hole.index} has a hole`;
  const nameless = table.discovery.find(({ nqn }) => nqn === undefined);
  if (show.discovery && nameless && format === "normal" && does.textDiesOfNamelessDiscovery) {
    return `${path}: discovery descriptor ${nameless.index} has no NQN`;
  }
  return undefined;
}
