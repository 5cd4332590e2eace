import type { Bytes } from "../bytes/bytes.ts";
import { concatBytes } from "../bytes/concat.ts";
import { latin1Bytes, latin1Text } from "../bytes/latin1.ts";
import { DecodeError, EncodeError } from "../errors.ts";
import type { ByteReader } from "./reader.ts";

/** Length of a newc header: a magic of 6 characters and 13 numbers of 8 hexadecimal digits (Linux, Documentation/driver-api/early-userspace/buffer-format.rst). */
const headerSize = 110;
const trailer = "TRAILER!!!";
/** Longest name that is taken as one: Linux's PATH_MAX. */
const longestName = 4096;

/** One entry of a newc archive. */
export interface CpioEntry {
  /** Path in the archive. */
  readonly name: string;
  /** File type and permissions as in `st_mode`; regular files have 0o100000 set. */
  readonly mode: number;
  /** Byte offset of the entry's header, of its data, and of the byte after its padding. */
  readonly offset: number;
  /** First byte of its data, from the start of the file. */
  readonly dataOffset: number;
  /** Byte after its padding, from the start of the file. */
  readonly end: number;
  /** Bytes of data. */
  readonly size: number;
}

/** Whether an entry is a regular file. */
export function isRegularFile(entry: { readonly mode: number }): boolean {
  return (entry.mode & 0o170000) === 0o100000;
}

/**
 * Header at `offset`: magic 070701 or 070702, names and data padded to four bytes from the start of the file.
 *
 * @throws {DecodeError} when there is no header, or the entry does not fit into the file.
 */
function decodeCpioEntry(reader: ByteReader, offset: number): CpioEntry {
  const header = latin1Text(reader.read(offset, headerSize));
  if (!/^07070[12][0-9a-fA-F]{104}$/.test(header)) throw new DecodeError("no newc header", { offset });
  const number = (index: number) => Number.parseInt(header.slice(6 + 8 * index, 14 + 8 * index), 16);
  const [mode, size, nameSize] = [number(1), number(6), number(11)];
  if (nameSize < 1 || nameSize > longestName) throw new DecodeError(`name of ${nameSize} bytes`, { offset });
  const dataOffset = align4(offset + headerSize + nameSize);
  const end = align4(dataOffset + size);
  // The padding after the last entry may be missing; the data may not.
  if (dataOffset + size > reader.size)
    throw new DecodeError(`entry ends ${dataOffset + size - reader.size} bytes after the file`, { offset });
  const name = latin1Text(reader.read(offset + headerSize, nameSize - 1));
  return { name: utf8(name), mode, offset, dataOffset, end, size };
}

/** What a run of archives at the start of a file holds. */
export interface CpioReading {
  /** In the order of the file, of all archives. */
  readonly entries: readonly CpioEntry[];
  /** First byte that belongs to no newc archive: where a compressed archive starts, or the end of the file. */
  readonly end: number;
  /** Why reading stopped before the end of the file. */
  readonly stopped?: string;
}

/** Most entries that are listed: an initramfs has some thousands. */
const mostEntries = 1_000_000;

/**
 * Entries of the uncompressed newc archives at the start of a file, one after the other, with NUL bytes between them; `TRAILER!!!` entries
 * are left out. Stops where something else starts.
 */
export function readCpio(reader: ByteReader): CpioReading {
  const entries: CpioEntry[] = [];
  let offset = 0;
  while (offset < reader.size && entries.length < mostEntries) {
    if (reader.read(offset, 1)[0] === 0) {
      offset = skipNul(reader, offset);
      continue;
    }
    try {
      const entry = decodeCpioEntry(reader, offset);
      if (entry.name !== trailer) entries.push(entry);
      offset = entry.end;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return { entries, end: offset, stopped: error.message };
    }
  }
  return { entries, end: Math.min(offset, reader.size) };
}

/** A file that Linux finds in the early archives. */
export interface EarlyFile {
  /** Name after the path that was asked for, cut at 17 characters as Linux does. */
  readonly name: string;
  /** Its entry in the archive. */
  readonly entry: CpioEntry;
}

/** What Linux's search finds, and where and why it ends. */
export interface EarlySearch {
  /** In the order of the file. */
  readonly files: readonly EarlyFile[];
  /** First byte that the search did not pass. */
  readonly end: number;
  /** Why the search ended before the end of the file; absent where it did not. */
  readonly stopped?: string;
}

