import { formatHex, parseHex } from "../../text/hex.ts";
import { parseIp, parseIpv4, withoutLeadingZeros } from "../../text/ip.ts";
import { formatGuid, parseGuid } from "../../text/uuid.ts";

/** Text forms of the arguments of device path nodes, as EDK II prints them: hexadecimal digits in upper case. */

export function hexNumber(value: number | bigint): string {
  return `0x${value.toString(16).toUpperCase()}`;
}

/** A number of at most so many bytes in decimal or with `0x`, little-endian; undefined for anything else. */
export function numberBytes(text: string | undefined, size: number): Uint8Array | undefined {
  if (text === undefined || !/^(0[xX][0-9a-fA-F]+|\d+)$/.test(text)) return undefined;
  let value = BigInt(text);
  if (value >> BigInt(8 * size)) return undefined;
  const bytes = new Uint8Array(size);
  for (let i = 0; i < size; i++, value >>= 8n) bytes[i] = Number(value & 0xffn);
  return bytes;
}

export function upperGuid(bytes: Uint8Array, at = 0): string {
  return formatGuid(bytes, at).toUpperCase();
}

export function upperHex(bytes: Uint8Array): string {
  return formatHex(bytes).toUpperCase();
}

export function guidArgument(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? undefined : parseGuid(text);
}

export function hexArgument(text: string | undefined): Uint8Array | undefined {
  return text === undefined ? new Uint8Array() : parseHex(text);
}

export function ipv4Text(bytes: Uint8Array, at: number): string {
  return bytes.subarray(at, at + 4).join(".");
}

export function ipv4Argument(text: string | undefined): Uint8Array | undefined {
  // EDK II reads decimal numbers (StrToIpv4Address).
  return text === undefined ? undefined : parseIpv4(withoutLeadingZeros(text));
}

/** Eight groups of four digits. */
export function ipv6Text(bytes: Uint8Array, at: number): string {
  return upperHex(bytes.subarray(at, at + 16)).replace(/(.{4})(?!$)/g, "$1:");
}

export function ipv6Argument(text: string | undefined): Uint8Array | undefined {
  return text?.includes(":") ? parseIp(text) : undefined;
}

const protocols: Readonly<Record<number, string>> = { 6: "TCP", 17: "UDP" };

export function protocolText(number: number): string {
  return protocols[number] ?? hexNumber(number);
}

export function protocolArgument(text: string | undefined): Uint8Array | undefined {
  const named = Object.entries(protocols).find(([, name]) => name === text?.toUpperCase());
  return numberBytes(named ? named[0] : text, 2);
}

/** All parts in one, or undefined when any is missing. */
export function join(...parts: readonly (Uint8Array | undefined)[]): Uint8Array | undefined {
  let length = 0;
  for (const part of parts) {
    if (!part) return undefined;
    length += part.length;
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    bytes.set(part!, at);
    at += part!.length;
  }
  return bytes;
}
