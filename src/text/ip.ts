import type { Bytes } from "../bytes/bytes.ts";
import { shortHex } from "./hex.ts";

/**
 * IP addresses as 16 bytes in network order, the form that the NBFT uses: IPv6 as it is, IPv4 as `::ffff:a.b.c.d`
 * (NVMe Boot Specification 1.3, section 1.5.5.1).
 */

/** Text of a 16-byte address: dotted decimal for an IPv4-mapped one, else RFC 5952. One text for each value and back. */
export function formatIp(bytes: Uint8Array, at = 0): string {
  return isMapped(bytes, at) ? formatIpv4(bytes, at + 12) : formatIpv6(bytes, at);
}

/** Highest VLAN id (IEEE 802.1Q). */
export const LAST_VLAN = 4094;

/** IPv4 texts made last, by a hash of the address: tables of one network name the same gateways, servers and targets (a tenth of decoding, G1). */
const recentKeys = new Int32Array(256);
const recentTexts = new Array<string>(256).fill("0.0.0.0");

const dotted = Array.from({ length: 256 }, (_, byte) => `${byte}.`);

/** Dotted decimal text of four bytes. */
export function formatIpv4(bytes: Uint8Array, at = 0): string {
  const key = bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
  const slot = Math.imul(key, 0x9e3779b1) >>> 24;
  if (recentKeys[slot] === key) return recentTexts[slot]!;
  const text = dotted[bytes[at]!]! + dotted[bytes[at + 1]!]! + dotted[bytes[at + 2]!]! + bytes[at + 3]!;
  recentKeys[slot] = key;
  recentTexts[slot] = text;
  return text;
}

/** RFC 5952 text of 16 bytes, whatever they hold: an IPv4-mapped address keeps its hexadecimal groups. */
export function formatIpv6(bytes: Uint8Array, at = 0): string {
  const group = (i: number) => (bytes[at + 2 * i]! << 8) | bytes[at + 2 * i + 1]!;
  // The first of the longest runs of two or more zero groups is left out.
  let gapAt = 8;
  let gap = 1;
  for (let i = 0; i < 8; i++) {
    let run = 0;
    while (i + run < 8 && group(i + run) === 0) run++;
    if (run > gap) {
      gap = run;
      gapAt = i;
    }
    i += run;
  }
  let text = gapAt === 0 ? ":" : "";
  for (let i = 0; i < 8; i++) {
    if (i === gapAt) {
      text += ":";
      i += gap - 1;
    } else text += i < 7 ? `${shortHex(group(i))}:` : shortHex(group(i));
  }
  return text;
}

/** Whether 16 bytes hold an IPv4-mapped address. */
export function isMapped(bytes: Uint8Array, at = 0): boolean {
  for (let i = 0; i < 10; i++) if (bytes[at + i] !== 0) return false;
  return bytes[at + 10] === 0xff && bytes[at + 11] === 0xff;
}

/**
 * The four bytes of a dotted decimal address, or undefined: four numbers of one to three digits, none above 255, without leading zeros, as
 * inet_pton(3) has it. inet_aton(3) reads `010.0.0.1` as 8.0.0.1: nobody knows what was meant.
 */
export function parseIpv4(text: string): Bytes | undefined {
  const bytes = new Uint8Array(4);
  return writeIpv4(text, bytes, 0) ? bytes : undefined;
}

/** Writes the four bytes of a dotted decimal address; false where the text is none. Character by character: rules compare many addresses. */
function writeIpv4(text: string, bytes: Uint8Array, at: number): boolean {
  let part = 0;
  let value = 0;
  let digits = 0;
  if (text.length > 15) return false;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39 && digits < 3 && (digits === 0 || value > 0)) {
      value = 10 * value + code - 0x30;
      digits++;
    } else if (code === 0x2e && digits > 0 && value <= 255 && part < 3) {
      bytes[at + part++] = value;
      value = 0;
      digits = 0;
    } else return false;
  }
  bytes[at + part] = value;
  return part === 3 && digits > 0 && value <= 255;
}

/** A text whose IPv4 addresses have no leading zeros, as readers of decimal numbers take them. */
export function withoutLeadingZeros(text: string): string {
  return text.replace(/(?<![\d.])\d+(?:\.\d+){3}(?![\d.])/g, (address) => address.replace(/\b0+(?=\d)/g, ""));
}

/**
 * What is wrong with a text that is right but for leading zeros in an IPv4 address, and what to write.
 *
 * @param isRight whether the text without them is right
 */
export function leadingZeros(text: string, isRight: (text: string) => boolean): string | undefined {
  const plain = withoutLeadingZeros(text);
  if (plain === text || !isRight(plain)) return undefined;
  return `numbers of an IPv4 address have no leading zeros, which some programs read as octal; write ${plain}`;
}

/**
 * What is wrong with an address that has a prefix length, a port, brackets or a zone with it, and what to write.
 *
 * @param isRight whether the address alone is right
 */
export function addressAlone(text: string, isRight: (text: string) => boolean): string | undefined {
  const [, bracketed, beforePort, address] =
    /^(?:\[([\da-f:.]{2,45})(?:%[\w.-]{1,15})?\](?::\d{1,5})?|([\d.]{7,15}):\d{1,5}|([\da-f:.]{2,45})(?:%[\w.-]{1,15})?(?:\/\d{1,3})?)$/i.exec(
      text,
    ) ?? [];
  const alone = bracketed ?? beforePort ?? address;
  if (alone === undefined || alone === text || parseIp(alone) === undefined || !isRight(alone)) return undefined;
  const rest = text.includes("/") ? ", and the length of the prefix under its own key" : "";
  return `expected an IPv4 or IPv6 address and nothing else; write ${alone}${rest}`;
}

/** The 16 bytes of an IPv4 address (mapped) or IPv6 address (no zone, no brackets), or undefined. */
export function parseIp(text: string): Bytes | undefined {
  const bytes = new Uint8Array(16);
  if (!writeIpv4(text, bytes, 12)) return parseIpv6(text);
  bytes.fill(0xff, 10, 12);
  return bytes;
}

function parseIpv6(text: string): Bytes | undefined {
  const halves = text.split("::");
  if (halves.length > 2 || !/^[0-9a-fA-F:.]+$/.test(text)) return undefined;
  const head = groupsOf(halves[0]!, halves.length === 1);
  const tail = halves.length === 2 ? groupsOf(halves[1]!, true) : [];
  if (!head || !tail) return undefined;
  const missing = 8 - head.length - tail.length;
  if (halves.length === 2 ? missing < 1 : missing !== 0) return undefined;
  const groups = [...head, ...new Array<number>(missing).fill(0), ...tail];
  return Uint8Array.from(groups.flatMap((group) => [group >> 8, group & 0xff]));
}

function groupsOf(text: string, mayEndInIpv4: boolean): number[] | undefined {
  if (text === "") return [];
  const groups: number[] = [];
  const parts = text.split(":");
  for (const [i, part] of parts.entries()) {
    const v4 = mayEndInIpv4 && i === parts.length - 1 ? parseIpv4(part) : undefined;
    if (v4) groups.push((v4[0]! << 8) | v4[1]!, (v4[2]! << 8) | v4[3]!);
    else if (/^[0-9a-fA-F]{1,4}$/.test(part)) groups.push(Number.parseInt(part, 16));
    else return undefined;
  }
  return groups;
}

/** Whether the text of an IP address is IPv6. */
export function isIpv6(address: string): boolean {
  return address.includes(":");
}
