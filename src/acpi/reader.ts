import { checkBytes } from "../bytes/bytes.ts";
/** Random access to bytes that need not be in memory: a file of many gigabytes, or an array. */
export interface ByteReader {
  /** Number of bytes. */
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer at the end, none outside. */
  read(offset: number, length: number): Uint8Array;
}

/** A reader over bytes in memory; what it returns are views. */
export function bytesReader(bytes: Uint8Array): ByteReader {
  checkBytes(bytes);
  return {
    size: bytes.length,
    read: (offset, length) => {
      const at = Math.min(Math.max(offset, 0), bytes.length);
      return bytes.subarray(at, Math.max(at, Math.min(offset + length, bytes.length)));
    },
  };
}

/** All bytes of a reader, copied, when it is no larger than `limit`; otherwise undefined. */
export function readAll(reader: ByteReader, limit: number): Uint8Array | undefined {
  return reader.size <= limit ? reader.read(0, reader.size).slice() : undefined;
}
