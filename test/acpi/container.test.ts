import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAcpidump } from "../../src/acpi/acpidump-text.ts";
import { checksumFor } from "../../src/acpi/checksum.ts";
import { readFile } from "../../src/acpi/container.ts";
import type { FileKind } from "../../src/acpi/container-kinds.ts";
import { detectTree, isTableName, readTree } from "../../src/acpi/container-tree.ts";
import { encodeCpio } from "../../src/acpi/cpio.ts";
import { memoryTree } from "../../src/acpi/file-tree.ts";
import { nameTables } from "../../src/acpi/found-table.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { concatBytes } from "../../src/bytes/concat.ts";
import { acpiText, captureTree } from "../helpers/acpi-vectors.ts";
import { allTables, table } from "../helpers/vectors.ts";

const nbft = table("L02");
const other = table("multipath/");
const ascii = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const detect = (bytes: Uint8Array) => readFile(bytesReader(bytes)).kind;
const dump = formatAcpidump([{ bytes: nbft }]);
const utf16 = (text: string) =>
  concatBytes([
    Uint8Array.of(0xff, 0xfe),
    new Uint8Array(new Uint16Array([...text].map((c) => c.charCodeAt(0))).buffer),
  ]);
const apic = () => {
  const bytes = new Uint8Array(44);
  bytes.set(ascii("APIC\x2c"));
  bytes[9] = checksumFor(bytes);
  return bytes;
};
/** Memory as SeaBIOS leaves it, with one table. */
const memory = (size: number) => {
  const bytes = new Uint8Array(size);
  bytes.set(nbft, size - 4096);
  return bytes;
};

describe("the form of a file", () => {
  it.each<[string, Uint8Array, FileKind]>([
    ["a table", nbft, "table"],
    ["a cut table", nbft.slice(0, 20), "table"],
    ["four bytes", ascii("NBFT"), "table"],
    ["another table", apic(), "table"],
    ["nothing", new Uint8Array(0), "table"],
    ["unknown bytes", new Uint8Array(600).fill(7), "table"],
    ["acpidump's text", ascii(dump), "acpidump"],
    ["the same with CR LF", ascii(dump.replaceAll("\n", "\r\n")), "acpidump"],
    ["the same as UTF-16", utf16(dump), "acpidump"],
    ["the same with a byte order mark", concatBytes([Uint8Array.of(0xef, 0xbb, 0xbf), ascii(dump)]), "acpidump"],
    ["a log with a dump in it", ascii(`boot log\n${"x\n".repeat(3000)}${dump}`), "acpidump"],
    ["iasl's disassembly", ascii(acpiText("iasl/multipath-20200925.dsl")), "iasl"],
    ["xxd", ascii("00000000: 4e42 4654 3502 0000  NBFT5...\n"), "hex"],
    ["an initrd", encodeCpio([{ name: "init", data: nbft }]), "initrd"],
    ["a large file of zeros", new Uint8Array(1 << 20), "memory"],
    ["a small image with a table", memory(65_536), "memory"],
  ])("%s", (_, bytes, kind) => {
    expect(detect(bytes)).toBe(kind);
  });

  it.each([
    ["gzip", [0x1f, 0x8b, 8], /compressed \(gzip\)/],
    ["zstd", [0x28, 0xb5, 0x2f, 0xfd], /compressed \(zstd\)/],
    ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0], /compressed \(xz\)/],
    ["a qcow2 image", [...ascii("QFI\xfb")], /qcow2/],
    ["a variable store", [...new Array(40).fill(0), ...ascii("_FVH")], /nbft vars reads its variables/],
    ["a compressed kdump", [...ascii("KDUMP   ")], /ELF core/],
    ["a libvirt save image", [...ascii("LibvirtQemudSave")], /--memory-only/],
    ["a migration stream", [...ascii("QEVM")], /dump-guest-memory/],
    ["an old cpio", [...ascii("070707000000")], /only newc/],
    ["a ZIP archive", [...ascii("PK\x03\x04")], /unpack it/],
  ])("refuses %s with a way out", (_, magic, message) => {
    expect(() => detect(concatBytes([Uint8Array.from(magic), new Uint8Array(600)]))).toThrow(message);
  });

  it("refuses a tar archive", () => {
    const tar = new Uint8Array(1024);
    tar.set(ascii("ustar"), 257);
    expect(() => detect(tar)).toThrow(/tar archive/);
  });

  it("every table of the project is a table", () => {
    for (const { path, bytes } of allTables) expect(detect(bytes), path).toBe("table");
  });

  it("any bytes are of some kind, or refused by the library's own error (property)", () => {
    const start = fc.constantFrom(
      nbft,
      ascii(dump),
      encodeCpio([{ name: "kernel/firmware/acpi/n", data: nbft }]),
      ascii("\x7fELF"),
      new Uint8Array(0),
    );
    fc.assert(
      fc.property(start, fc.uint8Array({ maxLength: 64 }), fc.nat(200), (base, noise, at) => {
        const bytes = concatBytes([base.slice(0, at), noise, base.slice(at + noise.length)]);
        try {
          readFile(bytesReader(bytes));
        } catch (error) {
          expect((error as Error).name).toBe("DecodeError");
        }
      }),
    );
  });
});

