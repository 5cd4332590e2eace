import { closeSync, fstatSync, openSync, readSync } from "node:fs";
import { type ByteReader, bytesReader } from "../acpi/reader.ts";
import { concatBytes } from "../bytes/concat.ts";
import { DecodeError } from "../errors.ts";
import { namingFile } from "./file-error.ts";

/** A reader that holds a file open until it is closed. */
export interface FileReader extends ByteReader {
  /** Closes the file; after that nothing can be read. */
  close(): void;
  /** Whether all bytes are in memory because the file stated no size. */
  readonly streamed: boolean;
}

/** Reads shorter than this are served from a block of this size. */
const blockSize = 1 << 16;
/** Most bytes that are taken from what has no size. */
const largestStream = 256 << 20;

/**
 * Opens a file to be read in pieces, however large it is. Pipes, devices and files of the kernel that state no size (sysfs, procfs) are read
 * to their end at once.
 */
export function openFile(path: string): FileReader {
  const fd = openSync(path, "r");
  try {
    const stat = fstatSync(fd);
    if (stat.isFile() && stat.size > 0) return new OpenFile(fd, stat.size);
    const bytes = namingFile(path, () => readToEnd(fd));
    closeSync(fd);
    return { ...bytesReader(bytes), close: () => undefined, streamed: true };
  } catch (error) {
    closeSync(fd);
    throw error;
  }
}

function readToEnd(fd: number): Uint8Array {
  const parts: Uint8Array[] = [];
  for (let total = 0; ; ) {
    const part = new Uint8Array(blockSize);
    const got = readSync(fd, part, 0, blockSize, null);
    if (got === 0) return concatBytes(parts);
    parts.push(part.subarray(0, got));
    total += got;
    if (total > largestStream)
      throw new DecodeError(`more than ${largestStream} bytes from a pipe or device: save them to a file first`);
  }
}

class OpenFile implements FileReader {
  readonly size: number;
  readonly streamed = false;
  readonly #fd: number;
  #block = new Uint8Array(0);
  #blockAt = 0;
  #open = true;

  constructor(fd: number, size: number) {
    this.#fd = fd;
    this.size = size;
  }

  read(offset: number, length: number): Uint8Array {
    const start = Math.min(Math.max(offset, 0), this.size);
    const end = Math.max(start, Math.min(offset + length, this.size));
    if (end - start >= blockSize) return this.#load(start, end - start);
    if (start < this.#blockAt || end > this.#blockAt + this.#block.length) {
      this.#blockAt = start;
      // A new array each time: what was handed out before stays as it is.
      this.#block = this.#load(start, Math.min(blockSize, this.size - start));
    }
    return this.#block.subarray(start - this.#blockAt, end - this.#blockAt);
  }

  #load(start: number, length: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(length);
    let have = 0;
    while (have < length) {
      const got = readSync(this.#fd, bytes, have, length - have, start + have);
      if (got === 0) break;
      have += got;
    }
    return bytes.subarray(0, have);
  }

  close(): void {
    if (this.#open) closeSync(this.#fd);
    this.#open = false;
  }
}
