import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { formatAcpidump } from "../../src/acpi/acpidump-text.ts";
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
  ["csv.csv", "hex dump (bytes, decimal offsets)"],
  ["csv-quoted.csv", "hex dump (bytes, decimal offsets)"],
  ["csv-tab.tsv", "hex dump (bytes, decimal offsets)"],
  ["csv-decimal.csv", "array of decimal numbers"],
  ["decimal-offsets.txt", "hex dump (bytes, decimal offsets)"],
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
  ["od-A-n-t-u1.txt", "array of decimal numbers"],
  ["decimal-lines.txt", "array of decimal numbers"],
  ["decimal-signed.txt", "array of decimal numbers"],
  ["node-json.txt", "array of decimal numbers"],
  ["python-hex-list.txt", "array of hexadecimal numbers"],
  ["python-bytes.txt", "a string with escapes"],
  ["python-pprint.txt", "a string with escapes"],
  ["printf.txt", "a string with escapes"],
];

/** Texts that a program has coloured, encoded or marked up, with the form and what had to be undone. */
const wrapped: readonly (readonly [file: string, form: string, undone: string])[] = [
  ["grep-color.txt", "hex dump (bytes, hexadecimal offsets)", "read without escape sequences of a terminal"],
  ["nbsp.txt", "hex dump (bytes, hexadecimal offsets)", "read without unbreakable blanks"],
  ["html-pre.html", "hex dump (bytes, hexadecimal offsets)", "read without tags of HTML"],
  ["html-br.html", "hex dump (bytes, hexadecimal offsets)", "read without tags of HTML"],
  ["html-table.html", "hex dump (groups of 2 bytes, hexadecimal offsets)", "read without tags of HTML"],
  ["utf16le.txt", "hex dump (bytes, hexadecimal offsets)", "read as UTF-16LE without a byte order mark"],
];

