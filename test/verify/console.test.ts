import { describe, expect, it } from "vitest";
import { consoleOf } from "../../src/verify/facts/console.ts";

describe("a console", () => {
  it.each([
    ["dracut", "[ 61.4] dracut-initqueue[448]: Warning: Could not boot.\r\n"],
    ["systemd", "\x1b[0;1;39mYou are in emergency mode. After logging in, type\r\n"],
    ["a locked root account", "Cannot open access to console, the root account is locked.\r\n"],
    ["initramfs-tools", "ALERT!  UUID=0815 does not exist.  Dropping to a shell!\r\n\r\n(initramfs) "],
    ["dracut, at a disk", '[ 61.4] dracut-initqueue[448]: Warning: "/dev/disk/by-uuid/0815" does not exist\r\n'],
    ["dracut, by its report", 'Generating "/run/initramfs/rdsosreport.txt"\r\n'],
    ["initramfs-tools, at a disk", "Gave up waiting for root file system device.  Common problems:\r\n"],
    ["initramfs-tools, at init", "No init found. Try passing init= bootarg.\r\n"],
    ["Alpine", "initramfs emergency recovery shell launched. Type 'exit' to continue boot\r\n"],
    ["systemd, at the root", "[\x1b[0;1;38;5;185mDEPEND\x1b[0m] Dependency failed for sysroot.mount - /sysroot.\r\n"],
    [
      "systemd, at switch-root",
      "[ 9.0] systemd[1]: Failed to switch root: Specified switch root path does not seem to be an OS tree.\r\n",
    ],
    ["dracut, without a prefix", "Warning: /dev/disk/by-uuid/0815 does not exist\r\n"],
    ["dracut, without systemd", "[ 61.4] dracut Warning: /dev/disk/by-uuid/0815 does not exist\r\n"],
    ["initramfs-tools, at fsck", "The root filesystem on /dev/nvme0n1p2 requires a manual fsck\r\n"],
    [
      "the kernel, before it panics",
      '[    5.1] VFS: Cannot open root device "UUID=0815" or unknown-block(0,0): error -6\r\n',
    ],
    ["mkinitcpio", "You are now being dropped into an emergency shell.\r\n"],
    ["GRUB", "error: no such device: 0815.\r\nEntering rescue mode...\r\ngrub rescue> "],
    [
      "the firmware at a fault",
      "\x1b[40m!!!! X64 Exception Type - 0D(#GP - General Protection)  CPU Apic ID - 00000000 !!!!\r\n",
    ],
    ["the firmware", 'BdsDxe: starting Boot0001\r\nBdsDxe: failed to start Boot0001 "UEFI NVMeOF": Aborted\r\n'],
  ])("shows that %s gave up", (_, text) => {
    expect(consoleOf(text).failures.length).toBeGreaterThan(0);
  });

  it.each([
    [
      "a boot option that was tried before the right one",
      "BdsDxe: failed to start Boot0001\r\n[    0.1] Linux version 6.12\r\n",
    ],
    ["a shell that was left, before a quiet kernel", "UEFI Interactive Shell v2.2\r\n[  OK  ] Started ssh.service\r\n"],
    [
      "a timeout that was waited out",
      "[ 4.0] dracut-initqueue[4]: Warning: dracut-initqueue: starting timeout scripts\r\n",
    ],
    ["a file system that is not the root's", "[DEPEND] Dependency failed for srv.mount - /srv.\r\n"],
    ["a mount below the root", "[DEPEND] Dependency failed for /sysroot/srv.\r\n"],
    ["a data disk's fsck", "/dev/vdb1: UNEXPECTED INCONSISTENCY; RUN fsck MANUALLY.\r\n"],
    ["a service's own disk", "[ 12.3] backup[33]: Warning: /dev/vdb1 does not exist\r\n"],
    ["another init in the place of the one asked for", "Target filesystem doesn't have requested /sbin/other.\r\n"],
    [
      "a shutdown without an initramfs",
      '[ 99.0] systemd-shutdown[1]: Failed to switch root to "/run/initramfs": No such file or directory\r\n',
    ],
    ["a device that was resumed from", "Gave up waiting for suspend/resume device\r\n"],
    ["emergency.service being loaded", "[ 2.0] systemd[1]: Listening on emergency.socket\r\n"],
  ])("shows no failure in %s", (_, text) => {
    expect(consoleOf(text)).toMatchObject({ failures: [], panics: [] });
  });

  it("shows how far a system came", () => {
    const text =
      "[    0.0] Linux version 6.12.1 (x)\r\n[\x1b[0;32m  OK  \x1b[0m] Reached target multi-user.target\r\ndebian login: ";
    expect(consoleOf(text)).toMatchObject({
      linux: "6.12.1",
      reached: ["[  OK  ] Reached target multi-user.target", "debian login:"],
    });
  });

  it("of anything at all is read in time that follows its size", () => {
    const start = performance.now();
    consoleOf("\x1b[".repeat(200_000));
    consoleOf(`ALERT! ${" does not exist.".repeat(50_000)}`);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
