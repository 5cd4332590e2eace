import { formatIp, isMapped, parseIp } from "../text/ip.ts";

/** An IP network. */
export interface Subnet {
  /** First address and prefix length, for example `192.168.101.0/24`. */
  readonly text: string;
  readonly isIpv6: boolean;
  /** First address: the network's own. */
  readonly first: string;
  /** Prefix length in the address's own family. */
  readonly prefix: number;
  contains(address: string): boolean;
  /** The address with this number in the network's host part. */
  host(number: number): string;
  /**
   * What an address of this network is when no host can have it: the network's own (in IPv6 the anycast address of its routers, RFC 4291,
   * section 2.6.1) or its broadcast address. IPv4 networks of one or two addresses have neither (RFC 3021).
   */
  special(address: string): "network" | "broadcast" | undefined;
}

/**
 * The network of an address. An IPv6 prefix of 0, with which firmware says that it does not know the prefix, is taken as 64.
 *
 * @returns undefined for text that is not an address, or a prefix that the family does not have.
 */
export function subnetOf(address: string, prefix: number): Subnet | undefined {
  const bytes = parseIp(address);
  if (!bytes) return undefined;
  const isIpv6 = !isMapped(bytes);
  const length = isIpv6 && prefix === 0 ? 64 : prefix;
  if (!Number.isInteger(length) || length < 0 || length > (isIpv6 ? 128 : 32)) return undefined;
  const bits = isIpv6 ? length : 96 + length;
  const network = bytes.map((byte, i) => byte & maskByte(bits, i));
  const first = formatIp(network);
  const last = isIpv6 ? undefined : formatIp(network.map((byte, i) => byte | (maskByte(bits, i) ^ 0xff)));
  const plain = bits > 126;
  return {
    text: `${first}/${length}`,
    isIpv6,
    first,
    prefix: length,
    contains: (other) => {
      const candidate = parseIp(other);
      if (!candidate || isMapped(candidate) === isIpv6) return false;
      return candidate.every((byte, i) => (byte & maskByte(bits, i)) === network[i]);
    },
    host: (number) => {
      const made = Uint8Array.from(network);
      for (let i = 15, rest = number; i >= 0 && rest > 0; i--, rest = Math.floor(rest / 256)) made[i]! |= rest & 0xff;
      return formatIp(made);
    },
    special: (other) => {
      if (plain) return undefined;
      if (other === first) return "network";
      return other === last ? "broadcast" : undefined;
    },
  };
}

function maskByte(bits: number, index: number): number {
  const here = Math.min(8, Math.max(0, bits - 8 * index));
  return (0xff << (8 - here)) & 0xff;
}

/** What kind of address a text is. `host` is one that a host can have; `none` is no address at all, or all zero. */
export type AddressUse = "none" | "loopback" | "multicast" | "broadcast" | "link-local" | "host";

/** What kind of address a text is, by its first bits (RFC 6890, RFC 4291). IPv4 link-local addresses count as those of hosts. */
export function addressUse(text: string | undefined): AddressUse {
  const bytes = text === undefined ? undefined : parseIp(text);
  if (!bytes) return "none";
  if (isMapped(bytes)) {
    const first = bytes[12]!;
    if (bytes.subarray(12).every((byte) => byte === 0)) return "none";
    if (bytes.subarray(12).every((byte) => byte === 0xff)) return "broadcast";
    if (first === 127) return "loopback";
    return first >= 224 && first < 240 ? "multicast" : "host";
  }
  if (bytes.subarray(0, 15).every((byte) => byte === 0) && bytes[15]! <= 1)
    return bytes[15] === 0 ? "none" : "loopback";
  if (bytes[0] === 0xff) return "multicast";
  return bytes[0] === 0xfe && (bytes[1]! & 0xc0) === 0x80 ? "link-local" : "host";
}
