import { describe, expect, it } from "vitest";
import { describeField } from "../../src/structure/codec.ts";
import {
  ascii,
  bit,
  bits,
  cstring,
  decodeStructure,
  encodeStructure,
  flags8,
  ip,
  mac,
  reserved,
  structure,
  u8,
  u16,
} from "../../src/structure/index.ts";

const spec = { doc: "TEST", rev: "1", figure: 1 };

const sample = structure("Sample", {
  title: "Sample",
  spec,
  size: 64,
  fields: {
    id: u8(0, "Id", { const: 7 }),
    flags: flags8(1, "Flags", { valid: bit(0, "Valid"), mode: bits(2, 1, "Mode", { 0: "off", 1: "on" }) }),
    port: u16(2, "Port", { default: 4420 }),
    mac: mac(4, "MAC"),
    reserved10: reserved(10, 6),
    address: ip(16, "Address"),
    name: cstring(32, 16, "Name"),
    oem: ascii(48, 16, "OEM"),
  },
});

const bytes = Uint8Array.of(
  ...[7, 0x83, 0x44, 0x11], // id, flags with an unknown bit, port 4420
  ...[0x52, 0x54, 0, 0x12, 0x34, 0x56], // mac
  ...[0, 0, 0, 0, 0, 0], // reserved
  ...[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 168, 101, 30], // address
  ...[0x61, 0x62, 0, 0x78, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], // name with left-over after the NUL
  ...[0x4f, 0x45, 0x4d, 0x20, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], // oem, one blank
);

describe("structure", () => {
  it.each([
    ["a gap", { a: u8(0, "A"), b: u8(2, "B") }, "Bad.b is at 2, expected 1"],
    ["an overlap", { a: u16(0, "A"), b: u8(1, "B") }, "Bad.b is at 1, expected 2"],
    ["a missing end", { a: u16(0, "A") }, "Bad has 2 bytes of fields, expected 3"],
    [
      "overlapping bits",
      { a: flags8(0, "A", { x: bit(1, "X"), y: bit(1, "Y") }), b: u16(1, "B") },
      "Bad.a.y has bits of another",
    ],
    ["bits beyond the field", { a: flags8(0, "A", { x: bit(8, "X") }), b: u16(1, "B") }, "Bad.a.x has bits of another"],
  ])("refuses a description with %s", (_, fields, message) => {
    expect(() => structure("Bad", { title: "Bad", spec, size: 3, fields })).toThrow(new RangeError(message));
  });
});

describe("decodeStructure", () => {
  it("gives values, leaves out constants and reserved bytes, keeps unknown bits", () => {
    expect(decodeStructure(sample, bytes)).toEqual({
      id: undefined,
      flags: { valid: true, mode: "on", reserved: 0x80 },
      port: 4420,
      mac: "52:54:00:12:34:56",
      address: "192.168.101.30",
      name: "ab",
      oem: "OEM ",
    });
  });

  it("shows a constant that is not the specification's", () => {
    expect(
      decodeStructure(
        sample,
        Uint8Array.from(bytes, (byte, i) => (i === 0 ? 9 : byte)),
      ),
    ).toMatchObject({ id: 9 });
  });

  it("says how many bytes are missing", () => {
    expect(() => decodeStructure(sample, bytes, 1)).toThrow("Sample at 0x1: needs 64 bytes, 63 left");
  });
});

describe("encodeStructure", () => {
  it("writes defaults and constants where the model is silent", () => {
    const written = encodeStructure(sample, {});
    expect([...written.subarray(0, 4)]).toEqual([7, 0, 0x44, 0x11]);
  });

  it("gives the bytes back, but for left-over after a NUL", () => {
    const expected = Uint8Array.from(bytes);
    expected[35] = 0;
    expect(encodeStructure(sample, decodeStructure(sample, bytes))).toEqual(expected);
  });

  it.each([
    [{ port: 65536 }, "port: 65536 is wrong: expected a whole number from 0 to 65535"],
    [{ mac: "52:54" }, 'mac: "52:54" is wrong: expected a MAC address such as 52:54:00:12:34:56'],
    [{ address: "1.2.3" }, 'address: "1.2.3" is wrong: expected an IPv4 or IPv6 address'],
    [{ name: "0123456789abcdef" }, 'name: "0123456789abcdef" is wrong: 16 bytes, at most 15 fit'],
    [
      { flags: { mode: "sideways" } },
      'flags.mode: "sideways" is wrong: expected "off", "on" or a whole number from 0 to 3',
    ],
    [{ flags: { bootable: true } }, "flags.bootable: no such flag"],
    [{ prot: 1 }, 'prot: no such field; did you mean "port"?'],
  ])("refuses %j", (model, message) => {
    expect(() => encodeStructure(sample, model as never)).toThrow(
      expect.objectContaining({ name: "EncodeError", message }),
    );
  });
});

describe("describeField", () => {
  it("says what each field stores", () => {
    const lines = Object.entries(sample.fields).map(
      ([key, field]) => `${key} ${describeField(field, bytes, field.at)}`,
    );
    expect(lines).toEqual([
      "id 7",
      "flags 0x83 (valid, mode=on, reserved 0x80)",
      "port 4420",
      "mac 52:54:00:12:34:56",
      "reserved10 zero",
      "address 192.168.101.30",
      "name ab",
      "oem OEM ",
    ]);
  });
});
