import { randomUUID } from "node:crypto";
import { renameSync } from "node:fs";
import { resolve } from "node:path";
import type { InitramfsDescription } from "../../initramfs/description.ts";
import { findFile, type InitramfsImage } from "../../initramfs/image.ts";
import type { InitramfsProblem } from "../../initramfs/key-problems.ts";
import { type BootImageFinding, checkBootImage } from "../../machine/disk/boot-image.ts";
import { encodeFat, type FatFile } from "../../machine/disk/fat.ts";
import { encodeGpt, espType, firstPartitionBlock, linuxRootType } from "../../machine/disk/gpt.ts";
import { readGpt } from "../../machine/disk/read-disk.ts";
import type { SparseImage } from "../../machine/disk/sparse-image.ts";
import { namingFile } from "../../node/file-error.ts";
import { openFile } from "../../node/file-reader.ts";
import { removeQuietly, temporaryNameFor } from "../../node/temporary-file.ts";
import { endOfLinks, writeFileAtomic } from "../../node/write-file.ts";
import { LabError } from "../errors.ts";
import type { Work } from "../parts.ts";
import { bytesOfTree } from "../root-image.ts";
import { espFiles } from "./esp-files.ts";
import { fileSystemsOf } from "./file-systems.ts";
import { findKernel, type TreeKernel } from "./kernel.ts";
import { findLoader, type TreeLoader } from "./loader.ts";
import type { LoaderKind } from "./loader-kinds.ts";
import { fillRoot } from "./root-file-system.ts";
import { inspectTree } from "./tree-problems.ts";
import { withTree } from "./tree-source.ts";

/** Choices of {@link writeSystemDisk}. */
export interface SystemDiskOptions {
  /** Bytes of a logical block: 512 or 4096. */
  readonly blockSize?: 512 | 4096 | undefined;
  /** Bytes of the disk; as large as the tree needs, with room to work, unless given. */
  readonly size?: number | undefined;
  /** The first of GRUB, systemd-boot and a unified kernel image that the tree has, unless given. */
  readonly loader?: LoaderKind | undefined;
  /** Release of the kernel; the newest that has an initramfs unless given. */
  readonly kernel?: string | undefined;
  /** Words that are added to the kernel's command line. */
  readonly append?: string | undefined;
  /** Kernel modules that the initramfs has to have, besides those that are always needed: drivers of network cards. */
  readonly drivers?: readonly string[] | undefined;
}

/** A disk that was made of a system's tree. */
export interface SystemDisk {
  /** What the system calls itself. */
  readonly name: string;
  /** Bytes of the disk. */
  readonly size: number;
  /** Bytes of a logical block. */
  readonly blockSize: 512 | 4096;
  /** UUID of the root file system. */
  readonly rootUuid: string;
  /** The boot loader of the tree that was taken. */
  readonly loader: TreeLoader;
  /** The kernel of the tree that the boot loader starts. */
  readonly kernel: TreeKernel;
  /** Command line that the boot loader gives that kernel. */
  readonly commandLine: string;
  /** What the kernel's initramfs has for a boot by NBFT. */
  readonly initramfs: InitramfsDescription;
  /** Why it cannot be predicted what the initramfs will do; undefined where it can. */
  readonly unpredicted: string | undefined;
  /** What the tree lacks for a boot by NBFT, or has that will go wrong, the worst first. */
  readonly problems: readonly InitramfsProblem[];
  /** Why firmware cannot start the boot loader over NVMe/TCP, or may not be able to. */
  readonly findings: readonly BootImageFinding[];
  /** Sentences: what of the tree could not be kept. */
  readonly notes: readonly string[];
}

const mebibyte = 1 << 20;
/** FAT32 has 65,525 clusters at least: with sectors of 4096 bytes that is 256 MiB. */
const smallestEsp = 260 * mebibyte;

/**
 * Writes a bootable disk of a distribution's files: a GUID partition table, an EFI system partition with the boot loader of the tree, and an ext4
 * file system with all of the tree, which the boot loader hands over to by its UUID. Needs neither root's rights nor a loop device; `mke2fs` and
 * `debugfs` of e2fsprogs, and `tar` for an archive, are run.
 *
 * @param source a folder, or a tar (compressed with anything that tar takes apart)
 * @param path file that the disk is written to; it is there whole or not at all
 * @throws {MissingProgramError} where a program is missing
 * @throws {LabError} where the tree has no kernel, no initramfs or no boot loader, or does not fit the size
 */
