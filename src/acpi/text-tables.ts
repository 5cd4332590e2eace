import { equalBytes } from "../bytes/compare.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { DecodeError } from "../errors.ts";
import { acpidumpIn, isAcpidump, type LineReading, type LineTable, type TextReading } from "./acpidump-text.ts";
import { nameTables, signatureOf } from "./found-table.ts";
import { hexIn } from "./hex-text.ts";
import { iaslIn, isIaslDisassembly } from "./iasl-text.ts";
import { containerFinding } from "./rules.ts";
import { bareText } from "./text/bare-text.ts";
import { base64In, hasBase64 } from "./text/base64-text.ts";
import { cleanLines } from "./text/clean-lines.ts";
import { hasEscapes } from "./text/escaped-strings.ts";
import { type FoundBytes, lengthOf, linesOutside } from "./text/found-bytes.ts";
import { hasSignature } from "./text/hex-lists.ts";

/** Forms in which a text holds tables, in the order in which they are looked for. */
const tableTextKinds = ["iasl", "acpidump", "hex", "base64"] as const;

/** A form in which a text holds tables. */
export type TableTextKind = (typeof tableTextKinds)[number];

/** Tables of one form, in lines that no earlier form has taken. */
interface FormReading extends LineReading {
  readonly kind: TableTextKind;
}

const readers: Readonly<Record<TableTextKind, (lines: readonly string[]) => LineReading>> = {
  iasl: iaslIn,
  acpidump: acpidumpIn,
  hex: (lines) => ({ tables: tablesOf("hex", hexIn(lines)), diagnostics: [] }),
  base64: (lines) => ({ tables: tablesOf("base64", base64In(lines)), diagnostics: [] }),
};

/**
 * The tables of a text in every form, each form in the lines that those before it leave. A table that the text shows again, in whole or its beginning,
 * counts once. What makes a text readable (a form, taken away colours and elements of HTML) is a finding.
 *
 * @param only the one form to look for
 * @throws {DecodeError} when the first form that is found can be read in two ways.
 */
export function textTables(
  text: string,
  only?: TableTextKind,
): TextReading & { readonly kind: TableTextKind | undefined } {
  const found = formsIn(cleanLines(text), only === undefined ? tableTextKinds : [only]);
  const all = found.flatMap(({ tables }) => tables);
  const kept = all.filter((table, i) => !table.findings || !all.some((other, j) => isQuoteOf(table, other, j < i)));
  const mixed = new Set(found.filter(({ tables }) => tables.some((table) => kept.includes(table)))).size > 1;
  const { taken } = bareText(text);
  return {
    kind: found[0]?.kind,
    tables: nameTables(kept.sort((a, b) => a.line - b.line).map(({ table }) => table)),
    diagnostics: [
      ...(taken.length > 0 && kept.length > 0
        ? [containerFinding("K005", found[0]!.kind, 1, 0, `read without ${taken.join(" and ")}`)]
        : []),
      ...found.flatMap(({ diagnostics }) => diagnostics),
      ...kept.flatMap((table) => table.findings ?? (mixed ? [formFinding(table)] : [])),
    ],
  };
}

/** Whether a text has tables. One that can be read in two ways counts, so that its reader says so. */
export function hasTextTables(shown: string): boolean {
  const text = cleanLines(shown).join("\n");
  if (isIaslDisassembly(text) || isAcpidump(text)) return true;
  if (!hasSignature(text) && !hasEscapes(text) && !hasBase64(text)) return false;
  try {
    return textTables(text).tables.length > 0;
  } catch (error) {
    if (error instanceof DecodeError) return true;
    throw error;
  }
}

function formsIn(all: readonly string[], kinds: readonly TableTextKind[]): FormReading[] {
  const found: FormReading[] = [];
  let lines = all;
  for (const kind of kinds) {
    const reading = readOrSay(kind, lines, found.length > 0);
    if (reading.tables.length + reading.diagnostics.length === 0) continue;
    found.push({ kind, ...reading });
    lines = linesOutside(lines, reading.tables);
  }
  return found;
}

/** Tables of one form; where others were found before, one that cannot be read is only reported. */
function readOrSay(kind: TableTextKind, lines: readonly string[], others: boolean): LineReading {
  try {
    return readers[kind](lines);
  } catch (error) {
    if (!(error instanceof DecodeError) || !others) throw error;
    return {
      tables: [],
      diagnostics: [containerFinding("K001", kind, 1, 0, `another table is not read: ${error.message}`)],
    };
  }
}

function tablesOf(path: string, found: readonly FoundBytes[]): LineTable[] {
  return found.map((each) => {
    const { bytes, line, end, address } = each;
    const table = {
      signature: signatureOf(bytes),
      bytes,
      origin: `line ${line}`,
      ...(address !== undefined && { address }),
    };
    return { table, line, end, findings: findingsOf(path, each) };
  });
}

/** A note on the form of a table, and what is wrong with it. */
function findingsOf(path: string, { bytes, line, form, problem }: FoundBytes): Diagnostic[] {
  const note = containerFinding("K005", path, line, 0, `read as ${form}, ${bytes.length} bytes from line ${line} on`);
  if (problem) {
    const hint = "Lines of the dump are missing or out of order";
    return [note, containerFinding("K001", path, problem.line, 0, problem.message, hint)];
  }
  const length = lengthOf(bytes) ?? 0;
  if (length <= bytes.length) return [note];
  const message = `the table says ${length} bytes, the text holds ${bytes.length}`;
  return [note, containerFinding("K002", path, line, 0, message, "Take the dump again")];
}

/** The note on a table that needs none by itself, in a text that has others too. */
function formFinding({ table: { signature, bytes }, line }: LineTable): Diagnostic {
  return containerFinding(
    "K005",
    signature,
    line,
    0,
    `${signature} read as text of acpidump, ${bytes.length} bytes from line ${line} on`,
  );
}

/** Whether a table is another one again, or its beginning; of two that are equal, the first counts. */
function isQuoteOf({ table: { bytes } }: LineTable, { table: { bytes: of } }: LineTable, isLater: boolean): boolean {
  if (bytes.length > of.length || (bytes.length === of.length && !isLater)) return false;
  return equalBytes(bytes, of.subarray(0, bytes.length));
}
