import { describe, expect, test } from "vitest";
import { scanDecimal, scanGuid, scanIpv4, scanIpv6 } from "../../../src/uefi/setattempt/numbers.ts";

const bytes = (text: string) => Uint8Array.from(text, (character) => character.charCodeAt(0));
const hex = (found: { value: Uint8Array } | undefined) => found && Buffer.from(found.value).toString("hex");

describe("decimal numbers as the firmware reads them", () => {
  test.each([
    ["4420", 4420n],
    [" \t0042x", 42n],
    ["0x10", 0n],
    ["-1", 0n],
    ["", 0n],
    ["18446744073709551615", 0xffffffffffffffffn],
    ["18446744073709551616", 0xffffffffffffffffn],
  ])("%j is %d", (text, value) => {
    expect(scanDecimal(bytes(text)).value).toBe(value);
  });
});

describe("IPv4 addresses as the firmware reads them", () => {
  test.each([
    ["10.0.2.15", "0a00020f", 9],
    ["010.000.002.0015", "0a00020f", 16],
    ["10.0.2.15xyz", "0a00020f", 9],
    ["10.0.2.15/24", "0a00020f", 12],
    ["10.0.2.15/", "0a00020f", 10],
    ["10.0.2.15/3/4", "0a00020f", 13],
  ])("%j", (text, value, used) => {
    expect(hex(scanIpv4(bytes(text)))).toBe(value);
    expect(scanIpv4(bytes(text))!.used).toBe(used);
  });

  test.each(["", "10.0.2", "10.0.2.", "10.0.2.256", "10.0.2.15/33", "1 .2.3.4", "\t1.2.3.4", "a.b.c.d"])(
    "not %j",
    (text) => {
      expect(scanIpv4(bytes(text))).toBeUndefined();
    },
  );
});

describe("IPv6 addresses as the firmware reads them", () => {
  test.each([
    ["::", "00000000000000000000000000000000"],
    ["::1", "00000000000000000000000000000001"],
    ["1::", "00010000000000000000000000000000"],
    ["1:2:3:4:5:6:7:8", "00010002000300040005000600070008"],
    ["1:2:3:4:5:6:7:8:9", "00010002000300040005000600070008"],
    ["fec0::76/64", "fec00000000000000000000000000076"],
    ["::ffff:10.0.2.15", "000000000000000000000000ffff0010"],
    ["0x12::1", "00120000000000000000000000000001"],
    ["fe80::1%eth0", "fe800000000000000000000000000001"],
    ["1::g", "00010000000000000000000000000000"],
  ])("%j", (text, value) => {
    expect(hex(scanIpv6(bytes(text)))).toBe(value);
  });

  test.each([
    "",
    ":",
    "1:",
    ":1",
    "1::2::3",
    "12345::",
    "[::1]",
    "1:2:3:4:5:6:7",
    "::1:2:3:4:5:6:7:8",
    "1::2/129",
    "1::2/",
    "::/x",
  ])("not %j", (text) => {
    expect(scanIpv6(bytes(text))).toBeUndefined();
  });
});

describe("GUIDs as the firmware reads them", () => {
  test("the first three fields are stored little-endian, what follows is ignored", () => {
    expect(hex(scanGuid(bytes("f8131bac-cdef-4165-866b-5998c1e67890 x")))).toBe("ac1b13f8efcd6541866b5998c1e67890");
  });

  test.each([
    "",
    "f8131baccdef-4165-866b-5998c1e67890",
    "{f8131bac-cdef-4165-866b-5998c1e67890}",
    "f8131bac-cdef-4165-866b-5998c1e6789",
  ])("not %j", (text) => {
    expect(scanGuid(bytes(text))).toBeUndefined();
  });
});
