import type { Bytes } from "../bytes/bytes.ts";
import { isFilled } from "../bytes/compare.ts";
import { formatHex, formatHex16, highDigit, lowDigit, parseHex } from "../text/hex.ts";
import { formatIp, formatIpv4, formatIpv6, parseIp, parseIpv4 } from "../text/ip.ts";
import { formatMac, parseMac } from "../text/mac.ts";
import { formatGuid, formatUuid, parseGuid, parseUuid } from "../text/uuid.ts";
import type { TextField, TextKind } from "./field.ts";

/** Latin-1 text of some bytes without the trailing NULs. */
export function formatAscii(bytes: Uint8Array, at: number, size: number): string {
  let end = at + size;
  while (end > at && bytes[end - 1] === 0) end--;
  if (end - at <= 8 && at + 8 <= bytes.length) return formatEight(bytes, at).substring(0, end - at);
  let text = "";
  for (let i = at; i < end; i++) text += String.fromCharCode(bytes[i]!);
  return text;
}

/** Latin-1 text of eight bytes; the ids of an ACPI header are no longer. */
function formatEight(bytes: Uint8Array, at: number): string {
  // biome-ignore format: four bytes a line
  return String.fromCharCode(
    bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!,
    bytes[at + 4]!, bytes[at + 5]!, bytes[at + 6]!, bytes[at + 7]!,
  );
}

/** UTF-8 text up to the first NUL. */
function formatCstring(bytes: Uint8Array, at: number, size: number): string {
  let end = at;
  while (end < at + size && bytes[end] !== 0) end++;
  return utf8.decode(bytes.subarray(at, end));
}

const utf8 = new TextDecoder();

const colon = 58;
const dot = 46;

/** `segment:bus:device.function` of 32 bits: segment 31:16, bus 15:8, device 7:3, function 2:0. */
export function formatPci(value: number): string {
  const segmentHigh = value >>> 24;
  const segmentLow = (value >>> 16) & 0xff;
  const bus = (value >>> 8) & 0xff;
  const device = (value >>> 3) & 0x1f;
  // biome-ignore format: one part a line
  return String.fromCharCode(
    highDigit(segmentHigh), lowDigit(segmentHigh), highDigit(segmentLow), lowDigit(segmentLow), colon,
    highDigit(bus), lowDigit(bus), colon,
    highDigit(device), lowDigit(device), dot,
    lowDigit(value & 7),
  );
}

/** The number after `[segment:]bus:device.function` in hexadecimal, or undefined. */
export function parsePci(text: string): number | undefined {
  const match = /^(?:([0-9a-fA-F]{1,4}):)?([0-9a-fA-F]{1,2}):([01]?[0-9a-fA-F])\.([0-7])$/.exec(text);
  if (!match) return undefined;
  const [segment, bus, device, fn] = match.slice(1).map((part) => Number.parseInt(part ?? "0", 16)) as [
    number,
    number,
    number,
    number,
  ];
  return ((segment << 16) | (bus << 8) | (device << 3) | fn) >>> 0;
}

/** Text of a namespace identifier under its NIDT; undefined for zero bytes that no NIDT claims. */
export function formatNid(type: number, bytes: Uint8Array, at: number): string | undefined {
  if (type === 3) return formatUuid(bytes, at);
  if (type === 2) return formatHex16(bytes, at);
  if (type === 1)
    return isFilled(bytes, 0, at + 8, at + 16) ? formatHex16(bytes, at).slice(0, 16) : formatHex16(bytes, at);
  return isFilled(bytes, 0, at, at + 16) ? undefined : formatHex16(bytes, at);
}

/** The 16 bytes of a namespace identifier: a UUID, or 32 or 16 hexadecimal digits (then the rest is zero). */
export function parseNid(text: string): Bytes | undefined {
  const uuid = parseUuid(text);
  if (uuid) return uuid;
  const bytes = parseHex(text);
  if (!bytes || (bytes.length !== 16 && bytes.length !== 8)) return undefined;
  const padded = new Uint8Array(16);
  padded.set(bytes);
  return padded;
}

