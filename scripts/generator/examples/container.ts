// Examples of the rules about what tables are taken from: dumps, archives, memory images, captures, folders.

import { checksumFor } from "../../../src/acpi/checksum.ts";
import { readTree } from "../../../src/acpi/container-tree.ts";
import { encodeCpio } from "../../../src/acpi/cpio.ts";
import { type FileTree, memoryTree } from "../../../src/acpi/file-tree.ts";
import {
  fwCfgItems,
  loaderItem,
  readFwCfgTables,
  readFwCfgTree,
  tablesItem,
} from "../../../src/acpi/fw-cfg-capture.ts";
import { initrdTablePath, readInitrd } from "../../../src/acpi/initrd.ts";
import { readMemory } from "../../../src/acpi/memory-tables.ts";
import { rawMemory } from "../../../src/acpi/physical-memory.ts";
import { bytesReader } from "../../../src/acpi/reader.ts";
import type { containerRules } from "../../../src/acpi/rules.ts";
import { decodeTableLoader, encodeTableLoader } from "../../../src/acpi/table-loader.ts";
import { textTables } from "../../../src/acpi/text-tables.ts";
import { exampleBytes } from "../../../src/rules/example.ts";
import { formatHex } from "../../../src/text/hex.ts";
import type { MadeExample } from "./example.ts";

const nbft = exampleBytes({ table: "bare" });
/** The start of a gzip file. */
const gzip = Uint8Array.from({ length: 300 }, (_, i) => [31, 139, 8][i] ?? 7);
const ascii = (text: string) => new TextEncoder().encode(text);

/** Rows of a dump as acpidump writes them. */
const rows = Array.from({ length: Math.ceil(nbft.length / 16) }, (_, i) => {
  const bytes = nbft.subarray(16 * i, 16 * i + 16);
  return `    ${(16 * i).toString(16).toUpperCase().padStart(4, "0")}: ${formatHex(bytes, " ").toUpperCase()}`;
});

function dump(input: string, lines: readonly string[], head = "NBFT @ 0x0000000000000000"): MadeExample {
  return { input: [input], check: () => textTables([head, ...lines, ""].join("\n"), "acpidump").diagnostics };
}

function initrd(input: string, name: string, data = nbft, after = new Uint8Array()): MadeExample {
  const bytes = Uint8Array.from([...encodeCpio([{ name, data }]), ...after]);
  return { input: [input], check: () => readInitrd(bytesReader(bytes)).diagnostics };
}

/** An archive whose only file has a name that `encodeCpio` refuses. */
function renamed(): Uint8Array {
  const text = String.fromCharCode(...encodeCpio([{ name: `x${initrdTablePath}nbft.aml`, data: nbft }]));
  return Uint8Array.from(text.replace("xkernel", "/kernel"), (character) => character.charCodeAt(0));
}

function script(input: string, bytes: Uint8Array): MadeExample {
  return { input: [input], check: () => decodeTableLoader(bytes).diagnostics };
}

/** A record of a loader script. */
function record(command: number, rest: number): Uint8Array {
  const bytes = new Uint8Array(128).fill(rest, 4);
  bytes[0] = command;
  return bytes;
}

/** A capture whose script points to a table. */
function capture(input: string, table: Uint8Array): MadeExample {
  const blob = new Uint8Array(64 + table.length);
  blob[0] = 64;
  blob.set(table, 64);
  const pointer = { kind: "add-pointer", file: tablesItem, target: tablesItem, offset: 0, size: 4 } as const;
  const allocate = { kind: "allocate", file: tablesItem, align: 64, zone: "high" } as const;
  const items = { [tablesItem]: blob, [loaderItem]: encodeTableLoader([allocate, pointer], 128) };
  return { input: [input], check: () => readFwCfgTables(fwCfgItems(items)).diagnostics };
}

/** A table with a header and a right checksum. */
function sdt(signature: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  bytes.set(ascii(signature));
  new DataView(bytes.buffer).setUint32(4, length, true);
  bytes[9] = checksumFor(bytes);
  return bytes;
}

