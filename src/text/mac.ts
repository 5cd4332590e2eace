import { formatHex } from "./hex.ts";

/** EUI-48 text, lower case with colons. */
export function formatMac(bytes: Uint8Array, at = 0): string {
  return formatHex(bytes.subarray(at, at + 6), ":");
}

/** The six bytes of an EUI-48 written with colons or hyphens, or undefined. */
export function parseMac(text: string): Uint8Array | undefined {
  if (!/^[0-9a-fA-F]{2}([:-][0-9a-fA-F]{2}){5}$/.test(text)) return undefined;
  return Uint8Array.from(text.split(/[:-]/), (part) => Number.parseInt(part, 16));
}
