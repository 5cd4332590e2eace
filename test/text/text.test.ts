import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatAscii, formatNid, formatPci, parseNid, parsePci } from "../../src/structure/text-value.ts";
import { formatHex, formatHex16, parseHex, shortHex } from "../../src/text/hex.ts";
import { formatIp, formatIpv4, formatIpv6, parseIp, parseIpv4, withoutLeadingZeros } from "../../src/text/ip.ts";
import { formatMac, parseMac } from "../../src/text/mac.ts";
import { formatGuid, formatUuid, parseGuid, parseUuid } from "../../src/text/uuid.ts";

const bytesOf = (length: number) => fc.uint8Array({ minLength: length, maxLength: length });
/** Bytes with long runs of zeros, as addresses have. */
const sparse = fc
  .array(fc.constantFrom(0, 0, 0, 1, 0x0f, 0x10, 0xff), { minLength: 16, maxLength: 16 })
  .map((bytes) => Uint8Array.from(bytes));
const hexOf = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
/** The bytes somewhere inside a larger array, to catch offsets that are left out. */
const inside = (bytes: Uint8Array) => Uint8Array.of(0xaa, 0xbb, 0xcc, ...bytes, 0xdd);

describe("hexadecimal digits", () => {
  it("are those of Node.js, with and without separators", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 40 }), (bytes) => {
        expect(formatHex(bytes)).toBe(hexOf(bytes));
        expect(formatHex(bytes, ":")).toBe(hexOf(bytes).match(/../g)?.join(":") ?? "");
        expect(parseHex(formatHex(bytes))).toEqual(bytes);
      }),
    );
  });

  it("of 16 bytes are made at once", () => {
    fc.assert(
      fc.property(bytesOf(16), (bytes) => {
        expect(formatHex16(inside(bytes), 3)).toBe(hexOf(bytes));
      }),
    );
  });

  it("of every 16-bit number have no leading zeros", () => {
    for (let word = 0; word <= 0xffff; word++) if (shortHex(word) !== word.toString(16)) throw new Error(`${word}`);
  });
});

describe("addresses and ids", () => {
  it("UUIDs are the digits in groups, and come back", () => {
    fc.assert(
      fc.property(bytesOf(16), (bytes) => {
        const text = hexOf(bytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
        expect(formatUuid(inside(bytes), 3)).toBe(text);
        expect(parseUuid(text)).toEqual(bytes);
        expect(parseUuid(text.toUpperCase())).toEqual(bytes);
        expect(parseGuid(formatGuid(inside(bytes), 3))).toEqual(bytes);
      }),
    );
  });

  it("MAC addresses come back", () => {
    fc.assert(
      fc.property(bytesOf(6), (bytes) => {
        const text = hexOf(bytes).match(/../g)!.join(":");
        expect(formatMac(inside(bytes), 3)).toBe(text);
        expect(parseMac(text)).toEqual(bytes);
        expect(parseMac(text.toUpperCase().replaceAll(":", "-"))).toEqual(bytes);
      }),
    );
  });

  it("PCI addresses come back", () => {
    expect(formatPci(0x0000_0320)).toBe("0000:03:04.0");
    expect(formatPci(0xffff_ffff)).toBe("ffff:ff:1f.7");
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), (value) => {
        expect(parsePci(formatPci(value))).toBe(value);
      }),
    );
  });

  it("IPv6 addresses are written as the platform writes them (RFC 5952), and come back", () => {
    fc.assert(
      fc.property(fc.oneof(bytesOf(16), sparse), (bytes) => {
        const groups = hexOf(bytes).match(/.{4}/g)!.join(":");
        // URL parsers compress addresses as RFC 5952 asks.
        expect(formatIpv6(inside(bytes), 3)).toBe(new URL(`http://[${groups}]/`).hostname.slice(1, -1));
        expect(parseIp(formatIpv6(bytes))).toEqual(bytes);
        expect(parseIp(formatIp(bytes))).toEqual(bytes);
      }),
      { numRuns: 500 },
    );
  });

  it("IPv4 addresses come back, alone and mapped", () => {
    fc.assert(
      fc.property(bytesOf(4), (bytes) => {
        const text = Array.from(bytes).join(".");
        expect(formatIpv4(inside(bytes), 3)).toBe(text);
        expect(parseIpv4(text)).toEqual(bytes);
        const mapped = Uint8Array.of(...new Uint8Array(10), 0xff, 0xff, ...bytes);
        expect(formatIp(inside(mapped), 3)).toBe(text);
        expect(parseIp(text)).toEqual(mapped);
      }),
    );
  });

  it.each([
    ["", "1", "1.2.3", "1.2.3.256", "1.2.3.4.5", "1..2.3", "01234.1.1.1", "1.2.3.4 "],
    ["010.0.0.1", "1.02.3.4", "00.0.0.0", "1.2.3.00", "::ffff:1.2.3.04"],
    ["1:2", "::1::", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::", "g::", "1.2.3.4::", "::1%eth0", "[::1]", ":::"],
  ])("%j and the like are not addresses", (...texts) => {
    for (const text of texts) expect(parseIp(text), text).toBeUndefined();
  });

  it.each([
    ["::", "0".repeat(32)],
    ["1::8", `0001${"0".repeat(24)}0008`],
    ["1:2:3:4:5:6:7::", "00010002000300040005000600070000"],
    ["::ffff:1.2.3.4", `${"0".repeat(20)}ffff01020304`],
    ["64:ff9b::1.2.3.4", `0064ff9b${"0".repeat(16)}01020304`],
    ["FE80::aBcD", `fe80${"0".repeat(24)}abcd`],
  ])("%s is an address", (text, digits) => {
    expect(hexOf(parseIp(text)!)).toBe(digits);
  });

  it.each([
    ["010.0.0.1", "10.0.0.1"],
    ["tcp://192.0.02.020:04420/x", "tcp://192.0.2.20:04420/x"],
    ["::ffff:00.0.0.007", "::ffff:0.0.0.7"],
    ["1.2.3.04.5", "1.2.3.04.5"],
    ["10.0.0.100", "10.0.0.100"],
  ])("%s without leading zeros is %s", (text, plain) => {
    expect(withoutLeadingZeros(text)).toBe(plain);
  });
});

describe("namespace identifiers", () => {
  it("have the form of their type, and come back", () => {
    fc.assert(
      fc.property(fc.oneof(bytesOf(16), sparse), fc.nat(255), (bytes, type) => {
        const text = formatNid(type, inside(bytes), 3);
        const digits = hexOf(bytes);
        if (type === 3) expect(text).toBe(formatUuid(bytes));
        else if (type === 1 && digits.endsWith("0".repeat(16))) expect(text).toBe(digits.slice(0, 16));
        else if ((type === 0 || type > 3) && /^0+$/.test(digits)) expect(text).toBeUndefined();
        else expect(text).toBe(digits);
        if (text !== undefined) expect(parseNid(text)).toEqual(bytes);
      }),
    );
  });
});

describe("fixed-length ASCII", () => {
  it("is Latin-1 without the trailing NULs, wherever it stands", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 12 }), fc.nat(12), (bytes, pad) => {
        const padded = Uint8Array.of(...bytes, ...new Uint8Array(pad));
        const text = Buffer.from(padded).toString("latin1").replace(/\0+$/, "");
        expect(formatAscii(padded, 0, padded.length)).toBe(text);
        expect(formatAscii(Uint8Array.of(1, ...padded, 2, 3, 4, 5, 6, 7, 8, 9), 1, padded.length)).toBe(text);
      }),
    );
  });
});
