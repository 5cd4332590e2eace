import {
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import type { Children } from "./children.ts";
import { rootInitSh } from "./generated/guest-scripts.ts";
import { needProgram } from "./programs.ts";

/** UUID and label of the file system that the lab's namespaces hold. */
export const rootUuid = "4e424654-0007-4c61-b000-000000000001";
const rootLabel = "nbft-root";

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

/** What a file system is to be called and have, and where in the file it begins. */
interface FileSystem {
  /** As mke2fs's `-O` takes them. */
  readonly features: string;
  readonly label: string;
  readonly uuid: string;
  /** Bytes. */
  readonly offset: number;
}

const labRoot: FileSystem = { features: "^has_journal", label: rootLabel, uuid: rootUuid, offset: 0 };

/** An ext4 file system with the content of a folder, whose root belongs to root; it is made in the file where that exists. */
export async function formatTree(
  mke2fs: string,
  path: string,
  folder: string,
  size: string,
  children: Children,
  { features, label, uuid, offset }: FileSystem = labRoot,
): Promise<void> {
  const extended = `root_owner=0:0${offset === 0 ? "" : `,offset=${offset}`}`;
  // Blocks of 4096 bytes fit disks with sectors of either size.
  const options = ["-b", "4096", "-O", features, "-E", extended, "-L", label, "-U", uuid];
  await children.run(mke2fs, ["-q", "-F", "-t", "ext4", ...options, "-d", folder, path, size]);
}

/** Bytes of a tree's files in whole blocks, links not followed. */
export function bytesOfTree(folder: string): number {
  let size = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) size += 4096 + bytesOfTree(path);
    else if (entry.isFile()) size += Math.ceil(lstatSync(path).size / 4096) * 4096;
  }
  return size;
}

/** An empty disk of some bytes that takes no room. */
export function makeEmptyDisk(path: string, bytes: number): void {
  writeFileSync(path, "");
  truncateSync(path, bytes);
}
