import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAcpidump, isAcpidump } from "../../src/acpi/acpidump-text.ts";
import type { AcpidumpStyle } from "../../src/acpi/text-styles.ts";
import { textTables } from "../../src/acpi/text-tables.ts";
import { acpiText } from "../helpers/acpi-vectors.ts";
import { table } from "../helpers/vectors.ts";

const small = table("L02");
const multipath = table("multipath/");
const text = formatAcpidump([{ bytes: small, address: 0xffe22a5 }]);
/** The rows of one table, header line left out. */
const rows = text.trimEnd().split("\n").slice(1);
const of = (header: string, lines: readonly string[] = rows) => `${[header, ...lines].join("\n")}\n`;

describe("real dumps", () => {
  it("gives both tables of a guest, named in text order", () => {
    const { tables, diagnostics } = textTables(acpiText("acpidump/two-sysfs.txt"), "acpidump");
    const nbfts = tables.filter(({ signature }) => signature === "NBFT");
    expect(nbfts.map(({ name }) => name)).toEqual(["NBFT1", "NBFT2"]);
    expect(new Set(nbfts.map(({ bytes }) => bytes.length))).toEqual(new Set([small.length, multipath.length]));
    for (const { bytes } of nbfts) expect([small, multipath]).toContainEqual(bytes);
    expect(tables.map(({ name }) => name).sort()).toEqual([
      "APIC",
      "DSDT",
      "FACP",
      "FACS",
      "HPET",
      "MCFG",
      "NBFT1",
      "NBFT2",
      "WAET",
    ]);
    expect(diagnostics).toEqual([]);
  });

  it("has addresses and the RSDP where the dump came from memory", () => {
    const { tables, diagnostics } = textTables(acpiText("acpidump/two-memory.txt"), "acpidump");
    expect(tables[0]).toMatchObject({ signature: "RSD ", address: 0xf59e0 });
    for (const { signature, address } of tables) if (signature === "NBFT") expect(address).toBeGreaterThan(0xf000000);
    expect(diagnostics).toEqual([]);
  });

  it.each(["two-sysfs", "two-memory", "one-by-name"])("formats %s again to the same text", (name) => {
    const original = acpiText(`acpidump/${name}.txt`);
    expect(formatAcpidump(textTables(original, "acpidump").tables)).toBe(original);
  });
});

describe("dialects", () => {
  it.each([
    ["ACPICA", text],
    ["pmtools: lower case, two spaces", formatAcpidump([{ bytes: small, address: 0xbfa02344 }], "pmtools")],
    ["fwts --dump", formatAcpidump([{ bytes: small, address: 0xffe22a5 }], "fwts")],
    ["CR LF", text.replaceAll("\n", "\r\n")],
    ["CR CR LF, as a second conversion leaves it", text.replaceAll("\n", "\r\r\n")],
    ["CR alone", text.replaceAll("\n", "\r")],
    ["NUL bytes in between", text.replaceAll("\n", "\n\0").replace("NBFT @", "\0NBFT @")],
    ["an address that is nil", of("NBFT @ (nil)")],
    ["an address without 0x and a size", of(`NBFT @ ffe22a5 (${small.length} bytes)`)],
    ["a size after the address", of(`NBFT @ 0xdfffd0c0 (${small.length} bytes)`)],
    ["an instance", of("NBFT1 @ 0x0000000000000000")],
    [
      "no indent and eight digits of offset",
      of(
        "NBFT @ 0x0",
        rows.map((row) => `0000${row.trim()}`),
      ),
    ],
    [
      "no ASCII column",
      of(
        "NBFT @ 0x0",
        rows.map((row) => row.slice(0, 58).trimEnd()),
      ),
    ],
    [
      "a short last line without padding",
      of(
        "NBFT @ 0x0",
        rows.map((row) => row.replace(/ {3,}(\S+)$/, "  $1")),
      ),
    ],
    [
      "tabs before the offset",
      of(
        "NBFT @ 0x0",
        rows.map((row) => `\t${row.trim()}`),
      ),
    ],
    [
      "an empty line after each row",
      of(
        "NBFT @ 0x0",
        rows.flatMap((row) => [row, ""]),
      ),
    ],
    ["text around it", `some log\n\n${text}\nmore: 00 text\n`],
  ])("reads %s", (_, dump) => {
    const { tables, diagnostics } = textTables(dump, "acpidump");
    expect(diagnostics).toEqual([]);
    expect(tables).toHaveLength(1);
    expect(tables[0]!.bytes).toEqual(small);
    expect(isAcpidump(dump)).toBe(true);
  });

  it("reads the report of fwts acpidump, fields before the rows", () => {
    const report = [
      "acpidump: Dump ACPI tables.",
      "--------------------------------------------------------------------------------",
      "NBFT @ ffe22a5 (565 bytes) (loaded from file)",
      "---",
      '[000h 0000   4]                    Signature : "NBFT"',
      "[004h 0004   4]                 Table Length : 00000235",
      "[008h 0008   1]                     Revision : 01",
      "",
      ...formatAcpidump([{ bytes: small }], "fwts")
        .trimEnd()
        .split("\n")
        .slice(1),
      "",
      "FACS @ 1ffe0000 (64 bytes) (loaded from file)",
      ...formatAcpidump([{ bytes: new Uint8Array(64).fill(0x46) }], "fwts")
        .trimEnd()
        .split("\n")
        .slice(1),
      "ADVICE: none",
    ].join("\n");
    const { tables } = textTables(report, "acpidump");
    expect(tables[0]!.bytes).toEqual(small);
    expect(tables[0]!.address).toBe(0xffe22a5);
    expect(tables).toHaveLength(2);
  });

  it("does not take digits of the ASCII column for data", () => {
    const bytes = new TextEncoder().encode("NBFT\u0030\u0000\u0000\u0000 11 22 33 44 55 66 77 88 99 AA BB CC");
    expect(textTables(formatAcpidump([{ bytes }]), "acpidump").tables[0]!.bytes).toEqual(bytes);
  });

  it("keeps the number of an instance as the table's name", () => {
    const dump = of("NBFT2 @ 0x0") + of("NBFT1 @ 0x0");
    expect(textTables(dump, "acpidump").tables.map(({ name }) => name)).toEqual(["NBFT2", "NBFT1"]);
  });

  it.each(["RSD PTR", "SSDT12", "SSD1", "OEM0"])("takes %s for a header", (label) => {
    expect(textTables(of(`${label} @ 0x1`), "acpidump").tables).toHaveLength(1);
  });
});

