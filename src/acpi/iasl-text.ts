import { parseAcpidump, type TextReading } from "./acpidump-text.ts";

/** Whether a text is what `iasl -d` writes for a data table. */
export function isIaslDisassembly(text: string): boolean {
  return /^Raw Table Data: Length \d+ \(0x[0-9A-Fa-f]+\)/m.test(text);
}

/**
 * The table behind a disassembly by iasl: the bytes of its `Raw Table Data` part. The fields above it are not read, so that edits there
 * are without effect.
 */
export function parseIaslDisassembly(text: string): TextReading {
  const start = text.search(/^Raw Table Data: Length/m);
  if (start < 0) return { tables: [], diagnostics: [] };
  const signature = /Signature : "(.{4})"/.exec(text)?.[1] ?? /ACPI Data Table \[(.{4})\]/.exec(text)?.[1] ?? "????";
  const stated = /Length (\d+)/.exec(text.slice(start))![1]!;
  const lines = text.slice(0, start).split("\n").length;
  const raw = text
    .slice(start)
    .replace(/^.*$/m, "")
    .replace(/^(\s*[0-9A-Fa-f]+: (?:[0-9A-Fa-f]{2} )+ *)\/\/ .*$/gm, "$1");
  const reading = parseAcpidump(`${signature} @ 0x0 (${stated} bytes)${raw}`);
  return { ...reading, tables: reading.tables.map((table) => ({ ...table, origin: `line ${lines}` })) };
}