describe("a file forced to a kind", () => {
  it("tables: back to back, as dump -o binary writes them", () => {
    const { tables } = readFile(bytesReader(concatBytes([nbft, other, apic()])), { from: "tables" });
    expect(tables.map(({ name, offset }) => [name, offset])).toEqual([
      ["NBFT1", 0],
      ["NBFT2", nbft.length],
      ["APIC", nbft.length + other.length],
    ]);
    expect(() => readFile(bytesReader(concatBytes([nbft, Uint8Array.of(1, 2)])), { from: "tables" })).toThrow(/length/);
  });

  it("table: the whole file, whatever it is", () => {
    expect(readFile(bytesReader(ascii(dump)), { from: "table" }).tables[0]!.bytes).toEqual(ascii(dump));
  });

  it("memory: a small image, too", () => {
    const bytes = memory(8192);
    expect(readFile(bytesReader(bytes), { from: "memory" }).tables).toMatchObject([{ name: "NBFT", address: 4096 }]);
  });

  it("elf-core: refused when it is none", () => {
    expect(() => readFile(bytesReader(nbft), { from: "elf-core" })).toThrow("not an ELF core file");
  });
});

describe("folders", () => {
  it("as Linux or acpixtract make them", () => {
    const tree = memoryTree({ NBFT10: nbft, NBFT2: other, NBFT1: nbft, APIC: apic(), "data/BERT": nbft, notes: nbft });
    expect(detectTree(tree)).toBe("directory");
    expect(readTree(tree).tables.map(({ name }) => name)).toEqual(["APIC", "NBFT1", "NBFT2", "NBFT10"]);
    const extracted = memoryTree({ "nbft2.dat": other, "nbft1.dat": nbft, "apic.dat": apic() });
    expect(readTree(extracted).tables.map(({ name, origin }) => [name, origin])).toEqual([
      ["APIC", "apic.dat"],
      ["NBFT1", "nbft1.dat"],
      ["NBFT2", "nbft2.dat"],
    ]);
  });

  it("is read below the one folder that an archive of it has", () => {
    const names = (files: Record<string, Uint8Array>) => readTree(memoryTree(files)).tables.map(({ origin }) => origin);
    expect(names({ "host7/NBFT1": nbft, "host7/NBFT2": other })).toEqual(["host7/NBFT1", "host7/NBFT2"]);
    expect(names({ "host7/NBFT1": nbft, "host8/NBFT1": other })).toEqual([]);
    expect(names({ "host7/table": nbft })).toEqual([]);
  });

  it("with tables under other names", () => {
    const tree = memoryTree({ "my-table": nbft, "README.txt": ascii("hello"), empty: new Uint8Array(0) });
    expect(readTree(tree).tables.map(({ origin }) => origin)).toEqual(["my-table"]);
  });

  it("with texts of several machines", () => {
    const cut = dump.slice(0, dump.lastIndexOf("\n", dump.length - 20) + 1);
    const tree = memoryTree({
      "a.txt": ascii(dump),
      "b.txt": ascii(cut),
      "raw.bin": nbft,
      "README.md": ascii("NBFT!"),
    });
    const { tables, diagnostics } = readTree(tree);
    expect(tables.map(({ name, origin }) => [name, origin])).toEqual([
      ["NBFT1", "a.txt:NBFT"],
      ["NBFT2", "b.txt:NBFT"],
      ["NBFT3", "raw.bin"],
    ]);
    expect(tables[0]!.bytes).toEqual(nbft);
    expect(diagnostics.map(({ rule, path }) => [rule, path.split(":")[0]])).toEqual([["K002", "b.txt"]]);
  });

  it.each(["sys/firmware/acpi/tables", "sosreport-host-2026/sys/firmware/acpi/tables", "acpi/tables"])(
    "a report with %s",
    (path) => {
      const tree = memoryTree({
        [`${path}/NBFT`]: nbft,
        [`${path}/APIC`]: apic(),
        "sosreport-host-2026/version.txt": ascii("x"),
      });
      expect(detectTree(tree)).toBe("sosreport");
      expect(readTree(tree).tables.map(({ origin }) => origin)).toEqual([`${path}/APIC`, `${path}/NBFT`]);
    },
  );

  it("a capture of fw_cfg items", () => {
    expect(detectTree(captureTree("virt"))).toBe("fw-cfg");
    expect(readTree(captureTree("q35-two-nbft")).tables.filter(({ signature }) => signature === "NBFT")).toHaveLength(
      2,
    );
  });

  it("forced to a kind", () => {
    expect(readTree(memoryTree({ NBFT: nbft }), "fw-cfg").tables).toEqual([]);
    expect(readTree(memoryTree({ NBFT: nbft }), "sosreport").tables).toHaveLength(1);
  });

  it("with an unreadable file give the others and say so", () => {
    const tree = memoryTree({ NBFT1: nbft, NBFT2: other });
    const broken = { ...tree, open: (path: string) => (path === "NBFT1" ? fail() : tree.open(path)) };
    const { tables, diagnostics } = readTree(broken);
    expect(tables.map(({ name }) => name)).toEqual(["NBFT2"]);
    expect(diagnostics).toMatchObject([{ rule: "K041", message: expect.stringContaining("NBFT1 cannot be read") }]);

    function fail(): never {
      throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES" });
    }
  });

  it.each([
    ["NBFT", true],
    ["NBFT999", true],
    ["SSDT12", true],
    ["nbft.dat", true],
    ["nbft12.dat", true],
    ["NBFT0000.bin", true],
    ["NBFT-rhpoc", true],
    ["data", false],
    ["README", false],
    ["nbft.txt", false],
  ])("%s is the name of a table: %s", (name, is) => {
    expect(isTableName(name)).toBe(is);
  });
});

describe("names of tables", () => {
  it("have numbers where there are several of one signature, as in sysfs", () => {
    const of = (...signatures: string[]) =>
      nameTables(signatures.map((signature) => ({ signature, bytes: nbft, origin: "" }))).map(({ name }) => name);
    expect(of("NBFT", "APIC")).toEqual(["NBFT", "APIC"]);
    expect(of("NBFT", "APIC", "NBFT")).toEqual(["NBFT1", "APIC", "NBFT2"]);
  });
});