describe("what is wrong with a text", () => {
  it("fills a gap with zeros and says so", () => {
    const { tables, diagnostics } = textTables(
      of(
        "NBFT @ 0x0",
        rows.filter((_, i) => i !== 4),
      ),
      "acpidump",
    );
    expect(diagnostics).toMatchObject([{ rule: "K001", severity: "error", offset: 6 }]);
    expect(tables[0]!.bytes).toEqual(small.map((byte, i) => (i >= 64 && i < 80 ? 0 : byte)));
  });

  it.each([
    ["goes back", rows.concat(rows[3]!)],
    ["jumps far ahead", [rows[0]!, rows[1]!.replace("0010:", "FFFF0010:")]],
  ])("stops where an offset %s, without allocating by it", (_, lines) => {
    const { tables, diagnostics } = textTables(of("NBFT @ 0x0", lines), "acpidump");
    expect(diagnostics[0]!.rule).toBe("K001");
    expect(tables[0]!.bytes.length).toBeLessThanOrEqual(small.length);
  });

  it("says when the text ends before the table", () => {
    const { tables, diagnostics } = textTables(of("NBFT @ 0x0", rows.slice(0, 10)), "acpidump");
    expect(diagnostics).toMatchObject([
      { rule: "K002", message: expect.stringContaining("the table says 565 bytes, the text holds 160") },
    ]);
    expect(tables[0]!.bytes).toEqual(small.subarray(0, 160));
  });

  it("says when a stated size or name differs from the bytes", () => {
    expect(textTables(of("NBFT @ 0x0 (600 bytes)"), "acpidump").diagnostics).toMatchObject([{ rule: "K002" }]);
    expect(textTables(of("APIC @ 0x0"), "acpidump").diagnostics).toMatchObject([{ rule: "K003" }]);
  });

  it("gives nothing for a header without rows", () => {
    expect(textTables("NBFT @ 0x0\n\nAPIC @ 0x0\n", "acpidump").tables).toEqual([]);
    expect(isAcpidump("NBFT @ 0x0\n")).toBe(false);
  });
});

describe("properties", () => {
  const styles: AcpidumpStyle[] = ["acpica", "fwts", "pmtools"];
  const sdt = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((body) => {
    const bytes = new Uint8Array(8 + body.length);
    bytes.set([0x54, 0x45, 0x53, 0x54, bytes.length & 0xff, bytes.length >> 8]);
    bytes.set(body, 8);
    return bytes;
  });

  it("any bytes come back from any style", () => {
    fc.assert(
      fc.property(fc.array(sdt, { minLength: 1, maxLength: 4 }), fc.constantFrom(...styles), (list, style) => {
        const { tables } = textTables(
          formatAcpidump(
            list.map((bytes) => ({ bytes })),
            style,
          ),
          "acpidump",
        );
        expect(tables.map(({ bytes }) => bytes)).toEqual(list);
      }),
    );
  });

  it("places beyond 64 KiB keep their column", () => {
    const bytes = new Uint8Array(70_000).map((_, i) => i);
    bytes.set(new TextEncoder().encode("BIG1\x70\x11\x01\x00"));
    for (const style of styles)
      expect(textTables(formatAcpidump([{ bytes }], style), "acpidump").tables[0]!.bytes).toEqual(bytes);
  });

  it("no text throws or grows beyond its own size", () => {
    const line = fc.oneof(
      fc.constantFrom(
        "NBFT @ 0x0",
        "NBFT @ (nil)",
        "    0000: 4E 42 46 54",
        "    0010: 00",
        "",
        "junk",
        "  FFFFFFFF: 00",
      ),
      fc.string(),
    );
    fc.assert(
      fc.property(fc.array(line, { maxLength: 40 }), (lines) => {
        const dump = lines.join("\n");
        const { tables } = textTables(dump, "acpidump");
        const total = tables.reduce((sum, { bytes }) => sum + bytes.length, 0);
        expect(total).toBeLessThanOrEqual(4200 * lines.length);
      }),
    );
  });
});
