import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksumFor, sumBytes } from "../../src/acpi/checksum.ts";
import { splitTables } from "../../src/acpi/table-header.ts";
import { DecodeError } from "../../src/errors.ts";

describe("sumBytes", () => {
  it("equals a byte loop for any bytes and any range", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5000 }), fc.nat(100), fc.nat(100), (bytes, skip, cut) => {
        const start = Math.min(skip, bytes.length);
        const end = Math.max(start, bytes.length - cut);
        const expected = bytes.subarray(start, end).reduce((sum, byte) => (sum + byte) & 0xff, 0);
        expect(sumBytes(bytes, start, end)).toBe(expected);
      }),
    );
  });

  it("does not overflow on a megabyte of FFh", () => {
    expect(sumBytes(new Uint8Array(1 << 20).fill(0xff))).toBe((0xff * (1 << 20)) & 0xff);
  });
});

describe("checksumFor", () => {
  it("makes the sum zero", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 36, maxLength: 300 }), (bytes) => {
        const table = Uint8Array.from(bytes);
        table[9] = checksumFor(table);
        expect(sumBytes(table)).toBe(0);
      }),
    );
  });
});

describe("splitTables", () => {
  const of = (signature: string, length: number) => {
    const bytes = new Uint8Array(length);
    bytes.set(new TextEncoder().encode(signature));
    bytes[4] = length;
    return bytes;
  };

  it("divides a concatenation by the tables' own lengths", () => {
    const both = Uint8Array.of(...of("APIC", 44), ...of("NBFT", 36));
    expect(splitTables(both).map((table) => [String.fromCharCode(...table.subarray(0, 4)), table.length])).toEqual([
      ["APIC", 44],
      ["NBFT", 36],
    ]);
  });

  it.each([
    ["shorter than a header", of("APIC", 44).fill(20, 4, 5)],
    ["past the end", of("APIC", 44).fill(45, 4, 5)],
    ["cut before the length", Uint8Array.of(1, 2, 3)],
  ])("refuses a length %s", (_, bytes) => {
    expect(() => splitTables(bytes)).toThrow(DecodeError);
  });
});
