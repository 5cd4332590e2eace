import type { Bytes } from "../bytes/bytes.ts";

/** The two lower-case digits of every byte. */
const digits = Array.from({ length: 256 }, (_, byte) => (byte < 16 ? "0" : "") + byte.toString(16));

/**
 * Character codes of a byte's lower-case digits, first and second. Texts of known length are made of all their codes at once: half the time
 * of joining strings (bench, G1).
 */
const highCodes = Uint8Array.from({ length: 256 }, (_, byte) => "0123456789abcdef".charCodeAt(byte >> 4));
const lowCodes = Uint8Array.from({ length: 256 }, (_, byte) => "0123456789abcdef".charCodeAt(byte & 15));

/** Character code of a byte's first hexadecimal digit. */
export function highDigit(byte: number): number {
  return highCodes[byte]!;
}

/** Character code of a byte's second hexadecimal digit. */
export function lowDigit(byte: number): number {
  return lowCodes[byte]!;
}

const digitValues = new Int8Array(128).fill(-1);
for (const text of ["0123456789abcdef", "0123456789ABCDEF"])
  for (let value = 0; value < 16; value++) digitValues[text.charCodeAt(value)] = value;

/** Value of a hexadecimal digit by its character code, or -1. */
function digitValue(code: number): number {
  return code < 128 ? digitValues[code]! : -1;
}

/** The 32 lower-case digits of 16 bytes. */
export function formatHex16(bytes: Uint8Array, at: number): string {
  // biome-ignore format: two bytes a line
  return String.fromCharCode(
    highDigit(bytes[at]!), lowDigit(bytes[at]!), highDigit(bytes[at + 1]!), lowDigit(bytes[at + 1]!),
    highDigit(bytes[at + 2]!), lowDigit(bytes[at + 2]!), highDigit(bytes[at + 3]!), lowDigit(bytes[at + 3]!),
    highDigit(bytes[at + 4]!), lowDigit(bytes[at + 4]!), highDigit(bytes[at + 5]!), lowDigit(bytes[at + 5]!),
    highDigit(bytes[at + 6]!), lowDigit(bytes[at + 6]!), highDigit(bytes[at + 7]!), lowDigit(bytes[at + 7]!),
    highDigit(bytes[at + 8]!), lowDigit(bytes[at + 8]!), highDigit(bytes[at + 9]!), lowDigit(bytes[at + 9]!),
    highDigit(bytes[at + 10]!), lowDigit(bytes[at + 10]!), highDigit(bytes[at + 11]!), lowDigit(bytes[at + 11]!),
    highDigit(bytes[at + 12]!), lowDigit(bytes[at + 12]!), highDigit(bytes[at + 13]!), lowDigit(bytes[at + 13]!),
    highDigit(bytes[at + 14]!), lowDigit(bytes[at + 14]!), highDigit(bytes[at + 15]!), lowDigit(bytes[at + 15]!),
  );
}

/** Lower-case hexadecimal digits of some bytes, without separators unless one is given. */
export function formatHex(bytes: Uint8Array, separator = ""): string {
  let text = "";
  for (let i = 0; i < bytes.length; i++) text += (i > 0 ? separator : "") + digits[bytes[i]!];
  return text;
}

/** Lower-case digits of a 16-bit number without leading zeros, as IPv6 groups are written. */
export function shortHex(word: number): string {
  if (word < 0x10) return digits[word]!.charAt(1);
  if (word < 0x100) return digits[word]!;
  const high = digits[word >> 8]!;
  return (word < 0x1000 ? high.charAt(1) : high) + digits[word & 0xff]!;
}

/**
 * Bytes from hexadecimal digits; blanks, line ends, `:` and `-` between digits are skipped.
 *
 * @returns undefined when the text holds anything else or half a byte.
 */
export function parseHex(text: string): Bytes | undefined {
  const clean = text.replace(/[\s:-]+/g, "");
  if (clean.length % 2 !== 0) return undefined;
  const bytes = new Uint8Array(clean.length / 2);
  for (let i = 0; i < bytes.length; i++) {
    const value = (digitValue(clean.charCodeAt(2 * i)) << 4) | digitValue(clean.charCodeAt(2 * i + 1));
    if (value < 0) return undefined;
    bytes[i] = value;
  }
  return bytes;
}

/** A number as the specifications print it: upper-case digits and an `h`, for example `0Ah`. */
export function specHex(value: number, width = 2): string {
  return `${value.toString(16).toUpperCase().padStart(width, "0")}h`;
}

/** A number with `0x` and lower-case digits. */
export function hex(value: number, width = 0): string {
  return `0x${value.toString(16).padStart(width, "0")}`;
}
