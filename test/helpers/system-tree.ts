import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { archiveOf, debian13, type MadeFiles } from "../initramfs/made-image.ts";

/** Files of a small system by name; a value that begins with `->` is a symbolic link. */
export type SystemFiles = Readonly<Record<string, string | Uint8Array>>;

export const release = "6.12.117+deb13-cloud-amd64";

/** An initramfs for the made kernel. */
export function initramfs(files: MadeFiles = debian13): Uint8Array {
  return archiveOf(
    Object.fromEntries(Object.entries(files).map(([name, text]) => [name.replace("/6.12.0/", `/${release}/`), text])),
  );
}

/** A system as Debian's packages lay it out. */
export const debian: SystemFiles = {
  "etc/os-release": "->../usr/lib/os-release",
  "usr/lib/os-release": 'PRETTY_NAME="Debian GNU/Linux 13 (trixie)"\nID=debian\n',
  "etc/fstab": "# UNCONFIGURED FSTAB FOR BASE SYSTEM\n",
  [`boot/vmlinuz-${release}`]: "the kernel",
  [`boot/initrd.img-${release}`]: initramfs(),
  "usr/lib/shim/shimx64.efi.signed": "shim",
  "usr/lib/shim/mmx64.efi": "key manager, not signed",
  "usr/lib/shim/mmx64.efi.signed": "key manager",
  "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed": "MZ GRUB /EFI/debian\0",
  "usr/lib/grub/x86_64-efi/monolithic/grubx64.efi": "MZ GRUB, not signed /EFI/debian\0",
  "usr/lib/systemd/systemd": "init",
  "usr/sbin/nvme": "nvme",
};

/** The same system as Fedora lays it out. */
export const fedora: SystemFiles = {
  "usr/lib/os-release": "NAME='Fedora Linux'\nPRETTY_NAME='Fedora Linux 43'\nID=fedora\n",
  [`boot/vmlinuz-${release}`]: "the kernel",
  [`boot/initramfs-${release}.img`]: initramfs(),
  "boot/vmlinuz-0-rescue-42": "rescue",
  "boot/initramfs-0-rescue-42.img": "rescue",
  [`boot/loader/entries/42-${release}.conf`]: `title Fedora Linux\nversion ${release}\nlinux /vmlinuz-${release}\ninitrd /initramfs-${release}.img $tuned_initrd\noptions root=UUID=0000 ro rootflags=subvol=root rd.lvm.lv=a/b rd.luks.uuid=1 console=tty1 crashkernel=1G audit=0 $tuned_params\n`,
  "boot/efi/EFI/BOOT/BOOTX64.EFI": "shim as Fedora has it",
  "boot/efi/EFI/BOOT/fbx64.efi": "makes boot options, and resets",
  "boot/efi/EFI/fedora/shimx64.efi": "shim as Fedora has it",
  "boot/efi/EFI/fedora/mmx64.efi": "key manager",
  "boot/efi/EFI/fedora/grubx64.efi": "MZ GRUB /EFI/fedora\0",
  "usr/sbin/init": "->../lib/systemd/systemd",
  "usr/lib/systemd/systemd": "init",
  "usr/bin/nvme": "nvme",
};

/** The same system as Ubuntu lays it out: its shim is a link that leads through alternatives, its initramfs is not dracut's. */
export const ubuntu: SystemFiles = {
  ...Object.fromEntries(Object.entries(debian).filter(([name]) => !/shim|initrd|os-release|vmlinuz/.test(name))),
  "usr/lib/os-release": 'PRETTY_NAME="Ubuntu 24.04.3 LTS"\nID=ubuntu\n',
  "boot/vmlinuz-6.8.0-79-generic": "the kernel",
  "boot/vmlinuz": "->vmlinuz-6.8.0-79-generic",
  "boot/initrd.img": "->initrd.img-6.8.0-79-generic",
  "boot/initrd.img-6.8.0-79-generic": archiveOf({
    init: "#!/bin/sh\n",
    "conf/initramfs.conf": "MODULES=most\n",
    "usr/lib/modules/6.8.0-79-generic/kernel/drivers/nvme/host/nvme-tcp.ko.zst": "",
  }),
  "etc/alternatives/shimx64.efi.signed": "->/usr/lib/shim/shimx64.efi.signed.latest",
  "usr/lib/shim/shimx64.efi.signed": "->/etc/alternatives/shimx64.efi.signed",
  "usr/lib/shim/shimx64.efi.signed.latest": "shim as Ubuntu has it",
  "usr/lib/shim/mmx64.efi": "key manager",
  "usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed": "MZ GRUB /EFI/ubuntu\0",
};

/** Writes such files below a folder. */
export function writeTree(folder: string, files: SystemFiles): string {
  for (const [name, content] of Object.entries(files)) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    if (typeof content === "string" && content.startsWith("->")) symlinkSync(content.slice(2), path);
    else writeFileSync(path, content);
  }
  return folder;
}
