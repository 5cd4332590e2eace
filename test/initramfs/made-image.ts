import { encodeCpio } from "../../src/acpi/cpio.ts";

/** Files of an initramfs by name; a value that begins with `->` is a symbolic link. */
export type MadeFiles = Readonly<Record<string, string>>;

/** An initramfs as Debian 13's dracut makes one, of files that hold as much of the real ones as is looked at. */
export const debian13: MadeFiles = {
  "etc/initrd-release": 'NAME=dracut\nID=dracut\nVERSION_ID="106-6"\n',
  "etc/nvme/hostnqn": "nqn.2014-08.org.nvmexpress:uuid:11111111-2222-4333-8444-555555555555\n",
  "etc/nvme/hostid": "11111111-2222-4333-8444-555555555555\n",
  "etc/nvme/discovery.conf": "",
  lib: "->usr/lib",
  sbin: "->/usr/sbin",
  "usr/bin/jq": "\x7fELF",
  "usr/lib/dracut/hooks/cmdline/92-parse-nvmf-boot-connections.sh": "#!/bin/sh\n",
  "usr/lib/dracut/hostonly-kernel-modules.txt": "virtio_net\n",
  "usr/lib/modules/6.12.0/kernel/drivers/nvme/host/nvme-tcp.ko.xz": "",
  "usr/lib/modules/6.12.0/kernel/drivers/net/virtio_net.ko.xz": "",
  "usr/lib/modules/6.12.0/modules.builtin": "kernel/net/8021q/8021q.ko\n",
  "usr/lib/x86_64-linux-gnu/libnvme.so.1": "->libnvme.so.1.13.0",
  "usr/libexec/nm-initrd-generator": "\x7fELF\x001.52.1\0",
  "usr/sbin/NetworkManager": "\x7fELF\x001.52.1\0",
  "usr/sbin/nvme": "\x7fELF\x002.13\0%s %s version %s (git %s)\0",
};

/** An archive of such files. */
export function archiveOf(files: MadeFiles): Uint8Array {
  const encoder = new TextEncoder();
  return encodeCpio(
    Object.entries(files).map(([name, text]) =>
      text.startsWith("->")
        ? { name, data: encoder.encode(text.slice(2)), mode: 0o120777 }
        : { name, data: encoder.encode(text) },
    ),
  );
}

/** Those files with others; a value of undefined takes one away. */
export function changed(changes: Readonly<Record<string, string | undefined>>): MadeFiles {
  const all = { ...debian13, ...changes };
  return Object.fromEntries(Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined));
}
