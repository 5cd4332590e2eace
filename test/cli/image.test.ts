import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { runCli } from "../helpers/cli.ts";
import { needsPrograms } from "../helpers/needs.ts";
import { debian, initramfs, release, writeTree } from "../helpers/system-tree.ts";

const scratch = mkdtempSync(join(tmpdir(), "nbft-image-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));
const disk = join(scratch, "disk.img");
const programs = needsPrograms(["mke2fs", "debugfs", "tar"], "disk images of a distribution's files");

describe.skipIf(!programs)("nbft image", () => {
  it("says what it has made, as text and JSON, and what is wrong in colour", async () => {
    const tree = writeTree(join(scratch, "tree"), debian);
    const { code, out } = await runCli(["image", tree, "-w", disk, "--block-size", "4096", "--size", "600"]);
    expect(code).toBe(0);
    expect(out).toContain(`${disk}: 600 MiB, blocks of 4096\n  system          Debian GNU/Linux 13 (trixie)\n`);
    expect(out).toContain("\n  GRUB            usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed\n");
    const json = JSON.parse((await runCli(["image", tree, "-w", disk, "-o", "json"])).out);
    expect(json).toMatchObject({ blockSize: 512, kernel: { release }, initramfs: { dracut: { value: "106-6" } } });
    const colored = await runCli(["image", tree, "-w", disk, "--drivers", "bnxt_en", "--color", "always"]);
    expect(colored.code).toBe(1);
    expect(colored.out).toContain(
      "\u001b[31mcannot boot\u001b[0m: the kernel module bnxt_en of a network card is missing",
    );
  });

  it("writes through a symbolic link, and names a file by what was given", async () => {
    const tree = writeTree(join(scratch, "linked-tree"), debian);
    mkdirSync(join(scratch, "disks"));
    const link = join(scratch, "link.img");
    symlinkSync("disks/real.img", link);
    expect((await runCli(["image", tree, "-w", link])).code).toBe(0);
    expect([lstatSync(link).isSymbolicLink(), readdirSync(join(scratch, "disks"))]).toEqual([true, ["real.img"]]);
    const nowhere = join(scratch, "nowhere/disk.img");
    for (const source of [tree, "LICENSE"]) {
      const { code, err } = await runCli(["image", source, "-w", nowhere]);
      expect([code, err]).toEqual([2, `nbft: ${nowhere}: no such file or directory\n`]);
    }
  });

  it("ends with 2, and makes nothing, where a tree cannot boot at all", async () => {
    rmSync(disk, { force: true });
    const empty = writeTree(join(scratch, "empty"), { [`boot/initrd.img-${release}`]: initramfs() });
    const { code, err } = await runCli(["image", empty, "-w", disk]);
    expect(code).toBe(2);
    expect(err).toContain(`nbft: ${empty}: no kernel in boot/vmlinuz-*`);
    expect(existsSync(disk)).toBe(false);
    expect((await runCli(["image", empty, "-w", "-"])).err).toContain("-w -: a disk image is made in a file");
  });
});
