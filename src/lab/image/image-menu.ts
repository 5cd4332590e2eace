import { encodeFat } from "../../machine/disk/fat.ts";
import { firstPartitionBlock, linuxRootType } from "../../machine/disk/gpt.ts";
import {
  espOf,
  type FoundFile,
  type FoundPartition,
  type ImageReader,
  readFatFiles,
  readGpt,
} from "../../machine/disk/read-disk.ts";
import { flattenImage } from "../../machine/disk/sparse-image.ts";
import { type GrubEntry, parseGrubConfig, reportingGrubConfig } from "./grub-config.ts";

/** A disk that nbft image has made: what its boot loader starts, and where its partitions are. */
export interface ImageMenu extends GrubEntry {
  readonly blockSize: 512 | 4096;
  readonly esp: FoundPartition;
  readonly root: FoundPartition;
}

/** The menu of a disk, or undefined for one that somebody else has made. */
export function readImageMenu(disk: ImageReader, blockSize: 512 | 4096): ImageMenu | undefined {
  const partitions = readGpt(disk, blockSize) ?? [];
  const esp = espOf(partitions);
  const root = partitions.find(({ type }) => type === linuxRootType);
  const config = esp && readFatFiles(disk, esp.offset)?.find(isMenu);
  const entry = config && parseGrubConfig(textOf(config));
  return esp && root && entry ? { ...entry, blockSize, esp, root } : undefined;
}

/** Bytes to be written over a disk, from a byte of it on. */
export interface DiskPatch {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/** Where the second initramfs lies on the EFI system partition. */
const reportFile = "nbft/report.img";

/**
 * The EFI system partition of a disk with words added to the kernel's command line, and an archive as its second initramfs. Files of the partition
 * and its serial number stay.
 */
export function reportingEsp(
  disk: ImageReader,
  { blockSize, esp }: ImageMenu,
  words: string,
  archive: Uint8Array,
): DiskPatch {
  const files = readFatFiles(disk, esp.offset)!.map((file) => ({
    path: file.path,
    data: isMenu(file)
      ? new TextEncoder().encode(reportingGrubConfig(textOf(file), words, `/${reportFile}`))
      : file.read(file.size),
  }));
  const volume = encodeFat([...files, { path: reportFile, data: archive }], {
    sectorSize: blockSize,
    hiddenSectors: firstPartitionBlock(blockSize),
    label: "ESP",
    type: 32,
    size: esp.size,
    serial: new DataView(disk.read(esp.offset + 67, 4).slice().buffer).getUint32(0, true),
  });
  // What lies after the last used byte of the new volume was not used by the old one either.
  const { offset, bytes } = volume.parts.at(-1)!;
  return { offset: esp.offset, bytes: flattenImage({ size: offset + bytes.length, parts: volume.parts }) };
}

function isMenu(file: FoundFile): boolean {
  return file.path.endsWith("/GRUB.CFG") && parseGrubConfig(textOf(file)) !== undefined;
}

function textOf(file: FoundFile): string {
  return new TextDecoder().decode(file.read(65_536));
}
