import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CpioFile, encodeCpio, findEarlyFiles, readCpio, readCpioData } from "../../src/acpi/cpio.ts";
import { initrdTablePath, raiseOemRevision, readInitrd, refusal } from "../../src/acpi/initrd.ts";
import { bytesReader } from "../../src/acpi/reader.ts";
import { concatBytes } from "../../src/bytes/concat.ts";
import { cpioEntries } from "../helpers/cpio.ts";
import { table } from "../helpers/vectors.ts";

const nbft = table("L02");
const other = table("multipath/");
const file = (name: string, data = nbft): CpioFile => ({ name, data });
const early = (...files: CpioFile[]) => encodeCpio(files);
const found = (bytes: Uint8Array) => findEarlyFiles(bytesReader(bytes), initrdTablePath).files.map(({ name }) => name);
const rules = (bytes: Uint8Array) => readInitrd(bytesReader(bytes)).diagnostics.map(({ rule }) => rule);
const gzip = new Uint8Array(300).fill(7);
gzip.set([0x1f, 0x8b, 8]);

describe("newc archives", () => {
  it("hold what was put in, as header, name and data padded to four bytes", () => {
    const bytes = encodeCpio([
      file("a", Uint8Array.of(1, 2, 3)),
      { name: "dir", data: new Uint8Array(0), mode: 0o040755 },
    ]);
    expect(bytes.length % 512).toBe(0);
    expect(new TextDecoder().decode(bytes.subarray(0, 14))).toBe("07070100000001");
    const [first, second] = cpioEntries(bytes);
    expect(first).toMatchObject({ name: "a", mode: 0o100644, size: 3, offset: 0, dataOffset: 112, end: 116 });
    expect(second).toMatchObject({ name: "dir", mode: 0o040755, size: 0, offset: 116 });
    expect(readCpioData(bytesReader(bytes), first!, 100)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it("are the same for the same files", () => {
    expect(early(file("x"))).toEqual(early(file("x")));
  });

  it.each(["", "/abs", "./rel", "nul\0", "x".repeat(4096)])("refuse the name %j", (name) => {
    expect(() => encodeCpio([file(name)])).toThrow(/cannot be a name/);
  });

  it("follow one another, with NUL bytes between", () => {
    const bytes = concatBytes([early(file("a")), new Uint8Array(1024), early(file("b"))]);
    expect(cpioEntries(bytes).map(({ name }) => name)).toEqual(["a", "b"]);
  });

  it("end where something else starts", () => {
    const reading = readCpio(bytesReader(concatBytes([early(file("a")), gzip])));
    expect(reading).toMatchObject({ end: early(file("a")).length, stopped: "no newc header" });
  });

  it("any files come back (property)", () => {
    const name = fc
      .stringMatching(/^[a-zA-Z0-9_.äß-]{1,20}(\/[a-z0-9]{1,9}){0,3}$/)
      .filter((text) => !text.startsWith("."));
    fc.assert(
      fc.property(fc.array(fc.record({ name, data: fc.uint8Array({ maxLength: 50 }) }), { maxLength: 6 }), (files) => {
        const bytes = encodeCpio(files);
        const entries = cpioEntries(bytes);
        expect(
          entries.map((entry) => ({ name: entry.name, data: readCpioData(bytesReader(bytes), entry, 1e6) })),
        ).toEqual(files);
      }),
    );
  });

  it("any bytes end without an exception (property)", () => {
    const good = early(file(`${initrdTablePath}nbft.aml`), file("init"));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { maxLength: 12 }),
        fc.nat(good.length),
        (changes, cut) => {
          const bytes = good.slice(0, cut);
          for (const [at, value] of changes) if (at < bytes.length) bytes[at] = value;
          const reading = readInitrd(bytesReader(bytes));
          for (const { bytes: data } of reading.tables) expect(data.length).toBeLessThanOrEqual(bytes.length);
        },
      ),
    );
  });
});

