/** A view of some bytes with little-endian helpers; nothing here looks outside the bytes given. */
export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Whether every byte of a range has one value; an empty range has. Four bytes at a time where they are aligned. */
export function isFilled(bytes: Uint8Array, value: number, start = 0, end = bytes.length): boolean {
  let at = start;
  for (; at < end && ((bytes.byteOffset + at) & 3) !== 0; at++) if (bytes[at] !== value) return false;
  const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, Math.max(0, end - at) >> 2);
  const word = Math.imul(value, 0x01010101);
  for (let i = 0; i < words.length; i++) if (words[i] !== word) return false;
  for (at += 4 * words.length; at < end; at++) if (bytes[at] !== value) return false;
  return true;
}

/** Whether two byte strings are equal. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}

/** One byte string from several. */
export function concatBytes(...parts: readonly Uint8Array[]): Uint8Array {
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
export function encodeUtf16(text: string): Uint8Array {
  const bytes = new Uint8Array(2 * text.length + 2);
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    bytes[2 * i] = unit;
    bytes[2 * i + 1] = unit >> 8;
  }
  return bytes;
}

let crcTable: Int32Array | undefined;

function makeCrcTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, i) => {
    let crc = i;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
    return crc;
  });
}

/** CRC-32 as the UEFI boot services compute it (polynomial 04C11DB7h, reflected). */
export function crc32(bytes: Uint8Array): number {
  crcTable ??= makeCrcTable();
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) crc = crcTable[(crc ^ bytes[i]!) & 0xff]! ^ (crc >>> 8);
  return ~crc >>> 0;
}

const hexDigits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** Text (lower case) of an EFI_GUID in memory order, without intermediate arrays: a store has one for each record. */
export function guidText(bytes: Uint8Array, at: number): string {
  const digits = (i: number) => hexDigits[bytes[at + i]!]!;
  const head = `${digits(3)}${digits(2)}${digits(1)}${digits(0)}-${digits(5)}${digits(4)}-${digits(7)}${digits(6)}`;
  const tail = `${digits(10)}${digits(11)}${digits(12)}${digits(13)}${digits(14)}${digits(15)}`;
  return `${head}-${digits(8)}${digits(9)}-${tail}`;
}
