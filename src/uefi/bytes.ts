import type { Bytes } from "../bytes/bytes.ts";
import { highDigit as high, lowDigit as low } from "../text/hex.ts";

const hyphen = 45;

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