describe("Linux's search for early files", () => {
  it.each([
    ["one file", early(file("kernel/firmware/acpi/nbft.aml")), ["nbft.aml"]],
    [
      "two, and other files between",
      early(file("kernel/firmware/acpi/a"), file("init"), file("kernel/firmware/acpi/b")),
      ["a", "b"],
    ],
    ["a leading slash made by hand", rename(early(file("xkernel/firmware/acpi/nbft.aml")), "x", "/"), []],
    ["a leading ./", early(file(".kernel/firmware/acpi/n")), []],
    ["a folder of the path", early({ name: "kernel/firmware/acpi/x", data: new Uint8Array(0), mode: 0o040755 }), []],
    ["magic 070702", rename(early(file("kernel/firmware/acpi/nbft.aml")), "070701", "070702"), ["nbft.aml"]],
    [
      "a name of more than 17 characters",
      early(file("kernel/firmware/acpi/a-rather-long-name.aml")),
      ["a-rather-long-nam"],
    ],
    ["an archive after another", concatBytes([early(file("init")), early(file("kernel/firmware/acpi/n"))]), ["n"]],
    ["NUL bytes first", concatBytes([new Uint8Array(512), early(file("kernel/firmware/acpi/n"))]), ["n"]],
    ["one odd NUL byte first", concatBytes([new Uint8Array(1), early(file("kernel/firmware/acpi/n"))]), []],
    ["a compressed archive first", concatBytes([gzip, new Uint8Array(2), early(file("kernel/firmware/acpi/n"))]), []],
    ["no trailer", early(file("kernel/firmware/acpi/n")).slice(0, 704), ["n"]],
    ["the last entry's padding cut off", early(file("kernel/firmware/acpi/n")).slice(0, 701), []],
  ])("%s", (_, bytes, names) => {
    expect(found(bytes)).toEqual(names);
  });
});

/** Replaces the first ASCII text in some bytes by one of the same length. */
function rename(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const text = String.fromCharCode(...bytes);
  return Uint8Array.from(text.replace(from, to), (character) => character.charCodeAt(0));
}

describe("tables in an initrd", () => {
  it("are named as Linux names them, with their place", () => {
    const bytes = concatBytes([early(file("kernel/firmware/acpi/a"), file("kernel/firmware/acpi/b", other)), gzip]);
    const { tables, diagnostics, end } = readInitrd(bytesReader(bytes));
    expect(tables.map(({ name, origin }) => [name, origin])).toEqual([
      ["NBFT1", "kernel/firmware/acpi/a"],
      ["NBFT2", "kernel/firmware/acpi/b"],
    ]);
    expect(tables[1]!.bytes).toEqual(other);
    expect(bytes.subarray(tables[0]!.offset!, tables[0]!.offset! + nbft.length)).toEqual(nbft);
    expect(end).toBe(bytes.length - gzip.length);
    expect(diagnostics).toMatchObject([{ rule: "K014", message: expect.stringContaining("a gzip archive starts") }]);
  });

  it.each([
    ["a wrong checksum", nbft.map((byte, i) => (i === 9 ? byte ^ 1 : byte)), "Bad table checksum"],
    [
      "bytes after the table",
      concatBytes([nbft, new Uint8Array(4)]),
      "File length does not match table length (569 and 565 bytes)",
    ],
    ["no whole header", nbft.slice(0, 30), "Table smaller than ACPI header (30 bytes)"],
  ])("are refused for %s", (_, data, message) => {
    expect(refusal(data)).toBe(message);
    const { tables, diagnostics } = readInitrd(bytesReader(early(file("kernel/firmware/acpi/n", data))));
    expect(tables).toHaveLength(1);
    expect(diagnostics).toMatchObject([{ rule: "K013", message: expect.stringContaining(message) }]);
  });

  it("are refused from the 65th on", () => {
    const files = Array.from({ length: 66 }, (_, i) => file(`kernel/firmware/acpi/${i}`));
    expect(rules(early(...files))).toEqual(["K013", "K013"]);
  });

  it("are shown where the kernel passes over them", () => {
    const bytes = rename(early(file("xkernel/firmware/acpi/nbft.aml")), "x", "/");
    const { tables, diagnostics } = readInitrd(bytesReader(bytes));
    expect(tables[0]!.bytes).toEqual(nbft);
    expect(diagnostics).toMatchObject([{ rule: "K011" }]);
  });

  it("with a long name get a finding", () => {
    expect(rules(early(file("kernel/firmware/acpi/a-rather-long-name.aml")))).toEqual(["K012"]);
  });
});

describe("a table that replaces the machine's own", () => {
  it("has the next OEM Revision, and is otherwise the same with a right checksum", () => {
    const raised = raiseOemRevision(other);
    const revision = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset).getUint32(24, true);
    expect(revision(raised)).toBe(revision(other) + 1);
    expect(refusal(raised)).toBeUndefined();
    const changed = [...raised.keys()].filter((i) => raised[i] !== other[i]);
    expect(changed).toEqual([9, 24]);
  });

  it("cannot be made of the greatest OEM Revision, or of less than a header", () => {
    expect(() => raiseOemRevision(Uint8Array.from(other).fill(0xff, 24, 28))).toThrow("there is no greater one");
    expect(() => raiseOemRevision(other.slice(0, 20))).toThrow();
  });
});
