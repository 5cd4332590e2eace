import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bytesReader } from "../../src/acpi/reader.ts";
import { checkBootImage } from "../../src/machine/disk/boot-image.ts";
import { encodeFat, type FatFile } from "../../src/machine/disk/fat.ts";
import { encodeGpt, espType } from "../../src/machine/disk/gpt.ts";
import { readFatFiles, readGpt } from "../../src/machine/disk/read-disk.ts";
import { flattenImage } from "../../src/machine/disk/sparse-image.ts";

const guid = "4e424654-0008-4c61-b000-00000000000a";
const text = (content: string) => new TextEncoder().encode(content);

/** A disk with one partition. */
function disk(
  files: readonly FatFile[],
  { blockSize = 512, type = espType }: { blockSize?: 512 | 4096; type?: string } = {},
) {
  const content = encodeFat(files, { sectorSize: blockSize, size: 48 << 20 });
  return bytesReader(flattenImage(encodeGpt([{ type, guid, name: "", content }], { blockSize, diskGuid: guid })));
}

const grub = { path: "EFI/BOOT/BOOTX64.EFI", data: text("MZ GRUB") };
const systemdBoot = { path: "EFI/BOOT/BOOTX64.EFI", data: text("MZ...#### LoaderInfo: systemd-boot 257 ####") };

/** A PE file of so many bytes with a section `.linux`. */
function unifiedKernel(size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, 0x5a4d, true);
  view.setUint32(0x3c, 0x80, true);
  view.setUint32(0x80, 0x4550, true);
  view.setUint16(0x86, 2, true);
  view.setUint16(0x94, 0xf0, true);
  bytes.set(text(".text"), 0x80 + 24 + 0xf0);
  bytes.set(text(".linux"), 0x80 + 24 + 0xf0 + 40);
  return bytes;
}

describe("checkBootImage", () => {
  it.each([512, 4096] as const)("has nothing against GRUB with a large kernel, blocks of %i", (blockSize) => {
    const image = disk([grub, { path: "vmlinuz", data: new Uint8Array(12 << 20) }], { blockSize });
    expect(checkBootImage(image, blockSize)).toEqual([]);
  });

  it.each([
    // Booted by the real firmware: the first two came up, the last was refused.
    [(4 << 20) + 4096, []],
    [(4 << 20) + 65_535, []],
    [(4 << 20) + 65_536, ["warning"]],
    [(4 << 20) + 131_071, ["warning"]],
    [(4 << 20) + 131_072, ["error"]],
  ])("judges a loader of %i bytes", (size, severities) => {
    const findings = checkBootImage(disk([{ ...grub, data: new Uint8Array(size) }]), 512);
    expect(findings.map(({ severity }) => severity)).toEqual(severities);
    for (const { message } of findings) expect(message).toContain(`${size} bytes`);
  });

  it("names a unified kernel image", () => {
    const image = disk([{ ...grub, data: unifiedKernel(6 << 20) }]);
    expect(checkBootImage(image, 512)[0]?.message).toContain("a unified kernel image");
  });

  it("names systemd-boot and the images that it would have read", () => {
    const uki = { path: "EFI/Linux/debian.efi", data: unifiedKernel(6 << 20) };
    expect(checkBootImage(disk([systemdBoot, uki]), 512)).toMatchObject([
      {
        severity: "error",
        message: expect.stringMatching(/systemd-boot.*\\EFI\\LINUX\\DEBIAN\.EFI \(6291456 bytes\)/),
      },
    ]);
    expect(checkBootImage(disk([systemdBoot]), 512)).toMatchObject([{ severity: "warning" }]);
    // The initramfs is read by Linux's stub, in pieces.
    expect(
      checkBootImage(disk([systemdBoot, { path: "initrd.img", data: new Uint8Array(6 << 20) }]), 512),
    ).toMatchObject([{ severity: "warning" }]);
  });

  it.each([
    ["an image of zeros", bytesReader(new Uint8Array(1 << 20)), /no GUID partition table/],
    ["an empty image", bytesReader(new Uint8Array(0)), /no GUID partition table/],
    ["the other block size", disk([grub], { blockSize: 4096 }), /partitioned for blocks of 4096 bytes/],
    [
      "no EFI system partition",
      disk([grub], { type: "4f68bce3-e8cd-4db1-96e7-fbcaf984b709" }),
      /no EFI system partition/,
    ],
    ["no loader", disk([{ path: "EFI/debian/grubx64.efi", data: text("MZ") }]), /no \\EFI\\BOOT\\BOOTX64\.EFI/],
  ])("says what is wrong with %s", (_, image, message) => {
    expect(checkBootImage(image, 512)).toMatchObject([{ severity: "error", message: expect.stringMatching(message) }]);
  });

  it("survives damage anywhere", () => {
    const whole = flattenImage(
      encodeGpt(
        [{ type: espType, guid, name: "", content: encodeFat([systemdBoot, grub2], { size: 4 << 20, type: 12 }) }],
        {
          diskGuid: guid,
        },
      ),
    );
    const structures = [512, 1024, 1 << 20, (1 << 20) + 512, (1 << 20) + 8192];
    fc.assert(
      fc.property(
        fc.constantFrom(...structures),
        fc.uint8Array({ minLength: 1, maxLength: 64 }),
        fc.nat(600),
        (at, bytes, by) => {
          const damaged = whole.slice();
          damaged.set(bytes, at + by);
          for (const { message } of checkBootImage(bytesReader(damaged), 512)) expect(message).not.toBe("");
        },
      ),
      { numRuns: 200 },
    );
  });
});

const grub2 = { path: "EFI/a folder with a long name/GRUB.EFI", data: text("MZ") };

describe("readFatFiles", () => {
  it.each([
    [12, 4 << 20],
    [16, 32 << 20],
    [32, 48 << 20],
  ] as const)("reads what was written to FAT%i", (type, size) => {
    const files = [grub, grub2, { path: "large", data: Uint8Array.from({ length: 100_000 }, (_, i) => i % 251) }];
    const found = readFatFiles(bytesReader(flattenImage(encodeFat(files, { type, size }))), 0)!;
    expect(found.map(({ path }) => path).sort()).toEqual(files.map(({ path }) => path.toUpperCase()).sort());
    for (const { path, data } of files) {
      const file = found.find((each) => each.path === path.toUpperCase())!;
      expect(file.size).toBe(data.length);
      expect(Buffer.compare(file.read(data.length), data)).toBe(0);
      expect(file.read(3)).toHaveLength(Math.min(3, data.length));
    }
  });

  it("follows no chain in a circle", () => {
    const image = flattenImage(encodeFat([{ path: "a", data: new Uint8Array(100_000) }], { type: 16, size: 32 << 20 }));
    const sector = 512;
    const view = new DataView(image.buffer);
    for (let i = 2; i < 60; i++) view.setUint16(sector + 2 * i, 2, true);
    const [file] = readFatFiles(bytesReader(image), 0)!;
    expect(file!.read(1 << 30).length).toBeLessThanOrEqual(100_000);
  });
});

describe("readGpt", () => {
  it("gives partitions in bytes", () => {
    const content = encodeFat([grub], { size: 4 << 20 });
    const image = encodeGpt([{ type: espType, guid, name: "ESP", content }], { diskGuid: guid });
    expect(readGpt(bytesReader(flattenImage(image)), 512)).toEqual([{ type: espType, offset: 1 << 20, size: 4 << 20 }]);
  });
});
