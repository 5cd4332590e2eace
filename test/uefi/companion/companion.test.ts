import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecodeError, EncodeError } from "../../../src/errors.ts";
import { decodeIpConfig, encodeIpConfig, ipPolicy, withIpPolicy } from "../../../src/uefi/companion/ip-config.ts";
import { parseMacString } from "../../../src/uefi/companion/network-name.ts";
import { decodeVlans, encodeVlans } from "../../../src/uefi/companion/vlan.ts";

const bytes = (digits: string) => new Uint8Array(Buffer.from(digits, "hex"));
const hex = (data: Uint8Array) => Buffer.from(data).toString("hex");

describe("Ip6Config and Ip4Config2", () => {
  test("the automatic policy that the firmware took", () => {
    const data = encodeIpConfig(withIpPolicy({ family: "ipv6", iaid: 0x12345678, records: [] }, 1));
    expect(hex(data)).toBe("785634123797010014000000040000000200000001000000");
  });

  // Both were written by OVMF for a card with static IPv4.
  test.each([
    [
      "ipv6",
      "f777affa1bc103003400afaf08000000010000003000afaf04000000020000002c00afaf04000000030000000100000000000000505400fffe123456",
      0,
    ],
    ["ipv4", "ecff01001000afaf04000000010000000000000000".slice(0, 40), 0],
  ] as const)("as the firmware wrote one: %s", (family, digits, policy) => {
    const config = decodeIpConfig(family, bytes(digits));
    expect(ipPolicy(config)).toBe(policy);
    if (family === "ipv6") expect(config).toMatchObject({ checksumOk: true, iaid: 0xfaaf77f7 });
  });

  test("another policy leaves the other records", () => {
    const config = { family: "ipv4" as const, records: [{ type: 2, data: bytes("0a00020fffffff00") }] };
    const data = encodeIpConfig(withIpPolicy(withIpPolicy(config, 1), 0));
    expect(decodeIpConfig("ipv4", data)).toMatchObject({
      checksumOk: true,
      records: [{ type: 2 }, { type: 1, data: bytes("00000000") }],
    });
  });

  test.each([
    ["nothing", ""],
    ["a record past the end", "00000100ff00000004000000 01000000".replace(/ /g, "")],
    ["more records than bytes", "0000ffff"],
  ])("%s is refused", (_, digits) => {
    expect(() => decodeIpConfig("ipv4", bytes(digits))).toThrow(DecodeError);
  });

  test("a wrong checksum is said, not refused", () => {
    expect(decodeIpConfig("ipv6", bytes("785634120000010014000000040000000200000001000000")).checksumOk).toBe(false);
  });

  test("any records survive", () => {
    const record = fc.record({ type: fc.nat(9), data: fc.uint8Array({ maxLength: 40 }) });
    fc.assert(
      fc.property(
        fc.constantFrom("ipv4" as const, "ipv6" as const),
        fc.array(record, { maxLength: 5 }),
        (family, records) => {
          const config = decodeIpConfig(family, encodeIpConfig({ family, iaid: 7, records }));
          expect(config).toEqual({ family, ...(family === "ipv6" && { iaid: 7 }), records, checksumOk: true });
        },
      ),
    );
  });
});

describe("VLAN", () => {
  test("10 is what VConfig writes", () => {
    expect(hex(encodeVlans([{ id: 10, priority: 0 }]))).toBe("0a00");
  });

  test("priority in the high bits", () => {
    expect(decodeVlans(bytes("0aa0"))).toEqual([{ id: 10, priority: 5 }]);
  });

  test.each([
    [0, 0],
    [4095, 0],
    [1, 8],
  ])("VLAN %d priority %d is refused", (id, priority) => {
    expect(() => encodeVlans([{ id, priority }])).toThrow(EncodeError);
  });

  test("half a tag is refused", () => {
    expect(() => decodeVlans(bytes("0a"))).toThrow(DecodeError);
  });
});

describe("names of interfaces", () => {
  test.each([
    ["EA:EB:D3:58:89:58", { variable: "EAEBD3588958", vlan: undefined }],
    ["EA:EB:D3:58:89:58\\000A", { variable: "EAEBD3588958", vlan: 10 }],
    ["ea:eb:d3:58:89:58", undefined],
    ["EA:EB:D3:58:89", undefined],
  ])("%s", (text, network) => {
    expect(parseMacString(text)).toEqual(network);
  });
});
