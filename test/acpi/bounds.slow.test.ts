import { describe, expect, it } from "vitest";
import { sumBytes } from "../../src/acpi/checksum.ts";
import { readFile } from "../../src/acpi/container.ts";
import { encodeCpio } from "../../src/acpi/cpio.ts";
import { fwCfgItems, readFwCfgTables } from "../../src/acpi/fw-cfg-capture.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { encodeTableLoader, type LoaderCommand } from "../../src/acpi/table-loader.ts";
import { DecodeError } from "../../src/errors.ts";

const size = 128 << 10;
const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const repeat = (line: string) => ascii(line.repeat(Math.floor(size / line.length)));

/** Memory full of pointers, each to a root table of its own at every 8th byte, which all overlap. */
function pointers(): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at < size / 2; at += 64) {
    bytes.set(ascii("RSD PTR "), at);
    bytes[at + 15] = 2;
    view.setUint32(at + 20, 36, true);
    view.setUint32(at + 24, size / 2 + at, true);
    bytes[at + 8] = -sumBytes(bytes, at, at + 20);
    bytes[at + 32] = -sumBytes(bytes, at, at + 36);
  }
  for (let at = size / 2; at < size; at += 64) {
    bytes.set(ascii("XSDT"), at);
    view.setUint32(at + 4, size - at, true);
    view.setUint32(at + 36, at + 8, true);
  }
  return bytes;
}

/** Memory full of what starts like an NBFT of 60 KB. */
function signatures(): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  for (let at = 0; at + 128 < size; at += 64) {
    bytes.set(ascii("NBFT"), at);
    view.setUint32(at + 4, 60_000, true);
    bytes[at] = 0x4e;
    bytes[at + 8] = 1;
    if (at > 0) bytes[at] = 0x4e;
  }
  return bytes;
}

const commands = Array.from(
  { length: 500 },
  (): LoaderCommand => ({ kind: "add-checksum", file: "etc/acpi/tables", result: 9, start: 0, length: size / 2 }),
);
const script = encodeTableLoader([{ kind: "allocate", file: "etc/acpi/tables", align: 16, zone: "high" }, ...commands]);

/** Inputs of 128 KB made to be dear, with what reads them. */
const hostile: [string, () => unknown][] = [
  ["headers of acpidump without rows", () => readFile(bytesReader(repeat("NBFT @ 0x0\n")), { from: "acpidump" })],
  [
    "rows with gaps",
    () =>
      readFile(
        bytesReader(
          ascii(`NBFT @ 0x0\n${Array.from({ length: 9000 }, (_, i) => `${(i * 256).toString(16)}: 00\n`).join("")}`),
        ),
        { from: "acpidump" },
      ),
  ],
  ["one endless line", () => readFile(bytesReader(ascii("NBFT @ 0x".padEnd(size, "0"))))],
  ["lines of blanks", () => readFile(bytesReader(repeat(" \t  \t ")), { from: "acpidump" })],
  [
    "asterisks of hexdump",
    () =>
      readFile(
        bytesReader(
          ascii(
            `${Array.from({ length: 6000 }, (_, i) => `${(i << 12).toString(16).padStart(8, "0")}  00\n*\n`).join("")}`,
          ),
        ),
        { from: "hex" },
      ),
  ],
  ["digits", () => readFile(bytesReader(repeat("4e42")))],
  ["signatures in digits", () => readFile(bytesReader(repeat("4e424654")), { from: "hex" })],
  ["signatures with blanks", () => readFile(bytesReader(repeat("4e 42 46 54 ")), { from: "hex" })],
  ["signatures, one a line", () => readFile(bytesReader(repeat("4e424654\n")), { from: "hex" })],
  ["rows that never follow", () => readFile(bytesReader(repeat("0000 4e 42 46 54\n")), { from: "hex" })],
  ["signatures in base64", () => readFile(bytesReader(repeat("TkJGVABBBBBB\n")))],
  ["base64 on one line", () => readFile(bytesReader(repeat("TkJGVABBBBBB")))],
  ["brackets of a log", () => readFile(bytesReader(repeat("a a a a a [")), { from: "hex" })],
  ["quote marks", () => readFile(bytesReader(repeat("> ")), { from: "hex" })],
  ["comments of C", () => readFile(bytesReader(ascii(`4e424654${"/*".repeat(size / 2)}`)), { from: "hex" })],
  ["bars", () => readFile(bytesReader(ascii(`4e424654 ${" |".repeat(size / 2)}x`)), { from: "hex" })],
  [
    "tiny entries of cpio",
    () =>
      readFile(
        bytesReader(
          encodeCpio(Array.from({ length: 1000 }, () => ({ name: "kernel/firmware/acpi/x", data: new Uint8Array(0) }))),
        ),
      ),
  ],
  ["pointers to overlapping roots", () => readFile(bytesReader(pointers()), { from: "memory" })],
  ["starts of NBFTs that overlap", () => readFile(bytesReader(signatures()), { from: "memory" })],
  [
    "checksums over one blob",
    () => readFwCfgTables(fwCfgItems({ "etc/table-loader": script, "etc/acpi/tables": new Uint8Array(size / 2) })),
  ],
  ["noise", () => readFile(bytesReader(new Uint8Array(size).map((_, i) => (i * 2_654_435_761) >>> 13)))],
];

/** What is refused has been looked at too. */
function tried(read: () => unknown): void {
  try {
    read();
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
  }
}

describe("inputs of 128 KB made to be dear", () => {
  // A reading takes some ten milliseconds; what this is for takes seconds, and fifty of it run into the time-out.
  it.each(hostile)(
    "%s: cost follows the input",
    (_, read) => {
      for (let i = 0; i < 50; i++) tried(read);
      expect(() => tried(read)).not.toThrow();
    },
    120_000,
  );
});
