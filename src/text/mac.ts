import type { Bytes } from "../bytes/bytes.ts";
import { highDigit as high, lowDigit as low } from "./hex.ts";

const colon = 58;

/** EUI-48 text, lower case with colons. */
export function formatMac(bytes: Uint8Array, at = 0): string {
  // biome-ignore format: two bytes a line
  return String.fromCharCode(
    high(bytes[at]!), low(bytes[at]!), colon, high(bytes[at + 1]!), low(bytes[at + 1]!), colon,
    high(bytes[at + 2]!), low(bytes[at + 2]!), colon, high(bytes[at + 3]!), low(bytes[at + 3]!), colon,
    high(bytes[at + 4]!), low(bytes[at + 4]!), colon, high(bytes[at + 5]!), low(bytes[at + 5]!),
  );
}

/** The six bytes of an EUI-48 written with colons or hyphens, or undefined. */
export function parseMac(text: string): Bytes | undefined {
  if (!/^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$/.test(text)) return undefined;
  return Uint8Array.from(text.split(/[:-]/), (part) => Number.parseInt(part, 16));
}
