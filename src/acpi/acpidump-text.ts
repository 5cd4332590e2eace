import { readUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { type FoundTable, signatureOf, type UnnamedTable } from "./found-table.ts";
import { containerFinding } from "./rules.ts";
import { acpiHeaderSize } from "./table-header.ts";
import { cleanLines } from "./text/clean-lines.ts";
import type { AcpidumpStyle } from "./text-styles.ts";

/** What a text container gives. */
export interface TextReading {
  /** In the order of the text. */
  readonly tables: readonly FoundTable[];
  /** What is wrong with the text, with the line number as `offset`. */
  readonly diagnostics: readonly Diagnostic[];
}

/** A table and the lines of the text that show it, from 1; `end` is the line after the last one. */
export interface LineTable {
  readonly table: UnnamedTable;
  readonly line: number;
  readonly end: number;
  /** A note on its form, and what is wrong with it, where the table was looked for in a text of any kind. */
  readonly findings?: readonly Diagnostic[];
}

/** What some lines hold. */
export interface LineReading {
  readonly tables: readonly LineTable[];
  readonly diagnostics: readonly Diagnostic[];
}

/** A table cannot have more bytes than its text has lines for, except by gaps of this size altogether. */
const mostMissing = 4096;

/**
 * Reads the text that acpidump prints, in the dialects seen in the wild: ACPICA (Linux, UEFI, Windows) of any age, pmtools, `fwts --dump`
 * and the `fwts acpidump` report, with CR LF, NUL bytes, without the indent, or quoted and indented as mail and
 * Markdown do.
 *
 * A table starts with a line `NBFT @ 0x…` (also `NBFT1 @ …`, `@ (nil)`, `@ 0x… (572 bytes)`, `@ ffe22a5 (572 bytes)`) and goes on with lines
 * `    0000: 4E 42 …` of up to 16 bytes; what follows 48 columns of digits is the ASCII column. The line's offset is its place: missing lines
 * leave zeros and a finding. Findings carry the line number, counted from 1, as `offset`.
 */
export function acpidumpIn(lines: readonly string[]): LineReading {
  const diagnostics: Diagnostic[] = [];
  const tables: LineTable[] = [];
  let open: OpenTable | undefined;
  const close = () => {
    if (open) closeTable(open, tables, diagnostics);
    open = undefined;
  };
  for (const [i, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const data = dataLine(line);
    if (data && open) {
      if (addLine(open, data, i + 1, diagnostics)) open.end = i + 2;
      else close();
      continue;
    }
    const header = headerLine(line);
    if (header) {
      close();
      open = { ...header, line: i + 1, end: i + 2, bytes: [], room: mostMissing };
    } else if (open && open.bytes.length > 0) close();
  }
  close();
  return { tables, diagnostics };
}

/** Whether a text looks like acpidump's: a header line, and soon after it a data line at offset 0. */
export function isAcpidump(text: string): boolean {
  let sinceHeader = Number.POSITIVE_INFINITY;
  for (const line of cleanLines(text)) {
    if (headerLine(line)) sinceHeader = 0;
    else if (sinceHeader < 24 && dataLine(line)?.offset === 0) return true;
    else sinceHeader++;
  }
  return false;
}

interface Header {
  readonly label: string;
  readonly instance: string;
  readonly address: number;
  readonly stated: number | undefined;
}

interface OpenTable extends Header {
  readonly line: number;
  /** Line after the last one that was read. */
  end: number;
  readonly bytes: number[];
  /** Bytes that missing lines may still stand for. */
  room: number;
}

function headerLine(indented: string): Header | undefined {
  const line = indented.trimStart();
  const at = line.indexOf(" @ ");
  if (at < 4 || at > 12) return undefined;
  const match = /^(\S.{3,6}?)(\d{0,3}) @ (?:(?:0[xX])?([0-9a-fA-F]{1,16})|\(nil\))(?:\s+\((\d+) bytes\).*)?\s*$/.exec(
    line,
  );
  if (!match || line.length > 96) return undefined;
  // The lazy label gives a trailing digit to the instance; a signature of four characters may end in one (SSD1, PPT2).
  let [label, instance] = [match[1]!, match[2]!];
  while (label.length < 4) [label, instance] = [label + instance.slice(0, 1), instance.slice(1)];
  return {
    label,
    instance,
    address: match[3] ? Number.parseInt(match[3], 16) : 0,
    stated: match[4] ? Number(match[4]) : undefined,
  };
}

interface DataLine {
  readonly offset: number;
  readonly bytes: readonly number[];
}

function dataLine(line: string): DataLine | undefined {
  if (!line.includes(":")) return undefined;
  const match = /^\s*([0-9a-fA-F]{2,8}):\s+/.exec(line);
  if (!match) return undefined;
  const columns = line.slice(match[0].length, match[0].length + 48);
  const bytes: number[] = [];
  for (let at = 0; at < columns.length && bytes.length < 16; at += 3) {
    const digits = columns.slice(at, at + 2);
    if (!/^[0-9a-fA-F]{2}$/.test(digits) || !/^\s?$/.test(columns.slice(at + 2, at + 3))) break;
    bytes.push(Number.parseInt(digits, 16));
  }
  return bytes.length > 0 ? { offset: Number.parseInt(match[1]!, 16), bytes } : undefined;
}

function addLine(table: OpenTable, data: DataLine, line: number, diagnostics: Diagnostic[]): boolean {
  const gap = data.offset - table.bytes.length;
  if (gap !== 0) {
    const what = `the line is for offset 0x${data.offset.toString(16)}, expected 0x${table.bytes.length.toString(16)}`;
    const skipped = gap < 0 || gap > table.room;
    diagnostics.push(
      containerFinding(
        "K001",
        table.label,
        line,
        0,
        `line ${line}: ${what}${skipped ? "; the rest of the table is not read" : "; missing bytes are read as zeros"}`,
        "Lines of the dump are missing or out of order: take the dump again",
      ),
    );
    if (skipped) return false;
    for (let i = 0; i < gap; i++) table.bytes.push(0);
    table.room -= gap;
  }
  table.bytes.push(...data.bytes);
  return true;
}

function closeTable(table: OpenTable, tables: LineTable[], diagnostics: Diagnostic[]): void {
  if (table.bytes.length === 0) return;
  const bytes = Uint8Array.from(table.bytes);
  const signature = signatureOf(bytes);
  if (!signature.startsWith(table.label.slice(0, 4)))
    diagnostics.push(
      containerFinding(
        "K003",
        table.label,
        table.line,
        0,
        `line ${table.line} announces ${table.label}, the bytes start with ${JSON.stringify(signature)}`,
      ),
    );
  if (table.stated !== undefined && table.stated !== bytes.length)
    diagnostics.push(
      containerFinding(
        "K002",
        table.label,
        table.line,
        0,
        `line ${table.line} announces ${table.stated} bytes, the text holds ${bytes.length}`,
      ),
    );
  const length = bytes.length >= acpiHeaderSize && signature !== "RSD " ? readUint(bytes, 4, 4) : 0;
  if (length > bytes.length)
    diagnostics.push(
      containerFinding(
        "K002",
        table.label,
        table.line,
        0,
        `line ${table.line}: the table says ${length} bytes, the text holds ${bytes.length}`,
        "The dump was cut short: take it again",
      ),
    );
  tables.push({
    table: {
      signature,
      ...(table.instance !== "" && { name: table.label + table.instance }),
      bytes,
      origin: `line ${table.line}`,
      ...(table.address !== 0 && Number.isSafeInteger(table.address) && { address: table.address }),
    },
    line: table.line,
    end: table.end,
  });
}

/**
 * Text that acpixtract, fwts and `readFile` read back: ACPICA's own form, or that of `fwts --dump` or of the old pmtools.
 * The address is zero where none is known, as acpidump prints it for tables from sysfs.
 */
export function formatAcpidump(
  tables: readonly { readonly bytes: Uint8Array; readonly address?: number }[],
  style: AcpidumpStyle = "acpica",
): string {
  return tables.map((table) => formatTable(table.bytes, table.address ?? 0, style)).join("");
}

function formatTable(bytes: Uint8Array, address: number, style: AcpidumpStyle): string {
  const lower = style === "pmtools";
  const label = signatureOf(bytes)
    .replace(/[^\x20-\x7e]/g, "?")
    .padEnd(4, "?");
  const digits = address.toString(16);
  const place = style === "acpica" ? `0x${digits.toUpperCase().padStart(16, "0")}` : `0x${digits}`;
  let text = `${label} @ ${place}\n`;
  for (let offset = 0; offset < bytes.length; offset += 16) {
    const line = hexLine(bytes, offset, style === "acpica" ? 8 : 6);
    text += `${lower ? line.slice(0, 56).toLowerCase() + line.slice(56) : line}\n`;
  }
  return `${text}\n`;
}

/** One line of 16 bytes as ACPICA dumps them: offset (at least four digits, right-aligned to `width`), digits, the separator, ASCII. */
export function hexLine(bytes: Uint8Array, offset: number, width: number, separator = " "): string {
  const row = bytes.subarray(offset, offset + 16);
  let hex = "";
  let ascii = "";
  for (const byte of row) {
    hex += `${byte.toString(16).toUpperCase().padStart(2, "0")} `;
    ascii += byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".";
  }
  const place = offset.toString(16).toUpperCase().padStart(4, "0").padStart(width);
  return `${place}: ${hex.padEnd(48)}${separator}${ascii}`;
}
