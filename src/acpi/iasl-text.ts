import { acpidumpIn, type LineReading } from "./acpidump-text.ts";
import { cleanLines } from "./text/clean-lines.ts";

const rawData = /^\s*Raw Table Data: Length (\d{1,9}) \(0x[0-9A-Fa-f]+\)/;

/** Whether a text is what `iasl -d` writes for a data table. */
export function isIaslDisassembly(text: string): boolean {
  return text.includes("Raw Table Data: Length") && cleanLines(text).some((line) => rawData.test(line));
}

/**
 * The tables of disassemblies by iasl: the bytes of their `Raw Table Data` parts. The fields above are not read, so that edits there are without effect.
 */
export function iaslIn(lines: readonly string[]): LineReading {
  const readings = lines.flatMap((line, start): LineReading[] => {
    const stated = rawData.exec(line)?.[1];
    if (stated === undefined) return [];
    const part = lines.slice(start + 1);
    const next = part.findIndex((other) => rawData.test(other));
    const raw = (next < 0 ? part : part.slice(0, next)).map((row) =>
      row.replace(/^(\s*[0-9A-Fa-f]+: (?:[0-9A-Fa-f]{2} )+ *)\/\/ .*$/, "$1"),
    );
    return [tablesFrom(start, acpidumpIn([`${signatureBefore(lines, start)} @ 0x0 (${stated} bytes)`, ...raw]))];
  });
  return {
    tables: readings.flatMap(({ tables }) => tables),
    diagnostics: readings.flatMap(({ diagnostics }) => diagnostics),
  };
}

/** The tables of a part of a text that begins after `start` lines. */
function tablesFrom(start: number, { tables, diagnostics }: LineReading): LineReading {
  return {
    tables: tables.map(({ table, line, end }) => ({
      table: { ...table, origin: `line ${line + start}` },
      line: line + start,
      end: end + start,
    })),
    diagnostics,
  };
}

/** The signature that the disassembly names, above its raw data. */
function signatureBefore(lines: readonly string[], start: number): string {
  for (let i = start; i >= 0; i--) {
    const line = lines[i]!;
    const signature = /Signature : "(.{4})"/.exec(line)?.[1] ?? /ACPI Data Table \[(.{4})\]/.exec(line)?.[1];
    if (signature !== undefined) return signature;
  }
  return "????";
}
