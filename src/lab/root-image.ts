import { mkdirSync, readFileSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Children } from "./children.ts";
import { rootInitSh } from "./generated/guest-scripts.ts";
import { needProgram } from "./programs.ts";

/** UUID and label of the file system that the lab's namespaces hold. */
export const rootUuid = "4e424654-0007-4c61-b000-000000000001";
export const rootLabel = "nbft-root";

/**
 * The smallest root file system that systemd switches to: busybox and a script as init, in an ext4 image of 8 MiB. Made without root's rights.
 *
 * @param scratch a folder that does not exist yet; it is removed again.
 */
export async function makeRootImage(path: string, busybox: string, scratch: string, children: Children): Promise<void> {
  const mke2fs = needProgram("mke2fs", "makes the root file system");
  try {
    for (const folder of [
      "bin",
      "dev",
      "etc",
      "proc",
      "run",
      "sys",
      "sysroot",
      "tmp",
      "usr/bin",
      "usr/lib",
      "usr/sbin",
      "sbin",
    ])
      mkdirSync(join(scratch, folder), { recursive: true });
    writeFileSync(join(scratch, "bin/busybox"), readFileSync(busybox), { mode: 0o755 });
    // switch-root wants to see an os-release before it takes a folder for a system.
    writeFileSync(join(scratch, "etc/os-release"), 'ID=nbft-lab\nNAME="NBFT lab root"\n');
    writeFileSync(join(scratch, "nbft-init"), rootInitSh, { mode: 0o755 });
    for (const applet of [
      "sh",
      "cat",
      "cp",
      "ls",
      "mount",
      "grep",
      "poweroff",
      "dmesg",
      "ip",
      "sed",
      "sync",
      "mkdir",
      "mknod",
      "timeout",
      "rm",
      "stty",
    ])
      symlinkSync("busybox", join(scratch, "bin", applet));
    await formatTree(mke2fs, path, scratch, "8M", children);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** An ext4 image with the content of a folder; everything in it belongs to root. */
export async function formatTree(
  mke2fs: string,
  path: string,
  folder: string,
  size: string,
  children: Children,
): Promise<void> {
  // Blocks of 4096 bytes fit disks with sectors of either size.
  const features = ["-b", "4096", "-O", "^has_journal", "-E", "root_owner=0:0", "-L", rootLabel, "-U", rootUuid];
  await children.run(mke2fs, ["-q", "-F", "-t", "ext4", ...features, "-d", folder, path, size]);
}

/** An empty disk of some bytes that takes no room. */
export function makeEmptyDisk(path: string, bytes: number): void {
  writeFileSync(path, "");
  truncateSync(path, bytes);
}
