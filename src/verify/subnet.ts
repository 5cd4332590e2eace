import { formatIp, isMapped, parseIp } from "../text/ip.ts";

/** An IP network. */
export interface Subnet {
  /** First address and prefix length, for example `192.168.101.0/24`. */
  readonly text: string;
  readonly isIpv6: boolean;
  /** Prefix length in the address's own family. */
  readonly prefix: number;
  contains(address: string): boolean;
  /** The address with this number in the network's host part. */
  host(number: number): string;
}

/**
 * The network of an address. An IPv6 prefix of 0, which firmware writes for "not told", is taken as 64.
 *
 * @returns undefined for text that is no address, or a prefix that the family does not have.
 */
export function subnetOf(address: string, prefix: number): Subnet | undefined {
  const bytes = parseIp(address);
  if (!bytes) return undefined;
  const isIpv6 = !isMapped(bytes);
  const length = isIpv6 && prefix === 0 ? 64 : prefix;
  if (!Number.isInteger(length) || length < 0 || length > (isIpv6 ? 128 : 32)) return undefined;
  const bits = isIpv6 ? length : 96 + length;
  const first = bytes.map((byte, i) => byte & maskByte(bits, i));
  return {
    text: `${formatIp(first)}/${length}`,
    isIpv6,
    prefix: length,
    contains: (other) => {
      const candidate = parseIp(other);
      return candidate?.every((byte, i) => (byte & maskByte(bits, i)) === first[i]) ?? false;
    },
    host: (number) => {
      const made = Uint8Array.from(first);
      for (let i = 15, rest = number; i >= 0 && rest > 0; i--, rest = Math.floor(rest / 256)) made[i]! |= rest & 0xff;
      return formatIp(made);
    },
  };
}

function maskByte(bits: number, index: number): number {
  const here = Math.min(8, Math.max(0, bits - 8 * index));
  return (0xff << (8 - here)) & 0xff;
}

/** One text for each address, however it was written; the text itself where it is none. A zone (`%eth0`) is cut off. */
export function canonicalAddress(text: string): string {
  const bytes = parseIp(text.replace(/%.*$/, "").replace(/^\[|\]$/g, ""));
  return bytes ? formatIp(bytes) : text;
}
