import { describe, expect, test } from "vitest";
import { formatAttributes, parseAttributes } from "../../src/uefi/attributes.ts";
import { describeVariable } from "../../src/uefi/describe-variable.ts";
import { defaultVendor, parseVendor, vendorGuids, vendorName } from "../../src/uefi/guids.ts";
import { firmwareCases } from "./vectors.ts";

const bytes = (digits: string) => new Uint8Array(Buffer.from(digits, "hex"));
const say = (vendor: keyof typeof vendorGuids, name: string, data: Uint8Array) =>
  describeVariable({ guid: vendorGuids[vendor], name, attributes: 3, data });

describe("what a variable says", () => {
  test.each([
    ["global", "BootOrder", "07000100", { kind: "boot-order", value: ["Boot0007", "Boot0001"] }],
    ["global", "BootNext", "0700", { kind: "boot-order", value: ["Boot0007"] }],
    ["global", "Timeout", "0500", { kind: "number", value: 5 }],
    ["global", "Lang", "656e6700", { kind: "text", value: "eng" }],
    ["global", "ConIn", "02010c00d041030a000000007fff0400", { kind: "device-path", value: "PciRoot(0x0)" }],
    ["vlan", "525400123456", "0a00", { kind: "vlan", value: [{ id: 10, priority: 0 }] }],
    ["nvmeof", "NvmeOfDiscoverySubsystemCount", "02", { kind: "nvmeof-discovery-count", value: 2 }],
    ["global", "Boot0001", "00", undefined],
    ["global", "BootOrder", "070001", undefined],
    ["global", "Something", "00", undefined],
    ["image-security", "db", "00", undefined],
    ["nvmeof", "NvmeofGlobalData", "00", undefined],
    ["nvmeof", "Nvmeof_Attemptconfig", "00", undefined],
    ["vlan", "525400123456", "0a", undefined],
  ] as const)("%s %s %s", (vendor, name, digits, value) => {
    expect(say(vendor, name, bytes(digits))).toEqual(value);
  });

  test("a discovery record: subsystem and namespaces", () => {
    const data = new Uint8Array(2 * 2305);
    data.set(new TextEncoder().encode("nqn.x\0old"), 0);
    data.set(bytes("bee9c2b7176144b5a4e60f690498a94b"), 224);
    data[2272] = 1;
    data[2304] = 1;
    data[2305 + 2304] = 200;
    const described = say("nvmeof", "NvmeOfDiscoveryData", data);
    expect(described).toMatchObject({
      kind: "nvmeof-discovery-data",
      value: [
        { subsystemNqn: "nqn.x", namespaces: [{ nsid: 1, nid: "bee9c2b7176144b5a4e60f690498a94b" }] },
        { subsystemNqn: "" },
      ],
    });
    expect(described?.kind === "nvmeof-discovery-data" && described.value[1]!.namespaces).toHaveLength(32);
  });

  test("left-over bytes are shown on request", () => {
    const data = new Uint8Array(754);
    data.set(new TextEncoder().encode("nqn.x\0old"), 4);
    const variable = { guid: vendorGuids.nvmeof, name: "NvmeofGlobalData", attributes: 3, data };
    expect(describeVariable(variable)).not.toHaveProperty("leftOver");
    expect(describeVariable(variable, { leftOver: true })).toMatchObject({
      leftOver: { hostNqn: expect.stringMatching(/^6f6c6400/) },
    });
  });

  test.each(firmwareCases())("$name: attempts that real firmware stored", ({ attempts }) => {
    const described = say("nvmeof", "Nvmeof_Attemptconfig", attempts);
    expect(described).toMatchObject({ kind: "nvmeof-attempts" });
    expect(described?.value).toHaveLength(attempts.length / 1494);
  });
});

test("vendors by name and GUID", () => {
  expect(vendorName(vendorGuids.nvmeof)).toBe("nvmeof");
  expect(parseVendor("NVMEOF")).toBe(vendorGuids.nvmeof);
  expect(parseVendor(vendorGuids.nvmeof.toUpperCase())).toBe(vendorGuids.nvmeof);
  expect(parseVendor("constructor")).toBeUndefined();
  expect(["Boot0001", "NvmeofGlobalData", "db", "PK", "525400123456"].map(defaultVendor)).toEqual([
    vendorGuids.global,
    vendorGuids.nvmeof,
    vendorGuids["image-security"],
    vendorGuids.global,
    undefined,
  ]);
});

test.each([
  [3, "NV+BS"],
  [0x27, "NV+BS+RT+AT"],
  [0, "0"],
  [0x103, "NV+BS+0x100"],
])("attributes %d are %s", (number, text) => {
  expect(formatAttributes(number)).toBe(text);
});

test.each([
  ["NV+BS", 3],
  ["nv,bs,rt", 7],
  ["7", 7],
  ["0x27", 0x27],
  ["NV+XX", undefined],
  ["99999999999", undefined],
])("%s are the attributes %s", (text, number) => {
  expect(parseAttributes(text)).toBe(number);
});
