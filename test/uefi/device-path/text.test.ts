import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DecodeError, ParseError } from "../../../src/errors.ts";
import { encodeNodes, endNode } from "../../../src/uefi/device-path/node.ts";
import { formatDevicePath, parseDevicePath } from "../../../src/uefi/device-path/text.ts";

const bytes = (digits: string) => new Uint8Array(Buffer.from(digits.replace(/\s/g, ""), "hex"));
const hex = (data: Uint8Array) => Buffer.from(data).toString("hex");
const end = "7fff0400";
const nqn = "nqn.2014-08.org.nvmexpress:uuid:0c468c4d-a385-47e0-8299-6e95051277db";
const nqnHex = Buffer.from(`${nqn}\0`).toString("hex");

/** Paths whose text gives the same bytes back. */
const exact: readonly (readonly [name: string, digits: string, text: string])[] = [
  ["nothing", "", ""],
  ["PCI", "02010c00 d041030a 00000000 01010600 021f", "PciRoot(0x0)/Pci(0x1F,0x2)"],
  ["SATA", "03120a00 0200 ffff 0000", "Sata(0x2,0xFFFF,0x0)"],
  [
    "other ACPI devices",
    "02010c00 d0410303 01000000 02010c00 12345678 02000000",
    "Acpi(PNP0303,0x1)/Acpi(0x78563412,0x2)",
  ],
  ["MAC address", `030b2500 525400123456 ${"00".repeat(26)} 01`, "MAC(525400123456,0x1)"],
  ["VLAN", "03140600 0a00", "Vlan(10)"],
  [
    "IPv4 with ports",
    "030c1b00 0a00020f 0a000202 0000 4411 0600 01 0a000202 ffffff00",
    "IPv4(10.0.2.2,TCP,Static,10.0.2.15,10.0.2.2,255.255.255.0,0,4420)",
  ],
  ["IPv4 of PXE", `030c1b00 ${"00".repeat(23)}`, "IPv4(0.0.0.0,0x0,DHCP,0.0.0.0,0.0.0.0,0.0.0.0)"],
  ["IPv4, old form", "030c1300 0a00020f 0a000202 0000 0000 1100 00", "IPv4(10.0.2.2,UDP,DHCP,10.0.2.15)"],
  [
    "IPv6",
    "030d3c00 fe80000000000000000000000000000f fe800000000000000000000000000002 0000 0000 0600 01 40 00000000000000000000000000000000",
    "IPv6(FE80:0000:0000:0000:0000:0000:0000:0002,TCP,StatelessAutoConfigure,FE80:0000:0000:0000:0000:0000:0000:000F,0x40,0000:0000:0000:0000:0000:0000:0000:0000)",
  ],
  [
    "NVMe-oF by UUID",
    `03225a00 03 bee9c2b7176144b5a4e60f690498a94b ${nqnHex}`,
    `NVMeOF(${nqn},urn:uuid:bee9c2b7-1761-44b5-a4e6-0f690498a94b)`,
  ],
  [
    "NVMe-oF by NGUID",
    `03225a00 02 ace42e0015102fce2ee4ac0000000001 ${nqnHex}`,
    `NVMeOF(${nqn},urn:nvme-nguid:ace42e0015102fce2ee4ac0000000001)`,
  ],
  [
    "NVMe-oF by EUI-64",
    `03225a00 01 ace42e0015102fce 0000000000000000 ${nqnHex}`,
    `NVMeOF(${nqn},urn:eui:ace42e0015102fce)`,
  ],
  ["local NVMe", "03171000 01000000 0102030405060708", "NVMe(0x1,08-07-06-05-04-03-02-01)"],
  [
    "GPT partition and file",
    "04012a00 01000000 0008000000000000 0040060000000000 3a1b3b2f111122428333444455556666 02 02 04041200 5c004500460049005c0061000000",
    "HD(1,GPT,2F3B1B3A-1111-4222-8333-444455556666,0x800,0x64000)/\\EFI\\a",
  ],
  [
    "MBR partition",
    "04012a00 02000000 3f00000000000000 0010000000000000 efbeadde 000000000000000000000000 01 01",
    "HD(2,MBR,0xDEADBEEF,0x3F,0x1000)",
  ],
  [
    "the shell in a firmware volume",
    "04071400 c9bdb87cebf8344faaea3ee4af6516a1 04061400 83a5047c3e9e1c4fad65e05268d0b4d1",
    "Fv(7CB8BDC9-F8EB-4F34-AAEA-3EE4AF6516A1)/FvFile(7C04A583-9E3E-4F1C-AD65-E05268D0B4D1)",
  ],
  ["two consoles", "02010c00d041030a00000000 7f010400 02010c00d041080a01000000", "PciRoot(0x0),PcieRoot(0x1)"],
  [
    "serial port",
    "02010c00 d0410105 00000000 030e1300 00000000 00c2010000000000 08 01 01 030a1400 5347c1e0bef9d2119a0c0090273fc14d".replace(
      "5347c1e0",
      "5347c1e0",
    ),
    "Serial(0x0)/Uart(115200,8,N,1)/VenPcAnsi()",
  ],
  ["vendor data", "01041500 9b5a5a865db84c478455 65d1be844be2 ff", "VenHw(865A5A9B-B85D-474C-8455-65D1BE844BE2,FF)"],
  ["USB keyboard class", "030f0b00 ffff ffff 03 01 01", "UsbClass(0xFFFF,0xFFFF,0x3,0x1,0x1)"],
  ["URI", `03180c00 ${Buffer.from("http://a").toString("hex")}`, "Uri(http://a)"],
  ["unknown messaging node", "03631000 00112233445566778899aabb", "Msg(99,00112233445566778899AABB)"],
  ["unknown type", "09010500 ff", "Path(9,1,FF)"],
  [
    "MAC address with bytes in its padding",
    `030b2500 525400123456 ff ${"00".repeat(25)} 01`,
    `Msg(11,525400123456FF${"00".repeat(25)}01)`,
  ],
  ["file with a slash", "0404 0a00 61002f000000", "MediaPath(4,61002F000000)"],
  [
    "NVMe-oF with a NID type of its own",
    `03225a00 07 bee9c2b7176144b5a4e60f690498a94b ${nqnHex}`,
    `Msg(34,07BEE9C2B7176144B5A4E60F690498A94B${nqnHex.toUpperCase()})`,
  ],
];

