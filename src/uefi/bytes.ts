import type { Bytes } from "../bytes/bytes.ts";
import { highDigit as high, lowDigit as low } from "../text/hex.ts";

const hyphen = 45;

/** A view of some bytes with little-endian helpers; nothing here looks outside the bytes given. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether every byte of a range has one value; an empty range has. Four bytes at a time where they are aligned. */
export function isFilled(bytes: Uint8Array, value: number, start = 0, end = bytes.length): boolean {
  let at = start;
  const aligned = start + (-(bytes.byteOffset + start) & 3);
  // A view of words exists only at a multiple of four: a range that ends before the next one has none.
  if (aligned + 4 <= end) {
    for (; at < aligned; at++) if (bytes[at] !== value) return false;
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >> 2);
    const word = Math.imul(value, 0x01010101);
    for (let i = 0; i < words.length; i++) if (words[i] !== word) return false;
    at += 4 * words.length;
  }
  for (; at < end; at++) if (bytes[at] !== value) return false;
  return true;
}

/** Whether two byte strings are equal. Four bytes at a time where both are aligned alike. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  if (a.length >= 64 && ((a.byteOffset ^ b.byteOffset) & 3) === 0) {
    for (; ((a.byteOffset + at) & 3) !== 0; at++) if (a[at] !== b[at]) return false;
    const count = (a.length - at) >> 2;
    const words = new Int32Array(a.buffer, a.byteOffset + at, count);
    const others = new Int32Array(b.buffer, b.byteOffset + at, count);
    for (let i = 0; i < count; i++) if (words[i] !== others[i]) return false;
    at += 4 * count;
  }
  for (; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** One byte string from several. */
export function concatBytes(...parts: readonly Uint8Array[]): Bytes {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** UTF-16LE text up to its first NUL or the end of the bytes; half a character at the end is ignored. */
export function decodeUtf16(bytes: Uint8Array): string {
  let text = "";
  for (let i = 0; i + 1 < bytes.length; i += 2) {
    const unit = bytes[i]! | (bytes[i + 1]! << 8);
    if (unit === 0) break;
    text += String.fromCharCode(unit);
  }
  return text;
}

/** UTF-16LE bytes of a text with its NUL. */
export function encodeUtf16(text: string): Bytes {
  const bytes = new Uint8Array(2 * text.length + 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit;
    bytes[2 * i + 1] = unit >> 8;
  }
  return bytes;
}

/** CRC-32 (polynomial 04C11DB7h, reflected) of the 16 half bytes. */
const crcTable = Int32Array.of(
  0,
  0x1db71064,
  0x3b6e20c8,
  0x26d930ac,
  0x76dc4190,
  0x6b6b51f4,
  0x4db26158,
  0x5005713c,
  0xedb88320,
  0xf00f9344,
  0xd6d6a3e8,
  0xcb61b38c,
  0x9b64c2b0,
  0x86d3d2d4,
  0xa00ae278,
  0xbdbdf21c,
);

/** CRC-32 as the UEFI boot services compute it. Half a byte at a time: a table of all bytes takes longer to make than most inputs to sum. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) {
    crc ^= bytes[i]!;
    crc = crcTable[crc & 15]! ^ (crc >>> 4);
    crc = crcTable[crc & 15]! ^ (crc >>> 4);
  }
  return ~crc >>> 0;
}

/** Text (lower case) of an EFI_GUID in memory order, without intermediate arrays: a store has one for each record. */
export function guidText(bytes: Uint8Array, at: number): string {
  // biome-ignore format: two bytes a line
  return String.fromCharCode(
    high(bytes[at + 3]!), low(bytes[at + 3]!), high(bytes[at + 2]!), low(bytes[at + 2]!),
    high(bytes[at + 1]!), low(bytes[at + 1]!), high(bytes[at]!), low(bytes[at]!), hyphen,
    high(bytes[at + 5]!), low(bytes[at + 5]!), high(bytes[at + 4]!), low(bytes[at + 4]!), hyphen,
    high(bytes[at + 7]!), low(bytes[at + 7]!), high(bytes[at + 6]!), low(bytes[at + 6]!), hyphen,
    high(bytes[at + 8]!), low(bytes[at + 8]!), high(bytes[at + 9]!), low(bytes[at + 9]!), hyphen,
    high(bytes[at + 10]!), low(bytes[at + 10]!), high(bytes[at + 11]!), low(bytes[at + 11]!),
    high(bytes[at + 12]!), low(bytes[at + 12]!), high(bytes[at + 13]!), low(bytes[at + 13]!),
    high(bytes[at + 14]!), low(bytes[at + 14]!), high(bytes[at + 15]!), low(bytes[at + 15]!),
  );
}
