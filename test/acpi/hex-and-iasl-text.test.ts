import { describe, expect, it } from "vitest";
import { isIaslDisassembly } from "../../src/acpi/iasl-text.ts";
import { hasTextTables, textTables } from "../../src/acpi/text-tables.ts";
import { formatHex } from "../../src/text/hex.ts";
import { acpiText } from "../helpers/acpi-vectors.ts";
import { table } from "../helpers/vectors.ts";

const bytes = table("L02");
const rows = Array.from({ length: Math.ceil(bytes.length / 16) }, (_, i) => bytes.subarray(16 * i, 16 * i + 16));
const pairs = (row: Uint8Array, size: number) =>
  Array.from({ length: Math.ceil(row.length / size) }, (_, i) =>
    formatHex(row.subarray(i * size, i * size + size)),
  ).join(" ");
const ascii = (row: Uint8Array) =>
  [...row].map((byte) => (byte > 31 && byte < 127 ? String.fromCharCode(byte) : ".")).join("");
const at = (i: number, width: number) => (16 * i).toString(16).padStart(width, "0");

/** As hexdump and od print it: equal rows once, then an asterisk. */
const starred = (line: (row: Uint8Array, i: number) => string) =>
  rows
    .map((row, i) => (i > 0 && i < rows.length - 1 && formatHex(row) === formatHex(rows[i - 1]!) ? "*" : line(row, i)))
    .filter((text, i, all) => text !== "*" || all[i - 1] !== "*")
    .concat(bytes.length.toString(16).padStart(8, "0"))
    .join("\n");

