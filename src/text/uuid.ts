import { formatHex } from "./hex.ts";

/** UUID text (lower case) of 16 bytes in the order they are stored, as RFC 4122 prints them. */
export function formatUuid(bytes: Uint8Array, at = 0): string {
  const hex = formatHex(bytes.subarray(at, at + 16));
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

/** The 16 bytes of a UUID text in RFC 4122 order, or undefined. */
export function parseUuid(text: string): Uint8Array | undefined {
  if (!/^[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}$/.test(text)) return undefined;
  const hex = text.replaceAll("-", "");
  return Uint8Array.from({ length: 16 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
}

/** The same 16 bytes with the first three fields in the other byte order: RFC 4122 order to EFI_GUID order and back. */
export function swapGuid(bytes: Uint8Array): Uint8Array {
  const order = [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15];
  return Uint8Array.from(order, (i) => bytes[i] ?? 0);
}

/** Text (lower case) of an EFI_GUID stored in memory order. */
export function formatGuid(bytes: Uint8Array, at = 0): string {
  return formatUuid(swapGuid(bytes.subarray(at, at + 16)));
}

/** The 16 bytes of an EFI_GUID in memory order, or undefined. */
export function parseGuid(text: string): Uint8Array | undefined {
  const bytes = parseUuid(text);
  return bytes && swapGuid(bytes);
}
