import { ByteWriter } from "../byte-writer.ts";
import { type LibnvmeVersion, readAsLibnvme } from "../libnvme/libnvme.ts";
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
 * What `nvme nbft show -o json` of nvme-cli 3.0-rc1 writes to stdout for some tables in this order: first a line for each
 * rejected table, then one array of the others; nothing when there are none.
 */
export function formatNvmeCliJson(tables: readonly NamedTable[], options: ShowOptions = {}): Uint8Array {
  return runNvmeCliShow(tables, "json", options).stdout;
}

/**
 * What `nvme nbft show` of nvme-cli 3.0-rc1 writes to stdout for some tables in this order. Where a discovery descriptor
 * without NQN kills it, what it had not written by then is lost: only the lines about rejected tables are there.
 */
export function formatNvmeCliText(tables: readonly NamedTable[], options: ShowOptions = {}): Uint8Array {
  return runNvmeCliShow(tables, "normal", options).stdout;
}

/** What a run of `nvme nbft show` prints and how it ends, by the libnvme it was built with. */
export function runNvmeCliShow(
  tables: readonly NamedTable[],
  format: "json" | "normal",
  options: ShowOptions = {},
  version: LibnvmeVersion = "3.0-rc1",
): ShowResult {
  const show = sections(options);
  const rejected = new ByteWriter();
  const accepted: { path: string; table: LibnvmeTable }[] = [];
  let readsPastEnd = false;
  for (const { path, bytes } of tables) {
    const reading = readAsLibnvme(bytes, version);
    readsPastEnd ||= reading.readsPastEnd;
    if (reading.table) accepted.push({ path, table: reading.table });
    else rejected.text(`Failed to parse ${path}\n`);
  }
  // 3.0 writes its log to stdout at once; 2.x writes it to stderr, and prints an empty array where 3.0 prints nothing.
  const old = version === "1.13";
  const errors = rejected.finish();
  const done = (output: Uint8Array, crash?: string): ShowResult => ({
    stdout: old ? output : new ByteWriter().bytes(errors).bytes(output).finish(),
    stderr: old ? errors : new Uint8Array(0),
    crash,
    readsPastEnd,
  });
  const crash = crashOf(accepted, format, show, old);
  if (crash !== undefined || (accepted.length === 0 && (!old || format === "normal")))
    return done(new Uint8Array(0), crash);
  if (format === "normal") return done(printTables(accepted, show));
  // Debian's 2.13 comes with json-c 0.18.
  const json = printJsonC(
    accepted.map(({ path, table }) => tableToJson(path, table, show, old)),
    old,
  );
  return done(new ByteWriter().bytes(json).text("\n").finish());
}

function crashOf(
  accepted: readonly { path: string; table: LibnvmeTable }[],
  format: "json" | "normal",
  show: Sections,
  old: boolean,
): string | undefined {
  for (const { path, table } of accepted) {
    const hole = table.subsystems.find(({ hfis }) => hfis.includes(undefined));
    if (show.subsystem && hole) return `${path}: the HFI list of SSNS ${hole.index} has a hole`;
    const nameless = table.discovery.find(({ nqn }) => nqn === undefined);
    if (show.discovery && nameless && format === "normal" && !old) {
      return `${path}: discovery descriptor ${nameless.index} has no NQN`;
    }
  }
  return undefined;
}