/**
 * Files below `path` as Linux finds them before it has a file system (find_cpio_data in lib/earlycpio.c): only regular files whose name starts
 * with exactly `path`, in uncompressed newc archives from the first byte on; NUL bytes are skipped four at a time, so that an archive
 * at an odd place ends the search.
 */
export function findEarlyFiles(reader: ByteReader, path: string): EarlySearch {
  const files: EarlyFile[] = [];
  let offset = 0;
  while (reader.size - offset > headerSize) {
    if (reader.read(offset, 1)[0] === 0) {
      offset = skipNul(reader, offset, 4);
      continue;
    }
    try {
      const entry = decodeCpioEntry(reader, offset);
      // The kernel wants the padding, too.
      if (entry.end > reader.size) return { files, end: offset, stopped: "the last entry lacks its padding" };
      if (isRegularFile(entry) && entry.name.startsWith(path))
        files.push({ name: entry.name.slice(path.length, path.length + 17), entry });
      offset = entry.end;
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return { files, end: offset, stopped: error.message };
    }
  }
  return { files, end: offset };
}

function skipNul(reader: ByteReader, from: number, step = 1): number {
  const block = 65536;
  for (let offset = from; offset < reader.size; ) {
    const bytes = reader.read(offset, block);
    let at = 0;
    while (at < bytes.length && bytes[at] === 0) at += step;
    offset += at;
    if (at < bytes.length) return offset;
  }
  return reader.size;
}

/** A file to put into an archive. */
export interface CpioFile {
  /** Path without a leading `/` or `./`. */
  readonly name: string;
  /** Contents. */
  readonly data: Uint8Array;
  /** Permissions and type as in `st_mode`; a regular file with 0644 unless given. */
  readonly mode?: number;
}

/**
 * A newc archive (magic 070701) with the given files in order, no directory entries but those given, ended by `TRAILER!!!` and padded with NUL
 * bytes to a multiple of `padTo` bytes. The same files give the same bytes: inode numbers count from 1, owner and times are zero.
 *
 * @throws {EncodeError} for a name that is empty, too long, absolute, or holds a NUL.
 */
export function encodeCpio(files: readonly CpioFile[], padTo = 512): Bytes {
  const parts: Uint8Array[] = [];
  let length = 0;
  const push = (bytes: Uint8Array) => {
    parts.push(bytes);
    const padding = align4(length + bytes.length) - length - bytes.length;
    if (padding > 0) parts.push(new Uint8Array(padding));
    length += bytes.length + padding;
  };
  for (const [i, file] of files.entries()) {
    const name = new TextEncoder().encode(file.name);
    if (name.length === 0 || name.length >= longestName || /^\.?\/|\0/.test(file.name))
      throw new EncodeError(`${JSON.stringify(file.name)} cannot be a name in an archive`, `files[${i}]`);
    push(headerBytes(i + 1, file.mode ?? 0o100644, file.data.length, name));
    push(file.data);
  }
  push(headerBytes(0, 0, 0, new TextEncoder().encode(trailer)));
  parts.push(new Uint8Array(Math.ceil(length / padTo) * padTo - length));
  return concatBytes(parts);
}

function headerBytes(inode: number, mode: number, size: number, name: Uint8Array): Uint8Array {
  const links = (mode & 0o170000) === 0o040000 ? 2 : 1;
  const numbers = [inode, mode, 0, 0, links, 0, size, 0, 0, 0, 0, name.length + 1, 0];
  const text = `070701${numbers.map((number) => number.toString(16).toUpperCase().padStart(8, "0")).join("")}`;
  const bytes = new Uint8Array(headerSize + name.length + 1);
  bytes.set(new TextEncoder().encode(text));
  bytes.set(name, headerSize);
  return bytes;
}

/** The data of an entry, copied. */
export function readCpioData(reader: ByteReader, entry: CpioEntry, limit: number): Bytes {
  return reader.read(entry.dataOffset, Math.min(entry.size, limit)).slice();
}

function align4(offset: number): number {
  return Math.ceil(offset / 4) * 4;
}

function utf8(text: string): string {
  return /^[\x00-\x7f]*$/.test(text) ? text : new TextDecoder().decode(latin1Bytes(text));
}
