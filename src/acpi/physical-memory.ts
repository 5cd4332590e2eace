import { concatBytes } from "../bytes/concat.ts";
import { readUint } from "../bytes/numbers.ts";
import { DecodeError } from "../errors.ts";
import type { ByteReader } from "./reader.ts";
import { readAddress } from "./rsdp.ts";

/** A run of physical addresses that stands in a file. */
export interface MemorySegment {
  /** First physical address. */
  readonly address: number;
  /** Byte offset in the file. */
  readonly offset: number;
  /** Bytes. */
  readonly length: number;
}

/** The memory of a machine, as far as an image holds it. */
export interface PhysicalMemory {
  /** Sorted by address. */
  readonly segments: readonly MemorySegment[];
  /** Up to `length` bytes from an address; fewer where the image ends. */
  read(address: number, length: number): Uint8Array;
  /** Byte offset in the file of an address, where there is one. */
  offsetOf(address: number): number | undefined;
}

/** Memory made of segments of a file; where segments overlap, the one that starts last is read. */
export function segmentedMemory(reader: ByteReader, unsorted: readonly MemorySegment[]): PhysicalMemory {
  const segments = unsorted
    .map((part) => ({ ...part, length: Math.min(part.length, Math.max(0, reader.size - part.offset)) }))
    .filter((part) => part.length > 0)
    .sort((a, b) => a.address - b.address);
  /** Position of the last segment that starts at or below an address. */
  const position = (address: number): number => {
    let low = 0;
    let high = segments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (segments[middle]!.address <= address) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  };
  const at = (address: number): MemorySegment | undefined => {
    const part = segments[position(address)];
    return part && address < part.address + part.length ? part : undefined;
  };
  const read = (address: number, length: number): Uint8Array => {
    const parts: Uint8Array[] = [];
    let have = 0;
    while (have < length) {
      const part = at(address + have);
      if (!part) break;
      const skip = address + have - part.address;
      const bytes = reader.read(part.offset + skip, Math.min(length - have, part.length - skip));
      if (bytes.length === length) return bytes;
      if (bytes.length === 0) break;
      parts.push(bytes.slice());
      have += bytes.length;
    }
    return concatBytes(parts);
  };
  return {
    segments,
    read,
    offsetOf: (address) => {
      const part = at(address);
      return part && part.offset + address - part.address;
    },
  };
}

/** Memory image without any structure: the byte at offset 0 is that of physical address `base` (QEMU's `pmemsave`). */
export function rawMemory(reader: ByteReader, base = 0): PhysicalMemory {
  return segmentedMemory(reader, [{ address: base, offset: 0, length: reader.size }]);
}

const loadSegment = 1;
const coreFile = 4;
/** More segments than this are not read: QEMU writes one for each block of RAM. */
const mostSegments = 4096;

/** Whether bytes start an ELF core file (any class and byte order). */
export function isElfCore(head: Uint8Array): boolean {
  if (head[0] !== 0x7f || head[1] !== 0x45 || head[2] !== 0x4c || head[3] !== 0x46 || head.length < 20) return false;
  return (head[5] === 2 ? (head[16]! << 8) | head[17]! : readUint(head, 16, 2)) === coreFile;
}

/**
 * Memory of an ELF core file as QEMU's `dump-guest-memory`, `virsh dump --memory-only` or kdump write it: the PT_LOAD segments by their physical
 * address (p_paddr). 32 and 64 bit, little-endian.
 *
 * @throws {DecodeError} when the file is no such core.
 */
export function elfCoreMemory(reader: ByteReader): PhysicalMemory {
  const head = reader.read(0, 64).slice();
  if (!isElfCore(head)) throw new DecodeError("not an ELF core file");
  if (head[5] !== 1) throw new DecodeError("a big-endian core file cannot come from a machine with ACPI");
  const wide = head[4] === 2;
  const word = wide ? 8 : 4;
  if (head.length < (wide ? 64 : 52)) throw new DecodeError("the ELF header is cut");
  const table = readAddress(head, wide ? 32 : 28, word);
  const entrySize = readUint(head, wide ? 54 : 42, 2);
  let count = readUint(head, wide ? 56 : 44, 2);
  if (count === 0xffff) {
    // PN_XNUM: the number stands in sh_info of the first section header.
    const section = reader.read(readAddress(head, wide ? 40 : 32, word), wide ? 64 : 40);
    const at = wide ? 44 : 28;
    count = section.length >= at + 4 ? readUint(section, at, 4) : 0;
  }
  if (entrySize < (wide ? 56 : 32))
    throw new DecodeError(`program headers of ${entrySize} bytes`, { offset: wide ? 54 : 42 });
  const segments: MemorySegment[] = [];
  for (let i = 0; i < Math.min(count, mostSegments); i++) {
    const entry = reader.read(table + i * entrySize, entrySize);
    if (entry.length < (wide ? 56 : 32)) break;
    if (readUint(entry, 0, 4) !== loadSegment) continue;
    const offset = readAddress(entry, wide ? 8 : 4, word);
    const address = readAddress(entry, wide ? 24 : 12, word);
    const length = readAddress(entry, wide ? 32 : 16, word);
    if (length > 0) segments.push({ offset, address, length });
  }
  return segmentedMemory(reader, segments);
}

/** Whether bytes start a LiME memory image. */
export function isLime(head: Uint8Array): boolean {
  return head.length >= 32 && readUint(head, 0, 4) === 0x4c694d45 && readUint(head, 4, 4) === 1;
}

/** Memory of a LiME image (version 1): runs of a 32-byte header with first and last address, and their bytes. */
export function limeMemory(reader: ByteReader): PhysicalMemory {
  const segments: MemorySegment[] = [];
  for (let offset = 0; offset + 32 <= reader.size && segments.length < mostSegments; ) {
    const head = reader.read(offset, 32);
    if (!isLime(head)) break;
    const address = readAddress(head, 8, 8);
    const length = readAddress(head, 16, 8) - address + 1;
    if (length <= 0) break;
    segments.push({ address, offset: offset + 32, length });
    offset += 32 + length;
  }
  return segmentedMemory(reader, segments);
}