describe("hex dumps", () => {
  it.each([
    ["xxd", rows.map((row, i) => `${at(i, 8)}: ${pairs(row, 2).padEnd(39)}  ${ascii(row)}`).join("\n")],
    ["xxd -g1", rows.map((row, i) => `${at(i, 8)}: ${pairs(row, 1).padEnd(47)}  ${ascii(row)}`).join("\n")],
    ["xxd -p", formatHex(bytes).replace(/.{60}/g, "$&\n")],
    [
      "hexdump -C",
      starred(
        (row, i) => `${at(i, 8)}  ${pairs(row.subarray(0, 8), 1)}  ${pairs(row.subarray(8), 1)}  |${ascii(row)}|`,
      ),
    ],
    ["od -A x -t x1", starred((row, i) => `${at(i, 6)} ${pairs(row, 1)}`)],
    ["digits with blanks", pairs(bytes, 1)],
    ["digits with colons", formatHex(bytes, ":")],
  ])("reads %s", (_, text) => {
    expect(hasTextTables(text)).toBe(true);
    const { tables, diagnostics } = textTables(text, "hex");
    expect(diagnostics).toMatchObject([{ rule: "K005", severity: "info" }]);
    expect(tables[0]!.bytes).toEqual(bytes);
  });

  const other = table("L03");
  /** A table whose last row is as short as that; the bytes behind its last structure do not matter here. */
  const ofLength = (length: number) => {
    const cut = bytes.slice(0, length);
    new DataView(cut.buffer).setUint32(4, length, true);
    return cut;
  };
  const rowsOf = (of: Uint8Array) =>
    Array.from({ length: Math.ceil(of.length / 16) }, (_, i) => of.subarray(16 * i, 16 * i + 16));

  describe.each(Array.from({ length: 15 }, (_, i) => i + 1))("with %i bytes in the last row", (rest) => {
    const short = ofLength(144 + rest);
    const dump = (size: number) => rowsOf(short).map((row, i) => `${at(i, 8)}: ${pairs(row, size)}`);
    it.each([
      ...[1, 2, 4, 8].map((size): [string, string] => [`xxd -g${size}`, dump(size).join("\n")]),
      [
        "numbered lines",
        dump(1)
          .map((line, i) => `${i + 1}\t${line}`)
          .join("\n"),
      ],
      [
        "times before the lines",
        dump(1)
          .map((line) => `2026/11/03 10:11:12 ${line}  |....|`)
          .join("\n"),
      ],
      [
        "digits and a bar",
        rowsOf(short)
          .map((row) => `${pairs(row, 1).padEnd(47)} | ${ascii(row)}`)
          .join("\n"),
      ],
    ])("reads all of %s", (_, text) => {
      expect(textTables(text, "hex").tables.map((found) => found.bytes)).toEqual([short]);
    });
  });

  it.each([
    [
      "decimal offsets with a colon",
      rows.map((row, i) => `${String(16 * i).padStart(4)}: ${pairs(row, 1)}`).join("\n"),
    ],
    ["offsets in brackets", rows.map((row, i) => `[${at(i, 4)}] ${pairs(row, 1)}`).join("\n")],
    ["comma-separated values", rows.map((row, i) => `"${at(i, 4)}","${pairs(row, 1)}"`).join("\n")],
    ["a command around it", `echo ${formatHex(bytes)} | xxd -r -p > NBFT`],
    ["a whole Buffer of Node.js", `<Buffer ${pairs(bytes, 1)}>`],
    ["a table of a database", `| hex(t) |\n| ${formatHex(bytes).toUpperCase()} |`],
    ["percent-encoded", [...bytes].map((byte) => `%${formatHex(Uint8Array.of(byte))}`).join("")],
    ["lines in backticks", starred((row, i) => `${at(i, 8)} ${pairs(row, 1)}`).replace(/^.*$/gm, "`$&`")],
    [
      "another pane beside it",
      starred((row, i) => `${at(i, 8)} ${pairs(row, 1)}`).replace(/^.*$/gm, (line) => `${line.padEnd(70)}| x`),
    ],
    ["quoted-printable encoding", pairs(bytes, 1).replace(/.{75}/g, "$&=\n")],
  ])("reads %s", (_, text) => {
    expect(hasTextTables(text)).toBe(true);
    expect(textTables(text, "hex").tables[0]!.bytes).toEqual(bytes);
  });

  it("keeps rows of a dump that end with the sign of quoted-printable's wrapped lines", () => {
    const ends = bytes.slice();
    for (const last of [47, 63, 79]) ends[last] = 0x3d;
    for (const before of ["", "+", "> "]) {
      const text = rowsOf(ends).map((row, i) => `${before}${at(i, 8)}: ${pairs(row, 1).padEnd(47)}  ${ascii(row)}`);
      expect(textTables(text.join("\n"), "hex").tables[0]!.bytes).toEqual(ends);
    }
  });

  it.each([
    ["decimal numbers", (of: Uint8Array) => of.join(", ")],
    ["digits", (of: Uint8Array) => formatHex(of)],
  ])("reads two tables as %s, one right below the other", (_, form) => {
    const { tables } = textTables(`${form(bytes)}\n${form(other)}`, "hex");
    expect(tables.map((found) => found.bytes)).toEqual([bytes, other]);
  });

  it("says where a line is missing and keeps what was before it", () => {
    const text = rows.flatMap((row, i) => (i === 3 ? [] : [`${at(i, 8)}: ${pairs(row, 2)}`])).join("\n");
    const { tables, diagnostics } = textTables(text, "hex");
    expect(diagnostics).toMatchObject([{ rule: "K005" }, { rule: "K001", offset: 4 }]);
    expect(tables[0]!.bytes).toEqual(bytes.subarray(0, 48));
  });

  it.each(["", "hello", "00000000: 1234 5678  .4Vx", "NBFT: 4e"])("does not take %j for one", (text) => {
    expect(hasTextTables(text)).toBe(false);
  });
});

describe("iasl -d", () => {
  it.each(["20200925", "20250404"])("gives the raw data of release %s back", (release) => {
    const text = acpiText(`iasl/multipath-${release}.dsl`);
    expect(isIaslDisassembly(text)).toBe(true);
    const { tables, diagnostics } = textTables(text, "iasl");
    expect(diagnostics).toEqual([]);
    expect(tables).toMatchObject([{ signature: "NBFT", name: "NBFT" }]);
    expect(tables[0]!.bytes).toEqual(table("multipath/"));
  });

  it("says when raw data are cut", () => {
    const text = acpiText("iasl/multipath-20200925.dsl").split("\n").slice(0, -20).join("\n");
    expect(textTables(text, "iasl").diagnostics.map(({ rule }) => rule)).toContain("K002");
  });

  it("gives nothing for a disassembly without raw data", () => {
    expect(textTables("DefinitionBlock (...)", "iasl").tables).toEqual([]);
  });
});
