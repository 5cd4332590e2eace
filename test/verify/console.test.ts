import { describe, expect, it } from "vitest";
import { withoutEscapes } from "../../src/text/terminal.ts";
import { consoleOf, failures, returns } from "../../src/verify/facts/console.ts";

/** What programs write when they give up: where it is in their source, or in which binary of Debian, and a console with it. */
const gaveUp: readonly (readonly [origin: string, text: string])[] = [
  [
    "Linux 6.12 and 7.2, init/do_mounts.c",
    '[    5.1] VFS: Cannot open root device "UUID=0815" or unknown-block(0,0): error -6\r\n',
  ],
  ["Linux 6.12, arch/x86/boot/compressed/misc.c", "XZ-compressed data is corrupt\r\n\r\n -- System halted\r\n"],
  [
    "Linux 6.12, drivers/firmware/efi/libstub/x86-stub.c",
    "EFI stub: ERROR: Failed to decompress kernel\r\nEFI stub: ERROR: efi_stub_entry() failed!\r\n",
  ],
  [
    "dracut 106 and 112, dracut-initqueue.sh, recorded with dracut-refused-host",
    "[ 61.4] dracut-initqueue[448]: Warning: Could not boot.\r\n",
  ],
  [
    "dracut 106 and 112, dracut-lib.sh emergency_shell, rd.shell=0",
    '[ 64.2] dracut-initqueue[448]: Warning: Boot has failed. To debug this issue add "rd.shell rd.debug" to the kernel command line.\r\n',
  ],
  ["dracut 106 and 112, dracut-mount.sh", "[ 61.0] dracut-mount[500]: Warning: Can't mount root filesystem\r\n"],
  ["dracut 106 and 112, dracut-lib.sh die", "[    3.0] dracut: FATAL: No or empty root= argument\r\n"],
  ["dracut 106 and 112, dracut-lib.sh die", "[    3.0] dracut: Refusing to continue\r\n"],
  ["dracut 106 and 112, rdsosreport.sh", 'Generating "/run/initramfs/rdsosreport.txt"\r\n'],
  [
    "dracut 106 and 112, dracut-dev-lib.sh",
    '[ 61.4] dracut-initqueue[448]: Warning: "/dev/disk/by-uuid/0815" does not exist\r\n',
  ],
  ["dracut 055 to 112, dracut-dev-lib.sh", 'Warning: "/dev/disk/by-uuid/0815" does not exist\r\n'],
  [
    "dracut 106 and 112 without systemd, dracut-lib.sh warn",
    '[ 61.4] dracut Warning: "/dev/disk/by-uuid/0815" does not exist\r\n',
  ],
  [
    "dracut 106 and 112 without systemd, init.sh",
    "Cannot find init!\r\nPlease check to make sure you passed a valid root filesystem!\r\n",
  ],
  [
    "dracut 106 and 112 without systemd, init.sh",
    "dracut Warning: Something went very badly wrong in the initramfs.  Please \r\n",
  ],
  ["dracut 106 and 112, selinux-loadpolicy.sh", "[ 9.1] dracut-pre-pivot[700]: Warning: Not continuing\r\n"],
  ["dracut 106 and 112, dracut-emergency.sh", "Entering emergency mode. Exit the shell to continue.\r\n"],
  ["dracut 106 and 112 without systemd, dracut-lib.sh", "Dropping to debug shell.\r\n"],
  [
    "dracut 106 and 112, dracut-emergency.service",
    "         Starting dracut-emergency.service - Dracut Emergency Shell...\r\n",
  ],
  ["Fedora CoreOS, ignition-emergency-shell.sh", "Press Enter for emergency shell or wait 5 minutes for reboot.\r\n"],
  ["systemd 257 and 262, sulogin-shell.c", "\x1b[0;1;39mYou are in emergency mode. After logging in, type\r\n"],
  [
    "systemd 257, units/emergency.target",
    "[\x1b[0;32m  OK  \x1b[0m] Reached target \x1b[0;1;39memergency.target\x1b[0m - Emergency Mode.\r\n",
  ],
  ["systemd 257, status_unit_format=description", "[  OK  ] Reached target Emergency Mode.\r\n"],
  ["systemd 257, units/rescue.target", "[  OK  ] Reached target rescue.target - Rescue Mode.\r\n"],
  ["systemd 257, units/emergency.service", "[  OK  ] Started emergency.service - Emergency Shell.\r\n"],
  ["systemd 257, at the root", "[\x1b[0;1;38;5;185mDEPEND\x1b[0m] Dependency failed for sysroot.mount - /sysroot.\r\n"],
  ["systemd 257, status_unit_format=description", "[DEPEND] Dependency failed for /sysroot.\r\n"],
  ["systemd 257, units/initrd-fs.target", "[DEPEND] Dependency failed for initrd-fs.target - Initrd File Systems.\r\n"],
  ["systemd 257, at the root's file system", "[FAILED] Failed to mount sysroot.mount - /sysroot.\r\n"],
  [
    "systemd 257, units/initrd-switch-root.service",
    "[FAILED] Failed to start initrd-switch-root.service - Switch Root.\r\n",
  ],
  [
    "systemd 257 and 262, core/dbus-manager.c by systemctl-switch-root.c",
    "[ 9.0] systemctl[600]: Failed to switch root: Specified switch root path '/sysroot' does not seem to be an OS tree. os-release file is missing.\r\n",
  ],
  [
    "systemd 257 and 262, core/main.c",
    "[ 9.0] systemd[1]: Failed to switch root, trying to continue: No such file\r\n",
  ],
  ["systemd 257, core/main.c", "[\x1b[0;1;31m  !!  \x1b[0m] Failed to execute /sbin/init\r\n"],
  ["systemd 257, core/main.c", "[!!!!!!] Switch root target contains no usable init.\r\n"],
  ["systemd 257 and 262, core/crash-handler.c", "[ 9.1] systemd[1]: Freezing execution.\r\n"],
  [
    "util-linux 2.41 and 2.42, sulogin.c",
    "\r\nCannot open access to console, the root account is locked.\r\nSee sulogin(8) man page for more details.\r\n",
  ],
  [
    "util-linux 2.41 and 2.42, sulogin.c",
    "Enter root password for system maintenance\r\n(or press Control-D to continue): ",
  ],
  ["util-linux 2.41 and 2.42, sulogin.c", "Press Enter for system maintenance\r\n(or press Control-D to continue): "],
  [
    "util-linux 2.38, and busybox 1.38, sulogin.c",
    "Give root password for maintenance\r\n(or press Control-D to continue): ",
  ],
  ["util-linux 2.38, sulogin.c", "Press Enter for maintenance\r\n(or press Control-D to continue): "],
  [
    "initramfs-tools 0.148 and 0.151, scripts/local",
    "ALERT!  UUID=0815 does not exist.  Dropping to a shell!\r\n\r\n(initramfs) ",
  ],
  [
    "cryptsetup-initramfs 2.8.8, scripts/local-top/cryptroot",
    "ALERT! encrypted source device UUID=0815 does not exist, can't unlock root.\r\n",
  ],
  [
    "initramfs-tools 0.142 to 0.151, scripts/local",
    "Gave up waiting for root file system device.  Common problems:\r\n",
  ],
  [
    "initramfs-tools 0.148 and 0.151, scripts/local",
    "No root device specified. Boot arguments must include a root= parameter.\r\n",
  ],
  ["initramfs-tools 0.148 and 0.151, scripts/local", "Failed to mount /dev/nvme0n1p2 as root file system.\r\n"],
  [
    "initramfs-tools 0.148 and 0.151, scripts/functions",
    "The root filesystem on /dev/nvme0n1p2 requires a manual fsck\r\n",
  ],
  ["initramfs-tools 0.148 and 0.151, init", "No init found. Try passing init= bootarg.\r\n"],
  [
    "initramfs-tools 0.148 and 0.151, scripts/functions, panic=-1",
    "Rebooting automatically due to panic= boot argument\r\n",
  ],
  ["mkinitcpio of April 2026, init_functions", "You are now being dropped into an emergency shell.\r\n"],
  [
    "mkinitcpio of April 2026, init",
    "ERROR: Failed to mount the real root device.\r\nBailing out, you are on your own. Good luck.\r\n",
  ],
  ["mkinitcpio of April 2026, init_functions", "ERROR: Bailing out. Run 'fsck /dev/nvme0n1p2' manually\r\n"],
  [
    "Alpine's mkinitfs of November 2025, initramfs-init.in",
    "Mounting root: failed. \r\nLaunching initramfs emergency recovery shell.\r\n",
  ],
  [
    "Alpine's mkinitfs before, initramfs-init.in",
    "initramfs emergency recovery shell launched. Type 'exit' to continue boot\r\n",
  ],
  ["GRUB 2.14, kernel.img", "error: no such device: 0815.\r\nEntering rescue mode...\r\ngrub rescue> "],
  ["GRUB 2.14, kernel.img, locked down", "Rescue mode has been disabled...\r\n"],
  [
    "GRUB 2.14, normal.mod",
    "                    GNU GRUB  version 2.14\r\n\r\n   Minimal BASH-like line editing is supported. For the first word, TAB\r\n\r\ngrub> ",
  ],
  [
    "GRUB 2.14, linux.mod",
    "error: file `/vmlinuz' not found.\r\nerror: you need to load the kernel first.\r\n\r\nPress any key to continue...",
  ],
  ["GRUB 2.14, normal.mod", "Failed to boot both default and fallback entries.\r\n"],
  ["shim 16.1, shim.c", "Something has gone seriously wrong: import_mok_state() failed: Volume Full\r\n"],
  ["shim 16.1, pe.c", "Verification failed: Security Violation\r\n"],
  ["shim 16.1, shim.c", "start_image() returned Not Found\r\n"],
  ["systemd-boot 257, boot.c", "Error loading \\EFI\\Linux\\x.efi: Not found\r\n"],
  ["systemd-boot 257, boot.c", "No loader found. Configuration files in \\loader\\entries\\*.conf are needed.\r\n"],
  ["systemd-boot 257 and 262, log.c", "systemd-boot: Unknown error, halting.\r\n"],
  [
    "edk2, DefaultExceptionHandlerLib",
    "\x1b[40m!!!! X64 Exception Type - 0D(#GP - General Protection)  CPU Apic ID - 00000000 !!!!\r\n",
  ],
  [
    "OVMF 2025.02, PlatformBmPrintScLib",
    'BdsDxe: starting Boot0001\r\nBdsDxe: failed to start Boot0001 "UEFI NVMeOF" from Fv(x): Aborted\r\n',
  ],
  [
    "OVMF 2025.02, PlatformBmPrintScLib",
    'BdsDxe: failed to load Boot0002 "UEFI QEMU HARDDISK QM00001 " from PciRoot(0x0): Not Found\r\n',
  ],
  ["OVMF 2025.02, BdsDxe", "BdsDxe: No bootable option or device was found.\r\n"],
  ["edk2, Shell", "UEFI Interactive Shell v2.2\r\n"],
  ["edk2 before BdsDxe, and Hyper-V", "Boot Failed. EFI SCSI Device.\r\n"],
  [
    "SeaBIOS 1.17, boot.c",
    "Booting from Hard Disk...\r\nBoot failed: not a bootable disk\r\n\r\nNo bootable device.\r\n",
  ],
];

