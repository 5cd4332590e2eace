import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { type SystemDiskOptions, writeSystemDisk } from "../../src/lab/image/system-disk.ts";
import { parseTarListing } from "../../src/lab/image/tree-source.ts";
import { withChildren } from "../../src/lab/interrupt.ts";
import { findProgram } from "../../src/lab/programs.ts";
import { espOf, readFatFiles, readGpt } from "../../src/machine/disk/read-disk.ts";
import { openFile } from "../../src/node/file-reader.ts";
import { needsPrograms } from "../helpers/needs.ts";
import { debian, fedora, initramfs, release, type SystemFiles, ubuntu, writeTree } from "../helpers/system-tree.ts";
import { debian13 } from "../initramfs/made-image.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-system-disk-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());
const mebibyte = 2 ** 20;

let count = 0;
const treeOf = (files: SystemFiles) => writeTree(join(scratch, `tree${++count}`), files);
const without = (files: SystemFiles, ...names: string[]): SystemFiles =>
  Object.fromEntries(Object.entries(files).filter(([name]) => !names.includes(name)));

/** Writes a disk of a folder or a tar, and gives what was said of it. */
function write(source: string, options: SystemDiskOptions = {}) {
  const path = join(scratch, `disk${++count}.img`);
  const made = withChildren((children) =>
    writeSystemDisk(source, path, options, { children, progress: () => {}, notice: () => {} }),
  );
  return made.then((disk) => ({ disk, path }));
}

/** Where the root file system begins, and text and size of each file of the EFI system partition. */
function contents(path: string, blockSize: 512 | 4096) {
  const reader = openFile(path);
  try {
    const partitions = readGpt(reader, blockSize)!;
    const esp = espOf(partitions)!;
    const files = readFatFiles(reader, esp.offset)!.map((file) => [
      file.path,
      new TextDecoder().decode(file.read(file.size)),
    ]);
    return { size: reader.size, esp, root: partitions[1]!, files: Object.fromEntries(files) as Record<string, string> };
  } finally {
    reader.close();
  }
}

/** What debugfs says of the root file system. */
function debugfs(path: string, offset: number, command: string): string {
  return execFileSync(findProgram("debugfs")!, ["-R", command, `${path}?offset=${offset}`], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  });
}

const programs = needsPrograms(["mke2fs", "debugfs", "tar"], "disks of a distribution's tree");

