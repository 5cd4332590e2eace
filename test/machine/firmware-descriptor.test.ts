import { describe, expect, it } from "vitest";
import {
  orderDescriptors,
  parseFirmwareDescriptor,
  selectFirmware,
} from "../../src/machine/qemu/firmware-descriptor.ts";

const descriptor = (changes: Record<string, unknown> = {}) =>
  JSON.stringify({
    description: "UEFI",
    "interface-types": ["uefi"],
    mapping: {
      device: "flash",
      executable: { filename: "/fw/CODE.fd", format: "raw" },
      "nvram-template": { filename: "/fw/VARS.fd", format: "raw" },
    },
    targets: [{ architecture: "x86_64", machines: ["pc-i440fx-*", "pc-q35-*"] }],
    features: ["acpi-s3"],
    tags: [],
    ...changes,
  });
const secure = descriptor({
  description: "secure",
  features: ["secure-boot", "requires-smm"],
  targets: [{ architecture: "x86_64", machines: ["pc-q35-*"] }],
});
const arm = descriptor({ description: "arm", targets: [{ architecture: "aarch64", machines: ["virt-*"] }] });

describe("a descriptor", () => {
  it("is read as QEMU's schema has it", () => {
    expect(parseFirmwareDescriptor(descriptor())).toMatchObject({
      interfaces: ["uefi"],
      mapping: { device: "flash", mode: "split", executable: "/fw/CODE.fd", nvramTemplate: "/fw/VARS.fd" },
    });
    expect(
      parseFirmwareDescriptor(descriptor({ mapping: { device: "memory", filename: "/fw/OVMF.fd" } })).mapping,
    ).toEqual({
      device: "memory",
      executable: "/fw/OVMF.fd",
    });
  });

  it.each([
    ["{", /not JSON/],
    ["[]", /expected an object/],
    [descriptor({ mapping: { device: "tape" } }), /mapping\.device is "tape"/],
    [descriptor({ mapping: { device: "flash", executable: {} } }), /filename is missing/],
    [descriptor({ mapping: { device: "flash", mode: "odd", executable: { filename: "x" } } }), /mapping\.mode/],
  ])("%s is refused", (text, message) => {
    expect(() => parseFirmwareDescriptor(text)).toThrow(message);
  });
});

describe("several descriptors", () => {
  const file = (name: string, text: string) => ({ name, text });

  it("go by file name, whatever the folder", () => {
    const found = orderDescriptors([[file("60-b.json", arm)], [file("50-a.json", secure)]]);
    expect(found.map(({ description }) => description)).toEqual(["secure", "arm"]);
  });

  it("of one name: the more specific folder counts, an empty file hides", () => {
    expect(
      orderDescriptors([[file("a.json", arm)], [file("a.json", secure)]]).map(({ description }) => description),
    ).toEqual(["secure"]);
    expect(orderDescriptors([[file("a.json", arm)], [file("a.json", "")]])).toEqual([]);
  });

  it("that cannot be read are passed over", () => {
    expect(orderDescriptors([[file("a.json", "{"), file("b.json", arm), file("c.txt", secure)]])).toHaveLength(1);
  });

  const all = orderDescriptors([[file("50.json", secure), file("60.json", descriptor()), file("70.json", arm)]]);
  it.each([
    [{ architecture: "x86_64", machine: "q35" }, "UEFI"],
    [{ architecture: "x86_64", machine: "pc-q35-8.0" }, "UEFI"],
    [{ architecture: "x86_64", machine: "pc" }, "UEFI"],
    [{ architecture: "x86_64", machine: "q35", secureBoot: true }, "secure"],
    [{ architecture: "x86_64", machine: "pc", secureBoot: true }, undefined],
    [{ architecture: "aarch64", machine: "virt" }, "arm"],
    [{ architecture: "x86_64", machine: "microvm" }, undefined],
    [{ architecture: "x86_64", machine: "q35", interface: "bios" as const }, undefined],
  ])("%j", (wish, description) => {
    expect(selectFirmware(all, wish)?.description).toBe(description);
  });
});
