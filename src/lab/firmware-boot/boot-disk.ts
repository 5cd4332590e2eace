import { readFileSync } from "node:fs";
import { encodeFat } from "../../machine/disk/fat.ts";
import { encodeGpt, espType, firstPartitionBlock, linuxRootType } from "../../machine/disk/gpt.ts";
import type { SparseImage } from "../../machine/disk/sparse-image.ts";
import { writeFileAtomic } from "../../node/write-file.ts";

const guids = {
  disk: "4e424654-0008-4c61-b000-000000000000",
  esp: "4e424654-0008-4c61-b000-000000000001",
  root: "4e424654-0008-4c61-b000-000000000002",
};

/** What a firmware finds on the namespace that it boots from. */
export interface BootDisk {
  /** GRUB for EFI, one file. */
  readonly grub: string;
  readonly kernel: string;
  readonly initrd: Uint8Array;
  readonly commandLine: string;
  /** Image of the root file system; none for a boot that ends in the initramfs. */
  readonly root?: string | undefined;
  readonly blockSize: 512 | 4096;
}

/** GRUB finds its own partition by a file that is nowhere else: two paths show the same disk twice, and either will do. */
const marker = "nbft-lab.id";

function grubConfig(commandLine: string): string {
  return [
    "set timeout=0",
    "set pager=0",
    `search --no-floppy --set=root --file /${marker}`,
    "echo grub: root $root",
    `linux /vmlinuz ${commandLine}`,
    "echo grub: kernel loaded",
    "initrd /initrd",
    "echo grub: initrd loaded",
    "boot",
    "",
  ].join("\n");
}

/** Writes a GPT disk with an EFI system partition (GRUB, kernel, initramfs) and the root file system. Needs no root's rights. */
export function writeBootDisk(path: string, disk: BootDisk): void {
  const text = (content: string) => new TextEncoder().encode(content);
  const config = text(grubConfig(disk.commandLine));
  const volume = encodeFat(
    [
      { path: "EFI/BOOT/BOOTX64.EFI", data: readFileSync(disk.grub) },
      // Each distribution's GRUB looks into a folder of its own first.
      ...["EFI/debian", "EFI/BOOT", "EFI/fedora", "boot/grub"].map((folder) => ({
        path: `${folder}/grub.cfg`,
        data: config,
      })),
      { path: marker, data: text("nbft lab\n") },
      { path: "vmlinuz", data: readFileSync(disk.kernel) },
      { path: "initrd", data: disk.initrd },
    ],
    {
      sectorSize: disk.blockSize,
      hiddenSectors: firstPartitionBlock(disk.blockSize),
      label: "ESP",
      type: 32,
      ...sizeFor(disk),
    },
  );
  const partitions = [{ type: espType, guid: guids.esp, name: "EFI System Partition", content: volume }];
  if (disk.root !== undefined) {
    partitions.push({ type: linuxRootType, guid: guids.root, name: "root", content: wholeFile(disk.root) });
  }
  writeFileAtomic(path, encodeGpt(partitions, { blockSize: disk.blockSize, diskGuid: guids.disk }));
}

/** FAT32 needs some size whatever is in it: 65,525 clusters of a sector. */
function sizeFor({ kernel, initrd, grub, blockSize }: BootDisk): { size: number } {
  const content = readFileSync(kernel).length + readFileSync(grub).length + initrd.length;
  const least = 66_600 * blockSize + (2 << 20);
  const wanted = Math.max(least, content + (16 << 20));
  return { size: Math.ceil(wanted / (1 << 20)) * (1 << 20) };
}

function wholeFile(path: string): SparseImage {
  const bytes = readFileSync(path);
  return { size: bytes.length, parts: [{ offset: 0, bytes }] };
}
