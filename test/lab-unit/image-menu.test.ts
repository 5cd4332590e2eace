import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { bytesReader } from "../../src/acpi/reader.ts";
import { formatGrubConfig, parseGrubConfig, reportingGrubConfig } from "../../src/lab/image/grub-config.ts";
import { readImageMenu, reportingEsp } from "../../src/lab/image/image-menu.ts";
import { withSystem } from "../../src/lab/image/open-system.ts";
import { writeSystemDisk } from "../../src/lab/image/system-disk.ts";
import { withChildren } from "../../src/lab/interrupt.ts";
import { readFatFiles } from "../../src/machine/disk/read-disk.ts";
import { openFile } from "../../src/node/file-reader.ts";
import { needsPrograms } from "../helpers/needs.ts";
import { debian, initramfs, release, writeTree } from "../helpers/system-tree.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-image-menu-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const quiet = { progress: () => {}, notice: () => {} };

const entry = {
  kernel: "boot/vmlinuz-6.12",
  initrd: "boot/initrd.img-6.12",
  rootUuid: "11111111-2222-4333-8444-555555555555",
  commandLine: "root=UUID=11111111-2222-4333-8444-555555555555 rw console=ttyS0,115200",
};

describe("a menu", () => {
  it("is read as it was written, and nobody else's is", () => {
    const text = formatGrubConfig("Debian's own", entry);
    expect(parseGrubConfig(text)).toEqual(entry);
    expect(text).toContain("menuentry 'Debian'\\''s own' {");
    expect(parseGrubConfig(text.replace(/^.*\n/, ""))).toBeUndefined();
    expect(parseGrubConfig("# Written by nbft image.\n")).toBeUndefined();
  });

  it("gets words and a second initramfs from its own partition", () => {
    const text = reportingGrubConfig(formatGrubConfig("Debian", entry), "nbft.nonce=1 dyndbg=a;b", "/nbft/report.img");
    expect(text).toContain(
      "search --no-floppy --file --set=esp /nbft/report.img\nsearch --no-floppy --fs-uuid --set=root",
    );
    expect(text).toContain(`  linux /boot/vmlinuz-6.12 ${entry.commandLine} nbft.nonce=1 'dyndbg=a;b'\n`);
    expect(text).toContain("  initrd /boot/initrd.img-6.12 ($esp)/nbft/report.img\n");
  });
});

const programs = needsPrograms(["mke2fs", "debugfs"], "menus of disk images");

describe.skipIf(!programs).each([512, 4096] as const)("a system's disk with blocks of %i", (blockSize) => {
  const path = join(scratch, `disk${blockSize}.img`);
  const make = () =>
    withChildren((children) =>
      writeSystemDisk(
        writeTree(join(scratch, `tree${blockSize}`), debian),
        path,
        { blockSize },
        { children, ...quiet },
      ),
    );

  it("reports by what is put over its EFI system partition, which is otherwise the same", async () => {
    const { rootUuid } = await make();
    const disk = openFile(path);
    const menu = readImageMenu(disk, blockSize)!;
    expect(menu).toMatchObject({ rootUuid, kernel: `boot/vmlinuz-${release}`, blockSize });
    const before = disk.read(0, menu.esp.offset + menu.esp.size).slice();
    const serial = before.slice(menu.esp.offset + 67, menu.esp.offset + 71);
    disk.close();
    const archive = new TextEncoder().encode("an archive");
    const { offset, bytes } = reportingEsp(bytesReader(before), menu, "nbft.nonce=12", archive);
    expect(offset).toBe(menu.esp.offset);
    const after = before.slice();
    after.set(bytes, offset);
    expect(after.slice(offset + 67, offset + 71)).toEqual(serial);
    const [old, now] = [before, after].map(
      (image) => new Map(readFatFiles(bytesReader(image), offset)!.map((file) => [file.path, file.read(file.size)])),
    );
    expect([...now!.keys()].filter((name) => !old!.has(name))).toEqual(["NBFT/REPORT.IMG"]);
    expect(now!.get("NBFT/REPORT.IMG")).toEqual(archive);
    const changed = [...old!]
      .filter(([name, data]) => Buffer.compare(now!.get(name)!, data) !== 0)
      .map(([name]) => name);
    expect(changed.sort()).toEqual(["EFI/BOOT/GRUB.CFG", "EFI/DEBIAN/GRUB.CFG"]);
    expect(new TextDecoder().decode(now!.get("EFI/DEBIAN/GRUB.CFG"))).toMatch(/ linux .* nbft\.nonce=12\n/);
  });

  it("is opened with its block size and its kernel, and stays as it is", async () => {
    const sum = () => createHash("sha256").update(readFileSync(path)).digest("hex");
    const before = sum();
    const seen = await withChildren((children) =>
      withSystem(
        path,
        { blockSize: 512, kernel: true },
        join(scratch, "cache"),
        { children, ...quiet },
        async (system) => ({
          ...system!,
          files: [system!.kernel!.image, system!.kernel!.initrd].map((file) => readFileSync(file)),
        }),
      ),
    );
    expect(seen).toMatchObject({ disk: path, blockSize, notes: [] });
    expect(seen.files[0]!.toString()).toBe("the kernel");
    expect(Buffer.compare(seen.files[1]!, initramfs())).toBe(0);
    expect(sum()).toBe(before);
  });
});

describe("a system", () => {
  const open = (path: string) =>
    withChildren((children) =>
      withSystem(
        path,
        { blockSize: 512, kernel: false },
        join(scratch, "cache"),
        { children, ...quiet },
        async (system) => system!,
      ),
    );

  it("is a disk of somebody else's making where there is no menu in it", async () => {
    const path = join(scratch, "other.img");
    writeFileSync(path, Buffer.alloc(1 << 20));
    expect(await open(path)).toEqual({ disk: path, blockSize: 512, menu: undefined, kernel: undefined, notes: [] });
  });

  it.skipIf(!programs)("is made of a folder, with what it lacks, and is gone afterwards", async () => {
    const tree = writeTree(join(scratch, "lacking"), { ...debian, "etc/fstab": "/dev/sdb1 /srv ext4 defaults 0 2\n" });
    const { disk, notes, menu } = await open(tree);
    expect(menu?.kernel).toBe(`boot/vmlinuz-${release}`);
    expect(notes).toEqual([expect.stringContaining("/srv is mounted from /dev/sdb1")]);
    expect(() => readFileSync(disk)).toThrow("ENOENT");
  });

  it("that is not there is said by its name", async () => {
    await expect(open("/nowhere.img")).rejects.toThrow("there is no image, folder or tar /nowhere.img");
  });
});