/** A memory image with an RSDP at f0000h that leads to 1000h. */
function memory(input: string, root: Uint8Array, ...parts: readonly (readonly [number, Uint8Array])[]): MadeExample {
  const image = new Uint8Array(1 << 20);
  const rsdp = new Uint8Array(20);
  rsdp.set(ascii("RSD PTR "));
  rsdp[17] = 0x10;
  rsdp[8] = checksumFor(rsdp, 20, 8);
  image.set(rsdp, 0xf0000);
  image.set(root, 0x1000);
  for (const [at, part] of parts) image.set(part, at);
  return { input: [input], check: () => readMemory(rawMemory(bytesReader(image))).diagnostics };
}

/** An RSDT with one entry. */
function rsdt(entry: number): Uint8Array {
  const bytes = sdt("RSDT", 40);
  new DataView(bytes.buffer).setUint32(36, entry, true);
  bytes[9] = checksumFor(bytes);
  return bytes;
}

function folder(input: string, tree: FileTree): MadeExample {
  return { input: [input], check: () => readTree(tree).diagnostics };
}

const tooLarge = { ...memoryTree({ NBFT: nbft }), open: () => ({ size: 1 << 30, read: () => nbft }) };
const forbidden = {
  ...memoryTree({ NBFT: nbft }),
  open: () => {
    throw Object.assign(new Error("permission denied"), { code: "EACCES" });
  },
};

/** An example of each rule. */
export const containerExamples: Readonly<Record<keyof typeof containerRules, MadeExample>> = {
  K001: dump("the second line of the dump is missing", [rows[0]!, ...rows.slice(2)]),
  K002: dump("only four lines of the dump are there", rows.slice(0, 4)),
  K003: dump("the line above the bytes is APIC @ 0x0000000000000000", rows, "APIC @ 0x0000000000000000"),
  K005: { input: ["the output of xxd NBFT"], check: () => textTables(xxd(), "hex").diagnostics },
  K010: {
    input: ["the archive ends inside the table"],
    check: () => {
      const archive = encodeCpio([{ name: `${initrdTablePath}nbft.aml`, data: nbft }]);
      return readInitrd(bytesReader(archive.subarray(0, 200))).diagnostics;
    },
  },
  K011: {
    input: ["the file is called /kernel/firmware/acpi/nbft.aml"],
    check: () => readInitrd(bytesReader(renamed())).diagnostics,
  },
  K012: initrd("the file is called a-rather-long-name.aml", `${initrdTablePath}a-rather-long-name.aml`),
  K013: initrd("the table is followed by a byte", `${initrdTablePath}nbft.aml`, Uint8Array.from([...nbft, 0])),
  K014: initrd("the archive is followed by a gzip file", `${initrdTablePath}nbft.aml`, nbft, gzip),
  K020: script("the script has 130 bytes", new Uint8Array(130)),
  K021: script("the name of a file has no NUL", record(1, 0x61)),
  K022: script("a command has the number 7", record(7, 0)),
  K023: {
    input: ["there is no etc/table-loader"],
    check: () => readFwCfgTables(fwCfgItems({ [tablesItem]: nbft })).diagnostics,
  },
  K024: capture("the FADT has no power management ports", sdt("FACP", 244)),
  K025: {
    input: ["etc/acpi/tables has 128 bytes, in the directory 4096"],
    check: () =>
      readFwCfgTables(readFwCfgTree(memoryTree({ "etc/acpi/tables": nbft, "_directory.bin": directory() })))
        .diagnostics,
  },
  K031: memory("the RSDT's signature is XXXX", sdt("XXXX", 36)),
  K032: memory("an entry of the RSDT leads out of the image", rsdt(0x9000_0000)),
  K033: {
    input: ["an image without RSDP"],
    check: () => readMemory(rawMemory(bytesReader(new Uint8Array(1 << 20)))).diagnostics,
  },
  K040: folder("the file NBFT has 1 GiB", tooLarge),
  K041: folder("the file NBFT may not be read", forbidden),
};

function xxd(): string {
  return Array.from({ length: Math.ceil(nbft.length / 16) }, (_, i) => {
    const pairs = formatHex(nbft.subarray(16 * i, 16 * i + 16)).match(/.{1,4}/g)!;
    return `${(16 * i).toString(16).padStart(8, "0")}: ${pairs.join(" ").padEnd(40)} \n`;
  }).join("");
}

/** A directory with one item, as fw_cfg file 19h has it. */
function directory(): Uint8Array {
  const bytes = new Uint8Array(4 + 64);
  bytes[3] = 1;
  new DataView(bytes.buffer).setUint32(4, 4096);
  bytes.set(ascii(tablesItem), 12);
  return bytes;
}