/** Dumps that cannot be read, and what is said instead. */
const refused: readonly (readonly [file: string, message: RegExp])[] = [
  ["xxd-b.txt", /dump of bits \(xxd -b\): take it again, with xxd FILE/],
  ["hexdump-b.txt", /octal dump of bytes/],
  ["hexdump-d.txt", /decimal dump of words/],
  ["od.txt", /octal dump of words/],
  ["od-c.txt", /dump of characters/],
  ["od-t-u1.txt", /decimal dump of bytes/],
  ["node-buffer.txt", /the start of a Buffer/],
  ["base32.txt", /^base32: base32 -d FILE \| nbft COMMAND - reads it$/],
  ["srec.txt", /^Motorola S-records: objcopy -I srec -O binary FILE NBFT makes the table of it$/],
  ["ihex.txt", /^Intel HEX: objcopy -I ihex -O binary FILE NBFT makes the table of it$/],
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

  it.each(wrapped)("%s is read as %s, with a note: %s", (file, form, undone) => {
    const { tables, diagnostics } = reading(bytesOf(file));
    expect(tables.map(({ bytes }) => bytes)).toEqual([expected]);
    expect(diagnostics).toMatchObject([
      { rule: "K005", message: undone },
      { rule: "K005", message: expect.stringContaining(`read as ${form}, 1133 bytes from line `) },
    ]);
  });

  it.each([...forms, ...wrapped].map(([file]) => file))(
    "%s is read the same in UTF-16, coloured and as HTML",
    (file) => {
      const text = file === "utf16le.txt" ? textOf("hexdump-C.txt") : textOf(file);
      const lines = text.trimEnd().split(/\r?\n/);
      const utf16 = new Uint8Array(Uint16Array.from(text, (character) => character.charCodeAt(0)).buffer);
      const html = lines.map((line) => line.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;"));
      const changed = [
        utf16,
        utf16.slice().map((_, at) => utf16[at ^ 1]!),
        lines.map((line) => `\x1b[33m${line}\x1b[0m\x1b[K`).join("\r\n"),
        lines.map((line) => line.replaceAll(" ", "\u00a0")).join("\n"),
        ...(file.endsWith(".html")
          ? []
          : [`<pre>${html.join("\n")}</pre>`, html.map((line) => line.replaceAll(" ", "&nbsp;")).join("<br>\n")]),
      ];
      for (const each of changed) expect(reading(each).tables.map(({ bytes }) => bytes)).toEqual([expected]);
    },
  );

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
    const tested = [...forms, ...wrapped, ...refused].map(([file]) => file);
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

  const other = expected.slice();
  other[10]! ^= 1;
  const digits = Buffer.from(other).toString("hex");
  const seconds = [
    ["digits", digits.replace(/../g, "$& ")],
    ["base64", Buffer.from(other).toString("base64")],
    ["a dump", textOf("hexdump-C.txt").replace("06 42", "06 43")],
    ["a string", digits.replace(/../g, "\\x$&")],
    ["acpidump's text", formatAcpidump([{ bytes: other }])],
  ] as const;

  it.each(seconds)("gives two tables that differ, in their order, and names both: the second is %s", (_, second) => {
    for (const first of [textOf("hexdump-C.txt"), textOf("base64.txt"), textOf("fwts.txt")]) {
      const { tables, diagnostics } = reading(`First:\n${first}\nand the second:\n\n${second}\n`);
      expect(tables.map(({ bytes }) => bytes)).toEqual([expected, other]);
      expect(tables.map(({ origin }) => origin)[0]).toMatch(/^line [23]$/);
      const notes = diagnostics.filter(({ message }) => /read as .*, 1133 bytes from line/.test(message));
      expect(notes).toHaveLength(first === textOf("fwts.txt") && second.startsWith("NBFT") ? 0 : 2);
    }
  });

  it("takes the beginning of a table, quoted again, for no other one", () => {
    const start = Buffer.from(expected.subarray(0, 64)).toString("hex");
    expect(reading(`It starts with ${start}\n\n${textOf("xxd.txt")}`).tables.map(({ bytes }) => bytes)).toEqual([
      expected,
    ]);
  });

  it("says that another one of two readings is not read, beside one that is", () => {
    const odd = rows.map((line, i) => line.replace(/^[0-9a-f]{8}/, String(i * 7).padStart(8, "0")));
    const { tables, diagnostics } = reading(`${textOf("fwts.txt")}\n${odd.join("\n")}`);
    expect(tables.map(({ bytes }) => bytes)).toEqual([expected]);
    expect(diagnostics).toMatchObject([
      { rule: "K001", message: expect.stringContaining("another table is not read") },
    ]);
  });

  it("reads a list of digits with commas as hexadecimal in every row", () => {
    const pairs = [...expected].map((byte) => byte.toString(16).padStart(2, "0"));
    const text = Array.from({ length: Math.ceil(pairs.length / 8) }, (_, i) =>
      pairs.slice(8 * i, 8 * i + 8).join(", "),
    );
    expect(reading(text.join(",\n")).tables.map(({ bytes }) => bytes)).toEqual([expected]);
  });

  it.each([952, 953, 956, 957, 960])("reads the UEFI Shell's dump of %i bytes, whatever its last row has", (size) => {
    const shorter = expected.slice(0, size);
    new DataView(shorter.buffer).setUint32(4, size, true);
    const dump = ["  Memory Address 000000007F5E1000"];
    for (let at = 0; at < size; at += 16) {
      const row = [...shorter.subarray(at, at + 16)];
      const digits = row.map((byte, i) => byte.toString(16).padStart(2, "0").toUpperCase() + (i === 7 ? "-" : " "));
      dump.push(
        `  ${(0x7f5e1000 + at).toString(16).toUpperCase()}: ${digits.join("").padEnd(48)} *${".".repeat(row.length)}*`,
      );
    }
    expect(reading(dump.join("\r\n")).tables.map(({ bytes }) => bytes)).toEqual([shorter]);
  });

  const xxd = textOf("xxd.txt");
  const hexdump = textOf("hexdump-C.txt");
  const json = (text: string) => JSON.stringify({ rc: 0, stdout: text });
  const strings = (lines: readonly string[]) => JSON.stringify({ stdout_lines: lines }, undefined, 2);
  const log = (line: string) => JSON.stringify({ log: `${line}\n`, stream: "stdout", time: "2026-12-01T13:00:00Z" });
  const upTo = (text: string, width: number) => text.match(new RegExp(`.{1,${width}}`, "g"))!.join("\n");
  const hex = Buffer.from(expected).toString("hex");
  const written: readonly (readonly [what: string, text: string])[] = [
    ["a fence that begins in the line of its first row", `\`\`\`${xxd}\`\`\``],
    ["the mark of a forum that does", `[code]${hexdump}[/code]`],
    ["one string of JSON", json(hexdump)],
    ["one string of JSON, of acpidump", json(textOf("acpidump-indented.txt"))],
    ["a string of JSON a line", strings(hexdump.trimEnd().split("\n"))],
    ["a string of JSON a line, of base64", strings(textOf("base64.txt").trimEnd().split("\n"))],
    ["one string of JSON, of base64", json(textOf("base64.txt"))],
    [
      "ansible's line of JSON",
      `host1 | CHANGED => ${JSON.stringify({ stdout: xxd.trimEnd(), stdout_lines: xxd.trimEnd().split("\n") })}`,
    ],
    ["a log of an installer", xxd.trimEnd().replace(/^/gm, "13:00:00,123 INFO program:")],
    ["a journal with microseconds", hexdump.trimEnd().replace(/^/gm, "Dec 01 13:00:00.123456 host sh[456]: ")],
    ["a terminal's log", hexdump.trimEnd().replace(/^/gm, "[Mon Dec 01 13:00:00.123 2026] ")],
    ["a section of XML", `<system-out><![CDATA[${hexdump}]]></system-out>`],
    ["elements of XML", hexdump.trimEnd().replace(/.+/g, (line) => `<line>${line.replaceAll("<", "&lt;")}</line>`)],
    ["a container's log in JSON", hexdump.trimEnd().split("\n").map(log).join("\n")],
    ["grep -n", xxd.trimEnd().replace(/^/gm, "7:")],
    ["grep -Hn", xxd.trimEnd().replace(/^/gm, "boot.log:12:")],
    ["digits wrapped at an odd column", upTo(hex, 79)],
    ["quotation marks of a word processor", `“${hex}”`],
    ["a text area of HTML", `<textarea rows=10>${hex}</textarea>`],
    [
      "hexyl",
      hexdump
        .trimEnd()
        .split("\n")
        .slice(0, -1)
        .map((line) =>
          line === "*" ? "│*       │" : line.replace(/^(\S+) {2}(.{23}) {2}(.{23}).*/, "│$1│ $2 ┊ $3 │...│"),
        )
        .join("\n"),
    ],
  ];

  it.each(written)("reads %s", (_, text) => {
    expect(reading(text).tables.map(({ bytes }) => bytes)).toEqual([expected]);
  });

  it("reads what a diff without its first lines adds", () => {
    for (const file of ["hexdump-C.txt", "xxd.txt"])
      expect(reading(textOf(file).replace(/^(?=.)/gm, "+")).tables.map(({ bytes }) => bytes)).toEqual([expected]);
  });

  it("reads base64 for URLs", () => {
    const text = Buffer.from(expected).toString("base64url");
    expect(text).toMatch(/[-_]/);
    expect(reading(`table=${text}\n`).tables.map(({ bytes }) => bytes)).toEqual([expected]);
  });

  it("refuses a string with characters that are not bytes", () => {
    const text = `"NBFT\\u006d\\u0004\\u0000\\u0000${"\ufffd".repeat(64)}"`;
    expect(() => reading(text)).toThrow(/characters that are not bytes: take it again, with base64 or xxd/);
  });

  it.each(["hello, NBFT", "00000000: 1234 5678  .4Vx", "4e 42 46 54"])("has no table in %j", (text) => {
    expect(() => reading(text)).toThrow("a text without a table");
  });
});
