import { statSync } from "node:fs";
import { compressionOf } from "../acpi/compression.ts";
import { type ContainerReading, readFile } from "../acpi/container.ts";
import { type ContainerKind, type FileKind, type TreeKind, treeKinds } from "../acpi/container-kinds.ts";
import { readTree } from "../acpi/container-tree.ts";
import { memoryTree } from "../acpi/file-tree.ts";
import type { ScanProgress } from "../acpi/memory-tables.ts";
import { type ByteReader, bytesReader, readAll } from "../acpi/reader.ts";
import { isTar, readTar } from "../acpi/tar.ts";
import { DecodeError } from "../errors.ts";
import { decompress } from "./decompress.ts";
import { openFile } from "./file-reader.ts";
import { openTree } from "./file-tree.ts";

/** Choices of {@link readContainer}. */
export interface ContainerOptions {
  /** The form, when it should not be checked by the content. */
  readonly from?: ContainerKind | undefined;
  /** Called while a large image is searched. */
  readonly progress?: ScanProgress | undefined;
}

/**
 * All tables of a file or directory, whatever their signature.
 *
 * @throws {DecodeError} when it cannot be read as what it is, or as `from` says it is; system errors as they come.
 */
export function readContainer(path: string, options: ContainerOptions = {}): ContainerReading<ContainerKind> {
  return statSync(path).isDirectory() ? readDirectory(path, options.from) : readOneFile(path, options);
}

function readDirectory(path: string, from: ContainerKind | undefined): ContainerReading<TreeKind> {
  if (from !== undefined && !isTreeKind(from))
    throw new DecodeError(`is a directory, and ${from} is the form of a file`);
  return readTree(openTree(path), from);
}

function readOneFile(path: string, { from, progress }: ContainerOptions): ContainerReading<ContainerKind> {
  const reader = openFile(path);
  try {
    const packed = from === undefined ? readPacked(reader, progress) : undefined;
    if (packed) return packed;
    return readFile(reader, { from: fileKind(from), progress });
  } finally {
    reader.close();
  }
}

/** Largest compressed file or archive that is taken into memory. */
const largestPacked = 512 << 20;

/**
 * The tables of a compressed file or a tar archive; undefined for any other.
 *
 * @throws {DecodeError} for a compressed initrd: Linux takes no tables from one.
 */
export function readPacked(reader: ByteReader, progress?: ScanProgress): ContainerReading<ContainerKind> | undefined {
  const head = reader.read(0, 512);
  const form = compressionOf(head);
  if (form === undefined && !isTar(head)) return undefined;
  const packed = readAll(reader, largestPacked);
  if (!packed) throw new DecodeError(`${reader.size} bytes are too many to unpack: unpack it first`);
  const bytes = form === undefined ? packed : decompress(packed, form);
  // Tables of a report, or those of a folder that somebody packed.
  if (isTar(bytes))
    return readTree(memoryTree(readTar(bytes, (name) => /(?:^|\/)NBFT[^/]*$|acpi\/tables\//i.test(name))));
  const inner = bytesReader(bytes);
  const reading = readFile(inner, { progress });
  if (reading.kind === "initrd")
    throw new DecodeError(
      `a compressed initrd (${form}): Linux looks for tables only in an uncompressed archive at its start`,
    );
  return reading;
}

/**
 * The same word as the form of a file.
 *
 * @throws {DecodeError} when it is that of a folder.
 */
export function fileKind(from: ContainerKind | undefined): FileKind | undefined {
  if (from !== undefined && isTreeKind(from))
    throw new DecodeError(`is a file, and ${from} is the form of a directory`);
  return from;
}

function isTreeKind(kind: ContainerKind): kind is TreeKind {
  return (treeKinds as readonly string[]).includes(kind);
}