describe("a console", () => {
  it.each(gaveUp)("shows that it gave up: %s", (_, text) => {
    expect(consoleOf(text).failures.length).toBeGreaterThan(0);
  });

  it("has an example with its origin of every word by which a boot is taken for failed", () => {
    const lines = gaveUp.flatMap(([, text]) => withoutEscapes(text).split(/[\r\n]+/)).map((line) => line.trim());
    expect([...failures, ...returns].filter((words) => !lines.some((line) => words.test(line)))).toEqual([]);
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
    [
      "what waits of dracut's queue, named once it takes long",
      "[ 4.0] dracut-initqueue[4]: Warning: dracut-initqueue: timeout, still waiting for following initqueue hooks:\r\n[ 4.1] dracut-initqueue[4]: Warning: Not all disks have been found.\r\n",
    ],
    [
      "one connection that failed",
      "[ 12.1] nvmf-autoconnect.sh[300]: Failed to write to /dev/nvme-fabrics: Connection timed out\r\n",
    ],
    ["an archive of the initramfs that the kernel skips", "[ 1.0] Initramfs unpacking failed: invalid magic\r\n"],
    [
      "a boot loader that was tried before a kernel without times",
      "Verification failed: Security Violation\r\nLinux version 6.12.1 (debian)\r\n",
    ],
    [
      "a boot option before a kernel that names its callers",
      "BdsDxe: failed to load Boot0001\r\n[    0.000000][    T0] Linux version 6.12.1\r\n",
    ],
    ["words of the command line", "[ 0.0] Kernel command line: rd.emergency=reboot systemd.unit=multi-user.target\r\n"],
    ["a kernel that sleeps", "[ 50.0] Freezing user space processes completed (elapsed 0.001 seconds)\r\n"],
    ["a backup of its own words", "[ 33.1] backup[3]: Boot failed: retry\r\n"],
    ["a device that timed out", "[ TIME ] Timed out waiting for device dev-vdb1.device - /dev/vdb1.\r\n"],
    ["a mount below the root that failed", "[FAILED] Failed to mount /sysroot/srv.\r\n"],
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

  it("is read to the end of a line that firmware drew by moving the cursor", () => {
    const screen = Array.from({ length: 24 }, (_, row) => `\x1b[${row + 1};1H${"Boot Manager ".repeat(4)}`).join("");
    const text = `${screen}\x1b[24;1HBdsDxe: No bootable option or device was found.\x1b[K`;
    expect(consoleOf(text).failures).toEqual([expect.stringContaining("BdsDxe: No bootable option or device")]);
    for (let before = 0; before < 420; before++)
      expect(consoleOf(`${"x".repeat(before)} Warning: Could not boot.`).failures).toHaveLength(1);
  });

  it("of anything at all is read in time that follows its size", () => {
    const start = performance.now();
    consoleOf("\x1b[".repeat(200_000));
    consoleOf(`ALERT! ${" does not exist.".repeat(50_000)}`);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