describe("device paths as text", () => {
  test.each(exact)("%s", (_, digits, text) => {
    const path = bytes(digits + end);
    expect(formatDevicePath(path)).toBe(text);
    expect(hex(parseDevicePath(text))).toBe(hex(path));
  });

  test("as the firmware prints them: without ports, the NID as an EFI_GUID", () => {
    const path = bytes(
      `030c1b00 0a00020f 0a000202 0000 4411 0600 01 0a000202 ffffff00 03225a00 03 bee9c2b7176144b5a4e60f690498a94b ${nqnHex} ${end}`,
    );
    expect(formatDevicePath(path, 0, { asPrinted: true })).toBe(
      `IPv4(10.0.2.2,TCP,Static,10.0.2.15,10.0.2.2,255.255.255.0)/NVMeOF(${nqn},urn:uuid:B7C2E9BE-6117-B544-A4E6-0F690498A94B)`,
    );
  });

  test("names in any case, numbers in decimal, blanks after commas", () => {
    expect(hex(parseDevicePath("pciroot(0)/PCI(31, 2)"))).toBe(hex(parseDevicePath("PciRoot(0x0)/Pci(0x1F,0x2)")));
    expect(hex(parseDevicePath("IPv4(010.0.2.2,UDP,DHCP,10.00.02.15)"))).toBe(
      hex(parseDevicePath("IPv4(10.0.2.2,UDP,DHCP,10.0.2.15)")),
    );
  });

  test.each([
    ["Pci(0x1F)", 1],
    ["PciRoot(0x0)/Pci(1,2,3)", 14],
    ["PciRoot(0x0)/Nothing(1)", 14],
    ["Pci(0x100,0x0)", 1],
    ["MAC(52540012345,0x1)", 1],
    ["NVMeOF(nqn.x,urn:uuid:nonsense)", 1],
    ["HD(1,GPT,nonsense,0x0,0x0)", 1],
    ["Pci(1,2", 1],
    ["Pci)1,2(", 1],
  ])("%s is refused at column %d", (text, column) => {
    expect(() => parseDevicePath(text)).toThrow(expect.objectContaining({ name: "ParseError", column }));
  });

  test.each([
    ["no end", "01010600021f"],
    ["a node of 3 bytes", "01010300 00"],
    ["a node past the end", "01010900 0000"],
  ])("bytes with %s are refused", (_, digits) => {
    expect(() => formatDevicePath(bytes(digits))).toThrow(DecodeError);
  });
});

test("any nodes come back from their text", () => {
  const known = fc.constantFrom(
    [1, 1],
    [2, 1],
    [3, 11],
    [3, 12],
    [3, 13],
    [3, 20],
    [3, 23],
    [3, 24],
    [3, 34],
    [4, 1],
    [4, 4],
    [4, 7],
    [0x7f, 1],
  );
  const node = fc.record({
    kind: fc.oneof(known, fc.tuple(fc.integer({ min: 0, max: 0x7e }), fc.nat(255))),
    data: fc.oneof(
      fc.uint8Array({ maxLength: 60 }),
      fc.nat(60).map((length) => new Uint8Array(length)),
    ),
  });
  fc.assert(
    fc.property(fc.array(node, { maxLength: 6 }), (nodes) => {
      const path = encodeNodes([
        ...nodes.map(({ kind: [type, subtype], data }) => ({ type: type!, subtype: subtype!, data })),
        endNode,
      ]);
      expect(hex(parseDevicePath(formatDevicePath(path)))).toBe(hex(path));
    }),
    { numRuns: 500 },
  );
});

test("any text is a path or a ParseError", () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 80 }), (text) => {
      try {
        parseDevicePath(text);
      } catch (error) {
        expect(error).toBeInstanceOf(ParseError);
      }
    }),
  );
});