describe.skipIf(!programs)("a disk of a distribution's tree", () => {
  it.each([512, 4096] as const)("has Debian's shim, GRUB and kernel, with blocks of %i", async (blockSize) => {
    const { disk, path } = await write(treeOf(debian), { blockSize, append: "quiet" });
    const { esp, root, files, size } = contents(path, blockSize);
    expect(esp.size).toBeGreaterThanOrEqual(260 * mebibyte);
    expect(size).toBe(disk.size);
    expect(files).toMatchObject({
      "EFI/BOOT/BOOTX64.EFI": "shim",
      "EFI/BOOT/GRUBX64.EFI": "MZ GRUB /EFI/debian\0",
      "EFI/BOOT/MMX64.EFI": "key manager",
      "EFI/DEBIAN/SHIMX64.EFI": "shim",
      "EFI/DEBIAN/GRUBX64.EFI": "MZ GRUB /EFI/debian\0",
    });
    const menu = files["EFI/DEBIAN/GRUB.CFG"]!;
    expect(files["EFI/BOOT/GRUB.CFG"]).toBe(menu);
    expect(menu).toContain(`search --no-floppy --fs-uuid --set=root ${disk.rootUuid}\n`);
    expect(menu).toContain(
      `  linux /boot/vmlinuz-${release} root=UUID=${disk.rootUuid} rw console=tty0 console=ttyS0,115200 quiet\n`,
    );
    expect(menu).toContain(`  initrd /boot/initrd.img-${release}\n`);
    expect(debugfs(path, root.offset, "show_super_stats -h")).toContain(`Filesystem UUID:          ${disk.rootUuid}`);
    expect(debugfs(path, root.offset, `cat /boot/vmlinuz-${release}`)).toBe("the kernel");
    expect(disk).toMatchObject({ name: "Debian GNU/Linux 13 (trixie)", problems: [{ fatal: false }], findings: [] });
  });

  it("is whole for e2fsck, and of the size that was asked for", async () => {
    const { disk, path } = await write(treeOf(debian), { size: 512 * mebibyte });
    expect(disk.size).toBe(512 * mebibyte);
    const { root } = contents(path, 512);
    const check = () =>
      execFileSync(findProgram("e2fsck")!, ["-fn", `${path}?offset=${root.offset}`], { stdio: "pipe" });
    expect(check).not.toThrow();
  });

  it("has Fedora's loader from boot/efi, and the words of its entry that mean no disk", async () => {
    const { disk, path } = await write(treeOf(fedora));
    const { files } = contents(path, 512);
    expect(Object.keys(files).sort()).toEqual([
      "EFI/BOOT/BOOTX64.EFI",
      "EFI/BOOT/GRUB.CFG",
      "EFI/BOOT/GRUBX64.EFI",
      "EFI/BOOT/MMX64.EFI",
      "EFI/FEDORA/GRUB.CFG",
      "EFI/FEDORA/GRUBX64.EFI",
      "EFI/FEDORA/MMX64.EFI",
      "EFI/FEDORA/SHIMX64.EFI",
    ]);
    expect(files["EFI/BOOT/BOOTX64.EFI"]).toBe("shim as Fedora has it");
    expect(disk.commandLine).toBe(
      `root=UUID=${disk.rootUuid} rw console=tty0 console=ttyS0,115200 crashkernel=1G audit=0`,
    );
    expect(disk.kernel.initrd).toBe(`boot/initramfs-${release}.img`);
  });

  it("has Ubuntu's loader, and says that its own initramfs cannot boot by NBFT", async () => {
    const { disk, path } = await write(treeOf(ubuntu));
    const { files } = contents(path, 512);
    expect(files).toMatchObject({
      "EFI/BOOT/BOOTX64.EFI": "shim as Ubuntu has it",
      "EFI/UBUNTU/SHIMX64.EFI": "shim as Ubuntu has it",
      "EFI/UBUNTU/GRUBX64.EFI": "MZ GRUB /EFI/ubuntu\0",
      "EFI/UBUNTU/MMX64.EFI": "key manager",
    });
    expect(disk).toMatchObject({ name: "Ubuntu 24.04.3 LTS", kernel: { release: "6.8.0-79-generic" } });
    expect(disk.unpredicted).toBe(
      "it was not made by dracut, or does not say by which: what it does with an NBFT is not known",
    );
    expect(disk.problems.filter(({ fatal }) => fatal)).not.toEqual([]);
  });

  it("has the identifiers of etc/fstab, and names what it waits for in vain", async () => {
    const fstab = [
      "UUID=11111111-2222-4333-8444-555555555555 / ext4 errors=remount-ro 0 1",
      "UUID=ABCD-1234 /boot/efi vfat umask=0077 0 1",
      "UUID=99999999-2222-4333-8444-555555555555 none swap sw 0 0",
      "/dev/sdb1 /srv ext4 defaults 0 2",
      "/dev/sdc1 /mnt ext4 defaults,nofail 0 2",
      "tmpfs /tmp tmpfs defaults 0 0",
    ];
    const { disk, path } = await write(treeOf({ ...debian, "etc/fstab": `${fstab.join("\n")}\n` }));
    const { esp } = contents(path, 512);
    const reader = openFile(path);
    expect(new DataView(reader.read(esp.offset + 67, 4).slice().buffer).getUint32(0, true)).toBe(0xabcd1234);
    reader.close();
    expect(disk.commandLine).toContain("root=UUID=11111111-2222-4333-8444-555555555555 ro ");
    expect(disk.problems.filter(({ file }) => file === "etc/fstab")).toEqual([
      expect.objectContaining({ fatal: true, message: expect.stringContaining("/srv is mounted from /dev/sdb1") }),
      expect.objectContaining({ fatal: false, message: expect.stringContaining("swap on UUID=99999999") }),
    ]);
  });

  it("has the newest kernel with an initramfs, or the one that is named", async () => {
    const files = {
      ...debian,
      "boot/vmlinuz-6.9.1": "old",
      "boot/initrd.img-6.9.1": initramfs(),
      "boot/vmlinuz-7.0": "new",
    };
    const tree = treeOf(files);
    expect((await write(tree)).disk.kernel.release).toBe(release);
    expect((await write(tree, { kernel: "6.9.1" })).disk.kernel.image).toBe("boot/vmlinuz-6.9.1");
    await expect(write(tree, { kernel: "7.0" })).rejects.toThrow("kernel 7.0 has no initramfs");
    await expect(write(tree, { kernel: "5.0" })).rejects.toThrow(`no kernel 5.0; there are 6.9.1, ${release}, 7.0`);
  });

  it("says before any boot what its initramfs lacks", async () => {
    const bare = Object.fromEntries(
      Object.entries(debian13).filter(([name]) => !/nvmf|nvme|NetworkManager|nm-/.test(name)),
    );
    const { disk } = await write(treeOf({ ...debian, [`boot/initrd.img-${release}`]: initramfs(bare) }));
    const messages = disk.problems.map(({ fatal, message }) => `${fatal ? "fatal" : "note"}: ${message}`);
    expect(messages).toEqual(
      expect.arrayContaining([
        expect.stringMatching(/^fatal: dracut's module nvmf is missing/),
        expect.stringMatching(/^fatal: nvme-cli is missing/),
        expect.stringMatching(/^fatal: the kernel module nvme_tcp is missing/),
        expect.stringMatching(/^note: NetworkManager and network-legacy are missing/),
      ]),
    );
    const legacy = { ...bare, "usr/lib/dracut/hooks/cmdline/98-parse-ip-opts.sh": "#!/bin/sh\n" };
    const older = await write(treeOf({ ...debian, [`boot/initrd.img-${release}`]: initramfs(legacy) }));
    expect(older.disk.problems.map(({ message }) => message).join("\n")).not.toContain("network-legacy");
    expect(older.disk.initramfs.networkLegacy).toBeDefined();
    expect(disk.unpredicted).toBe("it has no nvme-cli");
  });

  it("says that firmware cannot read a kernel by systemd-boot or in a unified image", async () => {
    const large = Buffer.alloc(5 << 20, 0x55);
    const files = {
      ...without(
        debian,
        "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed",
        "usr/lib/grub/x86_64-efi/monolithic/grubx64.efi",
      ),
      "usr/lib/systemd/boot/efi/systemd-bootx64.efi.signed": "#### LoaderInfo: systemd-boot 257 ####",
      "boot/efi/EFI/Linux/debian.efi": large,
      [`boot/vmlinuz-${release}`]: large,
    };
    const tree = treeOf(files);
    const { disk, path } = await write(tree);
    expect(disk.loader).toMatchObject({ kind: "systemd-boot" });
    expect(disk.findings).toEqual([
      expect.objectContaining({ severity: "error", message: expect.stringContaining("Use GRUB") }),
    ]);
    expect(contents(path, 512).files["LOADER/ENTRIES/NBFT.CONF"]).toContain(`options root=UUID=${disk.rootUuid} rw`);
    const unified = await write(tree, { loader: "uki" });
    expect(unified.disk.findings).toEqual([expect.objectContaining({ severity: "error" })]);
    await expect(write(tree, { loader: "grub" })).rejects.toThrow("grub-efi-amd64-signed shim-signed");
  });

  it("leaves nothing behind where it cannot be made", async () => {
    const before = readdirSync(scratch);
    const names = [`boot/vmlinuz-${release}`, `boot/initrd.img-${release}`];
    const bare = treeOf(without(debian, ...names));
    await expect(write(bare)).rejects.toThrow(`${bare}: no kernel in boot/vmlinuz-*`);
    await expect(write(treeOf(without(debian, names[1]!)))).rejects.toThrow(`kernel ${release} has no initramfs`);
    await expect(write(treeOf(debian), { size: 300 * mebibyte })).rejects.toThrow(/needs a disk of \d+ MiB at least/);
    await expect(write(join(scratch, "nothing"))).rejects.toThrow("there is no such file or folder");
    await expect(write(treeOf({ ...debian, "proc/self": "" }))).rejects.toThrow("running system");
    expect(readdirSync(scratch).filter((name) => !before.includes(name) && !/^tree\d+$/.test(name))).toEqual([]);
  });

  it("gives the files of a tar to their owners, without root's rights", async () => {
    const tar = join(scratch, "tree.tar");
    const options = ["--owner=7", "--group=9", "--mode=u-r+xs", "--mtime=@0"];
    const files = { ...debian, 'home/a "b" \u00fc': "x", "dev/null": "no device" };
    execFileSync(findProgram("tar")!, ["-cf", tar, ...options, "-C", treeOf(files), "."]);
    vi.spyOn(process, "getuid").mockReturnValue(1000);
    const { path } = await write(tar);
    const { root } = contents(path, 512);
    for (const file of ["/usr/sbin/nvme", '"/home/a ""b"" \u00fc"', "/etc/os-release"])
      expect(debugfs(path, root.offset, `stat ${file}`)).toMatch(/User: +7 +Group: +9 /);
    expect(debugfs(path, root.offset, "stat /usr/sbin/nvme")).toMatch(/Mode: +04344 /);
    expect(debugfs(path, root.offset, "cat /usr/sbin/nvme")).toBe("nvme");
    expect(debugfs(path, root.offset, "ls -p /dev")).not.toContain("null");
    expect(readdirSync(scratch).filter((name) => name.startsWith(".nbft"))).toEqual([]);
  });

  it("gives to root what belongs to the user who made the folder", async () => {
    const tree = treeOf(debian);
    vi.spyOn(process, "getuid").mockReturnValue(1000);
    const { disk } = await write(tree);
    // Nothing in the tree belongs to user 1000.
    expect(disk.notes).toEqual([expect.stringContaining("belong to other users (0)")]);
    expect(existsSync(tree)).toBe(true);
  });
});

it("parseTarListing reads names, owners, permissions and how many files have attributes", () => {
  const listing = [
    "drwxr-xr-x  0/0               0 2026-12-01 00:49 ./",
    "-rwsr-x--T* 100/101       35664 2026-12-01 00:49:14.639593312 ./ping",
    "  x: 20 security.capability",
    "-rw-r--r--  0/42              2 2026-12-01 00:49 ./\\303\\274\\nn",
    "lrwxrwxrwx  0/0               0 2026-12-01 00:49 ./link -> x -> y",
    "hrw-r--r--  0/0               0 2026-12-01 00:49 ./hard link to ./a b",
    "crw-rw-rw-  0/0             5,1 2026-12-01 00:43 ./dev/console",
    "",
  ];
  expect(parseTarListing(listing.join("\n"))).toEqual({
    owners: [
      { path: "ping", uid: 100, gid: 101, mode: 0o105750 },
      { path: "\u00fc\nn", uid: 0, gid: 42, mode: 0o100644 },
      { path: "link", uid: 0, gid: 0, mode: 0o120777 },
      { path: "hard", uid: 0, gid: 0, mode: 0o100644 },
    ],
    attributes: 1,
  });
});
