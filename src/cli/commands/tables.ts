import { sumBytes } from "../../acpi/checksum.ts";
import type { FoundTable } from "../../acpi/found-table.ts";
import { acpiHeaderSize, decodeAcpiTableHeader } from "../../acpi/table-header.ts";
import { readUint } from "../../bytes/numbers.ts";
import { filesBelow, isFolder } from "../../node/files-below.ts";
import { containersOf } from "../../node/sources.ts";
import type { Paint } from "../../output/paint.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { liveTablesFile } from "../help/notes.ts";
import { note } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { colorRow, formatRow } from "../options/rows.ts";
import { sourceRows, sourceWords } from "../options/table-rows.ts";
import { searchProgress } from "../progress.ts";
import { complain } from "../sources/readable.ts";

/** One table of a list. */
interface Row {
  readonly source: string;
  readonly kind: string;
  readonly name: string;
  readonly signature: string;
  /** Bytes that are there. */
  readonly size: number;
  /** The header's fields; absent where there are not 36 bytes. */
  readonly length?: number;
  readonly revision?: number;
  readonly oemId?: string;
  readonly oemTableId?: string;
  readonly oemRevision?: number;
  readonly creatorId?: string;
  readonly creatorRevision?: number;
  /** Whether the sum over the stated length is 0; absent for a table without a checksum. */
  readonly checksumOk?: boolean;
  readonly origin: string;
  readonly offset?: number;
  readonly address?: number;
}

function rowOf(source: string, kind: string, table: FoundTable): Row {
  const { name, signature, bytes, origin, offset, address } = table;
  const place = { origin, ...(offset !== undefined && { offset }), ...(address !== undefined && { address }) };
  const base = { source, kind, name, signature, size: bytes.length };
  if (bytes.length < acpiHeaderSize || signature === "RSD ") return { ...base, ...place };
  const length = readUint(bytes, 4, 4);
  if (signature === "FACS") return { ...base, length, ...place };
  const { checksum: _, signature: __, length: ___, ...header } = decodeAcpiTableHeader(bytes);
  return {
    ...base,
    length,
    ...header,
    checksumOk: length <= bytes.length && sumBytes(bytes, 0, length) === 0,
    ...place,
  };
}

/** Columns as acpixtract -l has them, then what it does not say. */
const columns: readonly (readonly [title: string, right: boolean, value: (row: Row) => string])[] = [
  ["Name", false, (row) => row.name],
  ["Length", true, (row) => (row.length === undefined ? String(row.size) : String(row.length))],
  ["Rev", true, (row) => (row.revision === undefined ? "" : String(row.revision))],
  ["OEM ID", false, (row) => row.oemId ?? ""],
  ["OEM Table ID", false, (row) => row.oemTableId ?? ""],
  ["OEM Rev", true, (row) => hex8(row.oemRevision)],
  ["Creator", false, (row) => row.creatorId ?? ""],
  ["Creator Rev", true, (row) => hex8(row.creatorRevision)],
  ["Checksum", false, (row) => (row.checksumOk === undefined ? "-" : row.checksumOk ? "ok" : "wrong")],
  ["Where", false, where],
];

/** Why a file of no other form is not a table either: a signature is four of the characters that ACPI 6.5 §5.2.1 has in names. */
function whyNoTable([table]: readonly FoundTable[]): string | undefined {
  if (table === undefined || table.bytes.length < acpiHeaderSize)
    return `${table?.bytes.length ?? 0} bytes: too short for a table`;
  return /^[A-Z0-9_!]{4}$/.test(table.signature) ? undefined : "not an ACPI table, and nothing that holds tables";
}

function hex8(value: number | undefined): string {
  return value === undefined ? "" : value.toString(16).toUpperCase().padStart(8, "0");
}

function where({ origin, offset, address }: Row): string {
  if (address !== undefined) return `0x${address.toString(16)}, ${origin}`;
  return offset === undefined || offset === 0 ? origin : `${origin}+${offset}`;
}

function formatRows(rows: readonly Row[], paint: Paint): string {
  const cells = [
    columns.map(([title]) => title),
    ...rows.map((row) => columns.map(([, , value]) => escapeText(value(row)))),
  ];
  const widths = columns.map((_, i) => Math.max(...cells.map((line) => line[i]!.length)));
  const lines = cells.map((line) =>
    line
      .map((cell, i) => (columns[i]![1] ? cell.padStart(widths[i]!) : cell.padEnd(widths[i]!)))
      .join("  ")
      .trimEnd(),
  );
  const paintOf = (i: number) =>
    i === 0 ? paint.dim : rows[i - 1]!.checksumOk === false ? paint.doubtful : (text: string) => text;
  return lines.map((line, i) => paintOf(i)(line)).join("\n");
}

const rows = [...sourceRows, formatRow(["text", "json"]), colorRow] as const satisfies readonly OptionRow[];

type TablesOptions = OptionsOf<typeof rows>;

/** `nbft tables [SOURCE…]`: lists every table of a source, whatever its signature. */
export default {
  words: sourceWords,
  rows,
  run(sources, options, io) {
    const all = options.nbftPath === undefined ? sources : [...sources, options.nbftPath];
    const below = new Set(options.recursive ? all.filter(isFolder).flatMap((folder) => [...filesBelow(folder)]) : []);
    const files = options.recursive ? [...all.filter((path) => !isFolder(path)), ...below] : all;
    const rows: Row[] = [];
    let first = true;
    const paint = paintFor(io);
    const progress = searchProgress(io);
    for (const found of containersOf({ sources: files, stdin: () => io.stdin(), from: options.from, progress })) {
      if (!found.reading) {
        if (found.foreign && below.has(found.path)) continue;
        complain(io, found.path, found.error);
        continue;
      }
      const { kind, tables, diagnostics } = found.reading;
      const strange = kind === "table" ? whyNoTable(tables) : undefined;
      if (strange !== undefined) {
        if (below.has(found.path)) continue;
        complain(io, found.path, strange);
        continue;
      }
      for (const { message } of diagnostics) note(io, `${escapeText(found.path)}: ${escapeText(message)}`);
      const own = tables.map((table) => rowOf(found.path, kind, table));
      rows.push(...own);
      if (options.outputFormat === "json") continue;
      const count = `${own.length} ${own.length === 1 ? "table" : "tables"}`;
      io.out(`${first ? "" : "\n"}${paint.bold(escapeText(found.path))}: ${kind}, ${count}\n`);
      if (own.length > 0) io.out(`${formatRows(own, paint)}\n`);
      first = false;
    }
    if (options.outputFormat === "json") io.out(formatJson(rows));
    if (rows.length === 0 && io.exitCode < 2) complain(io, all.join(", "), "no table");
  },
  manual: { examples: [["nbft tables acpidump.txt", "lists every ACPI table of a dump"]], files: [liveTablesFile] },
} satisfies RowCommand<TablesOptions>;
