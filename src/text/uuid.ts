import type { Bytes } from "../bytes/bytes.ts";
import { highDigit as high, lowDigit as low, parseHex } from "./hex.ts";

const hyphen = 45;

/** UUID text (lower case) of 16 bytes in the order they are stored, as RFC 4122 prints them. */
export function formatUuid(bytes: Uint8Array, at = 0): string {
  // biome-ignore format: two bytes a line
  return String.fromCharCode(
    high(bytes[at]!), low(bytes[at]!), high(bytes[at + 1]!), low(bytes[at + 1]!),
    high(bytes[at + 2]!), low(bytes[at + 2]!), high(bytes[at + 3]!), low(bytes[at + 3]!), hyphen,
    high(bytes[at + 4]!), low(bytes[at + 4]!), high(bytes[at + 5]!), low(bytes[at + 5]!), hyphen,
    high(bytes[at + 6]!), low(bytes[at + 6]!), high(bytes[at + 7]!), low(bytes[at + 7]!), hyphen,
    high(bytes[at + 8]!), low(bytes[at + 8]!), high(bytes[at + 9]!), low(bytes[at + 9]!), hyphen,
    high(bytes[at + 10]!), low(bytes[at + 10]!), high(bytes[at + 11]!), low(bytes[at + 11]!),
    high(bytes[at + 12]!), low(bytes[at + 12]!), high(bytes[at + 13]!), low(bytes[at + 13]!),
    high(bytes[at + 14]!), low(bytes[at + 14]!), high(bytes[at + 15]!), low(bytes[at + 15]!),
  );
}

/** The 16 bytes of a UUID text in RFC 4122 order, or undefined. */
export function parseUuid(text: string): Bytes | undefined {
  if (!/^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/.test(text)) return undefined;
  return parseHex(text);
}

/** The same 16 bytes with the first three fields in the other byte order: RFC 4122 order to EFI_GUID order and back. */
export function swapGuid(bytes: Uint8Array): Bytes {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (i) => bytes[i] ?? 0);
}

/** Text (lower case) of an EFI_GUID stored in memory order. */
export function formatGuid(bytes: Uint8Array, at = 0): string {
  return formatUuid(swapGuid(bytes.subarray(at, at + 16)));
}

/** The 16 bytes of an EFI_GUID in memory order, or undefined. */
export function parseGuid(text: string): Bytes | undefined {
  const bytes = parseUuid(text);
  return bytes && swapGuid(bytes);
}
