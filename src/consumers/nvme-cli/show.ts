import { behavioursOf, type Does } from "../behaviours/index.ts";
import { ByteWriter } from "../byte-writer.ts";
import { RECORDED_RELEASE, readAsLibnvme } from "../libnvme/libnvme.ts";
import type { LibnvmeTable } from "../libnvme/libnvme-table.ts";
import { printJsonC } from "./json-c.ts";
import { tableToJson } from "./show-json.ts";
import { type Sections, type ShowOptions, sections } from "./show-sections.ts";
import { printTables } from "./show-text.ts";

/** A table and the path under which nvme-cli finds it, for example `./NBFT`. */
export interface NamedTable {
  readonly path: string;
  readonly bytes: Uint8Array;
}

/** What a run of `nvme nbft show` leaves behind. */
export interface ShowResult {
  /** Bytes, since text from a table goes through unchanged. */
  readonly stdout: Uint8Array;
  readonly stderr: Uint8Array;
  /** Why the program dies of SIGSEGV instead of ending with 0. */
  readonly crash: string | undefined;
  /** What it prints depends on memory that no file tells of; here that memory is zero. */
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
  tables: readonly NamedTable[],
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
  tables: readonly NamedTable[],
  options: ShowOptions = {},
  release: string = RECORDED_RELEASE,
): Uint8Array {
  return runNvmeCliShow(tables, "normal", options, release).stdout;
}

/** What a run of `nvme nbft show` of a release prints and how it ends. */
export function runNvmeCliShow(
  tables: readonly NamedTable[],
  format: "json" | "normal",
  options: ShowOptions = {},
  release: string = RECORDED_RELEASE,
): ShowResult {
  const does = behavioursOf("nvme-cli", release);
  const show = sections(options);
  const rejected = new ByteWriter();
  const accepted: AcceptedTable[] = [];
  let readsPastEnd = false;
  let crash: string | undefined;
  for (const { path, bytes } of does.readsNbft ? tables : []) {
    const reading = readAsLibnvme(bytes, release);
    readsPastEnd ||= reading.readsPastEnd;
    if (reading.crash) {
      crash = `${path}: ${reading.crash.message}`;
      break;
    }
    if (reading.table) accepted.push({ path, table: reading.table });
    else rejected.text(`Failed to parse ${path}\n`);
  }
  crash ??= crashOf(accepted, format, show, does);
  const errors = rejected.finish();
  const output = crash === undefined && does.readsNbft ? outputOf(accepted, format, show, does) : new Uint8Array(0);
  return {
    stdout: does.reportsOnStandardOutput ? new ByteWriter().bytes(errors).bytes(output).finish() : output,
    stderr: does.reportsOnStandardOutput ? new Uint8Array(0) : errors,
    crash,
    readsPastEnd,
  };
}

interface AcceptedTable {
  readonly path: string;
  readonly table: LibnvmeTable;
}

function outputOf(
  accepted: readonly AcceptedTable[],
  format: "json" | "normal",
  show: Sections,
  does: Does<"nvme-cli">,
): Uint8Array {
  if (format === "normal") return printTables(accepted, show, does);
  if (accepted.length === 0 && !does.printsEmptyArray) return new Uint8Array(0);
  const json = printJsonC(
    accepted.map(({ path, table }) => tableToJson(path, table, show, does)),
    !does.printsEmptyListsInTwoLines,
  );
  return new ByteWriter().bytes(json).text("\n").finish();
}

function crashOf(
  accepted: readonly AcceptedTable[],
  format: "json" | "normal",
  show: Sections,
  does: Does<"nvme-cli">,
): string | undefined {
  for (const { path, table } of accepted) {
    const hole = table.subsystems.find(({ hfis }) => hfis.includes(undefined));
    if (show.subsystem && hole) return `${path}: the HFI list of SSNS ${hole.index} has a hole`;
    const nameless = table.discovery.find(({ nqn }) => nqn === undefined);
    if (show.discovery && nameless && format === "normal" && does.textDiesOfNamelessDiscovery) {
      return `${path}: discovery descriptor ${nameless.index} has no NQN`;
    }
  }
  return undefined;
}
