import type { Bytes } from "../bytes/bytes.ts";
/** Random access to bytes that need not be in memory: a file of many gigabytes, or an array. */
export interface ByteReader {
  /** Number of bytes. */
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer at the end, none outside. */
  read(offset: number, length: number): Uint8Array;
}

/** A reader over bytes in memory; what it returns are views. */
export function bytesReader(bytes: Uint8Array): ByteReader {
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

/** Several byte arrays joined to one. */
export function concatBytes(parts: readonly Uint8Array[]): Bytes {
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

/** Whether two byte arrays hold the same. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
