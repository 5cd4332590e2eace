import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readFile } from "../../src/acpi/container.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { table } from "../helpers/vectors.ts";

const folder = new URL("../vectors/forms/", import.meta.url);
const expected = table("multipath/");
const bytesOf = (name: string) => Uint8Array.from(readFileSync(new URL(name, folder)));
const textOf = (name: string) => readFileSync(new URL(name, folder), "utf8");
const reading = (text: string | Uint8Array) =>
  readFile(bytesReader(typeof text === "string" ? new TextEncoder().encode(text) : text));

/** Texts that hold the table, and the form that the note names. */
const forms: readonly (readonly [file: string, form: string])[] = [
  ["xxd.txt", "hex dump (groups of 2 bytes, hexadecimal offsets)"],
  ["xxd-g1.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["xxd-g8.txt", "hex dump (groups of 8 bytes, hexadecimal offsets)"],
  ["xxd-e.txt", "hex dump (32-bit words, hexadecimal offsets)"],
  ["xxd-c32.txt", "hex dump (groups of 2 bytes, hexadecimal offsets)"],
  ["xxd-p.txt", "hexadecimal digits"],
  ["xxd-i.txt", "array of hexadecimal numbers"],
  ["hexdump-C.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["hexdump.txt", "hex dump (16-bit words, hexadecimal offsets)"],
  ["hexdump-x.txt", "hex dump (16-bit words, hexadecimal offsets)"],
  ["hexdump-e.txt", "hexadecimal digits"],
  ["od-t-x1.txt", "hex dump (bytes, octal offsets)"],
  ["od-t-x2.txt", "hex dump (16-bit words, octal offsets)"],
  ["od-t-x4.txt", "hex dump (32-bit words, octal offsets)"],
  ["od-t-x8.txt", "hex dump (64-bit words, octal offsets)"],
  ["od-A-x.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["od-A-d.txt", "hex dump (bytes, decimal offsets)"],
  ["od-A-n-v.txt", "hexadecimal digits"],
  ["base64.txt", "base64"],
  ["base64-w0.txt", "base64"],
  ["issue.md", "hex dump (bytes, hexadecimal offsets)"],
  ["mail.txt", "hex dump (groups of 2 bytes, hexadecimal offsets)"],
  ["numbered.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["format-hex-5.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["format-hex-7.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["acpiview.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["dmem.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["gdb-xb.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["gdb-xw.txt", "hex dump (32-bit words, hexadecimal offsets)"],
  ["qemu-xp.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["qemu-xp-w.txt", "hex dump (32-bit words, hexadecimal offsets)"],
  ["dmesg.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["dmesg-none.txt", "hexadecimal digits"],
  ["dmesg-group4.txt", "hex dump (32-bit words, hexadecimal offsets)"],
  ["python-list.txt", "array of decimal numbers"],
  ["wireshark.txt", "hex dump (bytes, hexadecimal offsets)"],
  ["array.c", "array of hexadecimal numbers"],
];

/** Dumps that cannot be read, and what is said instead. */
const refused: readonly (readonly [file: string, message: RegExp])[] = [
  ["xxd-b.txt", /dump of bits \(xxd -b\): take it again, with xxd FILE/],
  ["hexdump-b.txt", /octal dump of bytes/],
  ["hexdump-d.txt", /decimal dump of words/],
  ["od.txt", /octal dump of words/],
  ["od-c.txt", /dump of characters/],
  ["od-A-n.txt", /has no offsets.*od -v/],
];

describe("a text that shows a table", () => {
  it.each(forms)("%s is read as %s", (file, form) => {
    const { tables, diagnostics } = reading(bytesOf(file));
    expect(tables).toHaveLength(1);
    expect(tables[0]!.bytes).toEqual(expected);
    expect(diagnostics.map(({ message }) => message)).toEqual([
      expect.stringMatching(new RegExp(`^read as ${form.replace(/[()]/g, "\\$&")}, 1133 bytes from line \\d+ on$`)),
    ]);
  });

  it.each(forms)("%s is read the same quoted, indented and with CR LF", (file) => {
    const lines = textOf(file).split(/\r?\n/);
    const changed = [
      lines.map((line) => `> ${line}`).join("\n"),
      ["Hi,", "", ...lines.map((line) => `    ${line}`), "", "be well"].join("\n"),
      lines.join("\r\n"),
      ["```", ...lines, "```"].join("\n"),
    ];
    for (const text of changed) expect(reading(text).tables.map(({ bytes }) => bytes)).toEqual([expected]);
  });

  it.each(["fwts.txt", "acpidump-indented.txt"])("%s is acpidump's, whatever it begins with", (file) => {
    const { kind, tables } = reading(bytesOf(file));
    expect(kind).toBe("acpidump");
    expect(tables.map(({ bytes }) => bytes)).toEqual([expected]);
  });

  it.each(refused)("%s is refused with the way to a better one", (file, message) => {
    expect(() => reading(bytesOf(file))).toThrow(message);
  });

  it("knows the address where the offsets are addresses", () => {
    for (const file of ["dmem.txt", "gdb-xb.txt", "gdb-xw.txt", "qemu-xp.txt"])
      expect(reading(bytesOf(file)).tables[0]!.address).toBe(0x7f7e3000);
  });

  it("has a test for every file of the folder", () => {
    const tested = [...forms, ...refused].map(([file]) => file);
    const acpidump = ["fwts.txt", "acpidump-indented.txt", "README.md"];
    const files = readdirSync(folder).filter(
      (name) => !/^(?:show|efibootmgr|boot-options)/.test(name) && !acpidump.includes(name),
    );
    expect(files.sort()).toEqual(tested.sort());
  });
});

describe("a text that cannot be told for sure", () => {
  const rows = textOf("hexdump-C.txt").split("\n");

  it("is refused when the offsets fit no base", () => {
    const odd = rows.map((line, i) => line.replace(/^[0-9a-f]{8}/, String(i * 7).padStart(8, "0")));
    expect(() => reading(odd.join("\n"))).toThrow(/offsets that do not fit its rows: take it again/);
  });

  it("ends where rows are missing, and says so", () => {
    const { tables, diagnostics } = reading(rows.filter((_, i) => i !== 5).join("\n"));
    expect(tables[0]!.bytes).toEqual(expected.subarray(0, 80));
    expect(diagnostics.map(({ rule }) => rule)).toEqual(["K005", "K001"]);
  });

  it("says when the text ends before the table does", () => {
    const { tables, diagnostics } = reading(rows.slice(0, 20).join("\n"));
    expect(tables[0]!.bytes).toEqual(expected.subarray(0, tables[0]!.bytes.length));
    expect(diagnostics.map(({ rule }) => rule)).toEqual(["K005", "K002"]);
  });

  it("gives a table once, however often the thread quotes it", () => {
    const text = textOf("hexdump-C.txt");
    expect(reading(`${text}\nwrote:\n${text.replace(/^/gm, "> ")}`).tables).toHaveLength(1);
  });

  it("gives two tables that differ", () => {
    const other = [...expected];
    other[10]! ^= 1;
    const second = other.map((byte) => byte.toString(16).padStart(2, "0")).join(" ");
    const { tables } = reading(`${textOf("xxd.txt")}\nand\n${textOf("hexdump-C.txt")}`);
    expect(tables).toHaveLength(1);
    expect(reading(`${[...expected].join(",")}\n\n${second}`).tables).toHaveLength(2);
  });

  it.each(["hello, NBFT", "00000000: 1234 5678  .4Vx", "4e 42 46 54"])("has no table in %j", (text) => {
    expect(() => reading(text)).toThrow("a text without a table");
  });
});