export function writeSystemDisk(
  source: string,
  path: string,
  options: SystemDiskOptions,
  work: Work,
): Promise<SystemDisk> {
  return withTree(source, path, work, async (opened) => {
    const { blockSize = 512 } = options;
    const { folder, files: tree, notes } = opened;
    const kernel = ofTree(source, () => findKernel(tree, options.kernel));
    const loader = ofTree(source, () => findLoader(tree, options.loader));
    const fileSystems = fileSystemsOf(tree);
    const { rootUuid } = fileSystems;
    const name = nameOf(tree);
    const commandLine = [
      `root=UUID=${rootUuid}`,
      fileSystems.mountsRoot ? "ro" : "rw",
      "console=tty0 console=ttyS0,115200",
      ...kernel.options,
      options.append ?? "",
    ]
      .filter(Boolean)
      .join(" ");
    const files = ofTree(source, () => espFiles(tree, kernel, loader, { title: name, rootUuid, commandLine }));
    const esp = encodeFat(files, {
      sectorSize: blockSize,
      hiddenSectors: firstPartitionBlock(blockSize),
      label: "ESP",
      type: 32,
      size: espSize(files),
      serial: fileSystems.espSerial ?? Number.parseInt(randomUUID().slice(0, 8), 16),
    });
    const needed = Math.ceil((bytesOfTree(folder) * 1.1) / mebibyte) * mebibyte + 64 * mebibyte;
    const root = ofTree(source, () => rootSize(needed, esp, options.size));
    const target = namingFile(path, () => endOfLinks(resolve(path)));
    const temporary = temporaryNameFor(target);
    try {
      const image = encodeGpt(
        [
          { type: espType, guid: randomUUID(), name: "EFI System Partition", content: esp },
          { type: linuxRootType, guid: randomUUID(), name: "root", content: { size: root, parts: [] } },
        ],
        { blockSize, diskGuid: randomUUID() },
      );
      namingFile(path, () => writeFileAtomic(temporary, image));
      await fillRoot(temporary, { ...partitionOf(temporary, blockSize), uuid: rootUuid }, opened, work);
      const findings = checked(temporary, blockSize);
      namingFile(path, () => renameSync(temporary, target));
      const inspected = inspectTree(tree, kernel, options.drivers);
      const problems = [...inspected.problems, ...fileSystems.problems].sort(
        (a, b) => Number(b.fatal) - Number(a.fatal),
      );
      const { initramfs, unpredicted } = inspected;
      return {
        ...{ name, size: image.size, blockSize, rootUuid, loader, kernel, commandLine },
        ...{ initramfs, unpredicted, problems, findings, notes },
      };
    } finally {
      removeQuietly(temporary);
    }
  });
}

/** Runs something with a tree's files: what is wrong with them begins with the tree's name. */
function ofTree<T>(source: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw error instanceof LabError ? new LabError(`${source}: ${error.message}`) : error;
  }
}

function nameOf(tree: InitramfsImage): string {
  const release = findFile(tree, "etc/os-release") ?? findFile(tree, "usr/lib/os-release");
  const text = new TextDecoder().decode(release?.data());
  return /^PRETTY_NAME=["']?([^"'\n]+)/m.exec(text)?.[1]?.trim() ?? "Linux";
}

function espSize(files: readonly FatFile[]): number {
  const content = files.reduce((sum, { data }) => sum + data.length, 0);
  return Math.max(smallestEsp, Math.ceil((content * 1.1) / mebibyte) * mebibyte + 32 * mebibyte);
}

/** Bytes of the root file system: what the tree needs and half a GiB, or what the EFI system partition and both partition tables leave of the disk. */
function rootSize(needed: number, esp: SparseImage, whole: number | undefined): number {
  if (whole === undefined) return needed + 512 * mebibyte;
  const around = esp.size + 2 * mebibyte;
  const left = Math.floor((whole - around) / mebibyte) * mebibyte;
  if (left < needed) throw new LabError(`needs a disk of ${Math.ceil((needed + around) / mebibyte)} MiB at least`);
  return left;
}

/** Where the root file system is to be, in bytes. */
function partitionOf(path: string, blockSize: 512 | 4096): { offset: number; size: number } {
  const reader = openFile(path);
  try {
    return readGpt(reader, blockSize)!.find(({ type }) => type === linuxRootType)!;
  } finally {
    reader.close();
  }
}

function checked(path: string, blockSize: 512 | 4096): BootImageFinding[] {
  const reader = openFile(path);
  try {
    return checkBootImage(reader, blockSize);
  } finally {
    reader.close();
  }
}