const parsers: Readonly<Record<TextKind, (text: string) => Uint8Array | undefined>> = {
  ascii: parseLatin1,
  cstring: (text) => new TextEncoder().encode(text),
  uuid: parseUuid,
  guid: parseGuid,
  ip: parseIp,
  ipv4: parseIpv4,
  "efi-ip": parseEfiIp,
  mac: parseMac,
  hex: parseHex,
  pci: (text) => {
    const value = parsePci(text);
    return value === undefined ? undefined : Uint8Array.of(value, value >>> 8, value >>> 16, value >>> 24);
  },
  nid: parseNid,
};

/** IPv4 where the last twelve bytes are zero, else IPv6; an IPv4-mapped address keeps its hexadecimal groups. */
function formatEfiIp(bytes: Uint8Array, at: number): string {
  return isFilled(bytes, 0, at + 4, at + 16) ? formatIpv4(bytes, at) : formatIpv6(bytes, at);
}

function parseEfiIp(text: string): Uint8Array | undefined {
  return parseIpv4(text) ?? (text.includes(":") ? parseIp(text) : undefined);
}

function parseLatin1(text: string): Uint8Array | undefined {
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code > 0xff) return undefined;
    bytes[i] = code;
  }
  return bytes;
}

/** What a text of each kind looks like, for error messages. */
export const textForms: Readonly<Record<TextKind, string>> = {
  ascii: "ASCII text",
  cstring: "text",
  uuid: "a UUID such as f8131bac-cdef-4165-866b-5998c1e67890",
  guid: "a GUID such as f8131bac-cdef-4165-866b-5998c1e67890",
  ip: "an IPv4 or IPv6 address",
  ipv4: "an IPv4 address",
  "efi-ip": "an IPv4 or IPv6 address",
  mac: "a MAC address such as 52:54:00:12:34:56",
  hex: "hexadecimal digits",
  pci: "a PCI address such as 0000:00:04.0",
  nid: "a UUID, or 32 (NGUID) or 16 (EUI-64) hexadecimal digits",
};

/**
 * The bytes of a text field's value, as many as the field has.
 *
 * @returns a sentence about what is wrong when the text is not of the field's form or too long.
 */
export function textToBytes(field: TextField, text: string): Uint8Array | string {
  const bytes = parsers[field.kind](text);
  if (!bytes) return `expected ${textForms[field.kind]}`;
  // A C string needs room for its NUL.
  const room = field.kind === "cstring" ? field.size - 1 : field.size;
  if (bytes.length > room) return `${bytes.length} bytes, at most ${room} fit`;
  if (field.kind === "hex" && bytes.length !== field.size) return `${bytes.length} bytes, expected ${field.size}`;
  const padded = new Uint8Array(field.size);
  padded.set(bytes);
  return padded;
}

/** Text of a field's bytes at `at`. */
export function bytesToText(field: TextField, bytes: Uint8Array, at: number): string | undefined {
  if (field.zeroIsNone && isFilled(bytes, 0, at, at + field.size)) return undefined;
  switch (field.kind) {
    case "ascii":
      return formatAscii(bytes, at, field.size);
    case "cstring":
      return formatCstring(bytes, at, field.size);
    case "uuid":
      return formatUuid(bytes, at);
    case "guid":
      return formatGuid(bytes, at);
    case "ip":
      return formatIp(bytes, at);
    case "ipv4":
      return formatIpv4(bytes, at);
    case "efi-ip":
      return formatEfiIp(bytes, at);
    case "mac":
      return formatMac(bytes, at);
    case "hex":
      return formatHex(bytes.subarray(at, at + field.size));
    case "pci":
      return formatPci((bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0);
    case "nid":
      return formatNid(bytes[at - 1] ?? 0, bytes, at);
  }
}
