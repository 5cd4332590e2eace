import { mkdirSync, mkdtempSync, rmSync, statSync } from "node:fs";
import { basename, join } from "node:path";
import { readGpt } from "../../machine/disk/read-disk.ts";
import { openFile } from "../../node/file-reader.ts";
import { imageFormat } from "../../node/image-format.ts";
import { LabError } from "../errors.ts";
import type { Work } from "../parts.ts";
import { needProgram } from "../programs.ts";
import { type ImageMenu, readImageMenu } from "./image-menu.ts";
import { writeSystemDisk } from "./system-disk.ts";

/** A system to boot: its disk, which nobody writes to, and how it starts where that is known. */
export interface SystemToBoot {
  readonly disk: string;
  /** Bytes of a logical block, as its partition table has them. */
  readonly blockSize: 512 | 4096;
  /** Undefined for a disk that nbft image has not made. */
  readonly menu: ImageMenu | undefined;
  /** Kernel and initramfs as files of this machine, for a boot without firmware that loads them; where the disk has a menu. */
  readonly kernel?: { readonly image: string; readonly initrd: string } | undefined;
  /** Sentences: what a tree lacks. */
  readonly notes: readonly string[];
}

/** How a system is to be opened. */
export interface OpenOptions {
  /** For a disk that is made of a tree. */
  readonly blockSize: 512 | 4096;
  /** Kernel and initramfs are wanted as files. */
  readonly kernel: boolean;
}

/**
 * Opens a system for the time of an action: a folder or tar with its files, of which a disk is made, or a disk image, raw or qcow2. What is made
 * goes again.
 */
export async function withSystem<T>(
  path: string | undefined,
  options: OpenOptions,
  cache: string,
  work: Work,
  action: (system: SystemToBoot | undefined) => Promise<T>,
): Promise<T> {
  if (path === undefined) return action(undefined);
  if (!statSync(path, { throwIfNoEntry: false })) throw new LabError(`there is no image, folder or tar ${path}`);
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, "system-"));
  work.children.watchFolder(folder);
  try {
    const { disk, notes } = await diskOf(path, options.blockSize, folder, work);
    const reader = openFile(disk);
    try {
      const blockSize = readGpt(reader, 4096) ? 4096 : 512;
      const menu = readImageMenu(reader, blockSize);
      const kernel = menu && options.kernel ? await takeKernel(disk, menu, folder, work) : undefined;
      return await action({ disk, blockSize, menu, kernel, notes });
    } finally {
      reader.close();
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function diskOf(
  path: string,
  blockSize: 512 | 4096,
  folder: string,
  work: Work,
): Promise<{ disk: string; notes: readonly string[] }> {
  const disk = join(folder, "system.img");
  if (statSync(path).isDirectory() || isArchive(path)) {
    const made = await writeSystemDisk(path, disk, { blockSize, drivers: ["virtio_net"] }, work);
    const lacks = [...made.problems.filter(({ fatal }) => fatal), ...made.findings].map(({ message }) => message);
    return { disk, notes: [...made.notes, ...lacks] };
  }
  if (imageFormat(path) !== "qcow2") return { disk: path, notes: [] };
  work.progress({ step: "unpack the image", detail: basename(path) });
  const convert = needProgram("qemu-img", "unpacks a qcow2 image");
  await work.children.run(convert, ["convert", "-f", "qcow2", "-O", "raw", path, disk]);
  return { disk, notes: [] };
}

/** A tar by its own mark, or by that of a compression that tar takes apart; a disk begins with neither. */
function isArchive(path: string): boolean {
  const reader = openFile(path);
  try {
    const head = Buffer.from(reader.read(0, 262)).toString("latin1");
    return head.slice(257) === "ustar" || /^(?:\x1f\x8b|\xfd7zXZ|\x28\xb5\x2f\xfd|BZh)/.test(head);
  } finally {
    reader.close();
  }
}

/** Reads the kernel and its initramfs out of the root file system. */
async function takeKernel(disk: string, { root, kernel, initrd }: ImageMenu, folder: string, { children }: Work) {
  const debugfs = needProgram("debugfs", "reads the kernel out of the image");
  const image = `${disk}?offset=${root.offset}`;
  const take = async (path: string, name: string) => {
    const file = join(folder, name);
    await children.run(debugfs, ["-R", `dump "/${path}" "${file}"`, image]);
    if (!statSync(file, { throwIfNoEntry: false })?.size) throw new LabError(`${disk}: /${path} cannot be read`);
    return file;
  };
  return { image: await take(kernel, "kernel"), initrd: await take(initrd, "initrd") };
}
