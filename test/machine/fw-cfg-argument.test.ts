import { describe, expect, it } from "vitest";
import { checkFwCfg, formatFwCfg, q35Items, q35ItemsWithoutAcpi } from "../../src/machine/qemu/fw-cfg-argument.ts";
import { ovmfSwitch, ovmfSwitches, parseBoolean } from "../../src/machine/qemu/ovmf-switches.ts";
import { checkSmbios, formatSmbios } from "../../src/machine/qemu/smbios.ts";

const rules = (...args: Parameters<typeof checkFwCfg>) => checkFwCfg(...args).map(({ rule }) => rule);

describe("-fw_cfg", () => {
  it.each([
    [{ name: "opt/x/y", string: "a,b" }, "name=opt/x/y,string=a,,b"],
    [{ name: "opt/x/y", file: "/tmp/f" }, "name=opt/x/y,file=/tmp/f"],
    [{ name: "opt/x/y", genId: "tls" }, "name=opt/x/y,gen_id=tls"],
  ])("%j", (item, text) => {
    expect(formatFwCfg(item)).toBe(text);
  });

  it.each([
    ["a name of 55 characters", [{ name: `opt/${"x".repeat(51)}`, string: "a" }], []],
    ["a name of 56 characters", [{ name: `opt/${"x".repeat(52)}`, string: "a" }], ["Q020"]],
    ["a name outside opt/", [{ name: "etc/mine", string: "a" }], ["Q021"]],
    ["a generator outside opt/", [{ name: "etc/mine", genId: "a" }], []],
    [
      "a name twice",
      [
        { name: "opt/a", string: "a" },
        { name: "opt/a", string: "b" },
      ],
      ["Q022"],
    ],
    ["an item of QEMU's own", [{ name: "etc/table-loader", file: "f" }], ["Q021", "Q022"]],
    ["an empty string", [{ name: "opt/a", string: "" }], ["Q024"]],
    ["17 items on q35", Array.from({ length: 17 }, (_, i) => ({ name: `opt/${i}`, string: "a" })), []],
    ["18 items on q35", Array.from({ length: 18 }, (_, i) => ({ name: `opt/${i}`, string: "a" })), ["Q023"]],
  ])("%s", (_, items, expected) => {
    expect(rules(items)).toEqual(expected);
  });

  it("lets QEMU's ACPI items be replaced when it makes none", () => {
    expect(rules([{ name: "etc/table-loader", file: "f" }], { own: q35ItemsWithoutAcpi })).toEqual(["Q021"]);
    expect(q35Items.length - q35ItemsWithoutAcpi.length).toBe(4);
  });

  it("has more room with more slots", () => {
    const items = Array.from({ length: 18 }, (_, i) => ({ name: `opt/${i}`, string: "a" }));
    expect(rules(items, { slots: 128 })).toEqual([]);
  });
});

describe("OVMF's switches", () => {
  it.each([
    ["ipv4-pxe", "off", { name: "opt/org.tianocore/IPv4PXESupport", string: "n" }],
    ["shell", "Enabled", { name: "opt/org.tianocore/EFIShellSupport", string: "y" }],
    ["pci-mmio64", "65536", { name: "opt/ovmf/X-PciMmio64Mb", string: "65536" }],
    ["paging-level", "5", { name: "opt/org.tianocode/PagingLevel", string: "5" }],
    ["https-ca", "certs.esl", { name: "etc/edk2/https/cacerts", file: "certs.esl" }],
  ])("%s=%s", (key, value, item) => {
    expect(ovmfSwitch(key, value)).toEqual(item);
  });

  it.each([
    ["nothing", "1", /no firmware switch/],
    ["ipv4-pxe", "maybe", /on or off/],
    ["pci-mmio64", "0x10", /is a number/],
  ])("refuses %s=%s", (key, value, message) => {
    expect(ovmfSwitch(key, value)).toMatch(message);
  });

  it("takes the words that OVMF takes", () => {
    expect(["true", "Yes", "y", "ENABLE", "enabled", "1", "1\r\n"].map(parseBoolean)).toEqual(Array(7).fill(true));
    expect(["false", "no", "n", "disable", "Disabled", "0"].map(parseBoolean)).toEqual(Array(6).fill(false));
    expect(parseBoolean("2")).toBeUndefined();
  });

  it("has one row an item", () => {
    expect(new Set(ovmfSwitches.map(({ item }) => item)).size).toBe(ovmfSwitches.length);
    for (const { item } of ovmfSwitches) expect(item.length).toBeLessThanOrEqual(55);
  });
});

describe("SMBIOS", () => {
  it("writes type 1 and type 11", () => {
    expect(
      formatSmbios({ uuid: "4c4c4544-0031-3510-8051-b4c04f383632", product: "a,b", oemStrings: ["x", "y,z"] }),
    ).toEqual(["type=1,product=a,,b,uuid=4c4c4544-0031-3510-8051-b4c04f383632", "type=11,value=x,value=y,,z"]);
    expect(formatSmbios({})).toEqual([]);
  });

  it("says when a UUID is none", () => {
    expect(checkSmbios({ uuid: "x" }).map(({ rule }) => rule)).toEqual(["Q060"]);
    expect(checkSmbios({ uuid: "4c4c4544-0031-3510-8051-b4c04f383632" })).toEqual([]);
  });
});
