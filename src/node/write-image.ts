import {
  closeSync,
  constants,
  fsyncSync,
  ftruncateSync,
  openSync,
  renameSync,
  statSync,
  unlinkSync,
  writeSync,
} from "node:fs";
import type { ByteReader } from "../acpi/reader.ts";
import type { SparseImage } from "../machine/disk/sparse-image.ts";
import { temporaryFor } from "./write-file.ts";

/**
 * Writes a large file so that nobody ever sees half of it, as `writeFileAtomic` does for small ones: what is between the parts becomes a hole. A
 * device is written in place, parts only.
 */
export function writeImageAtomic(path: string, image: SparseImage): void {
  replaceFile(path, (fd, isFile) => {
    if (isFile) ftruncateSync(fd, image.size);
    for (const { offset, bytes } of image.parts) writeAll(fd, bytes, offset);
  });
}

/** Writes some bytes and then everything that a reader has, block by block. */
export function writeJoinedAtomic(path: string, head: Uint8Array, tail: ByteReader | undefined): void {
  replaceFile(path, (fd) => {
    writeAll(fd, head, 0);
    for (const { offset, bytes } of blocksOf(tail)) writeAll(fd, bytes, head.length + offset);
  });
}

/** The bytes of a reader in blocks of one MiB. */
export function* blocksOf(reader: ByteReader | undefined): Generator<{ offset: number; bytes: Uint8Array }> {
  const block = 1 << 20;
  for (let offset = 0; reader && offset < reader.size; offset += block)
    yield { offset, bytes: reader.read(offset, block) };
}

function replaceFile(path: string, write: (fd: number, isFile: boolean) => void): void {
  try {
    replace(path, write);
  } catch (error) {
    (error as NodeJS.ErrnoException).path = path;
    throw error;
  }
}

function replace(path: string, write: (fd: number, isFile: boolean) => void): void {
  const before = statSync(path, { throwIfNoEntry: false });
  if (before && !before.isFile()) {
    const fd = openSync(path, "r+");
    try {
      write(fd, false);
    } finally {
      closeSync(fd);
    }
    return;
  }
  const temporary = temporaryFor(path);
  const fd = openSync(
    temporary,
    constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL,
    before ? before.mode & 0o777 : 0o666,
  );
  try {
    try {
      write(fd, true);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    renameSync(temporary, path);
  } catch (error) {
    unlinkSync(temporary);
    throw error;
  }
}

function writeAll(fd: number, bytes: Uint8Array, offset: number): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(fd, bytes, at, bytes.length - at, offset + at);
}
