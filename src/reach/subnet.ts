import { isFilled } from "../bytes/compare.ts";
import { formatIp, isMapped, parseIp } from "../text/ip.ts";

/** Addresses that are remembered. A table has some hundreds; hundreds of records may each name hundreds of interfaces. */
const MOST_REMEMBERED = 2048;

/** What is known of a text: 16 bytes to read only, where it is an address, and what kind of one. */
interface Remembered {
  readonly text: string;
  readonly bytes: Uint8Array | undefined;
  readonly use: AddressUse;
}

let remembered = new Map<string, Remembered>();
/** The one that was asked for last, as most often it is again. */
let last: Remembered = { text: "", bytes: undefined, use: "none" };

function addressOf(text: string): Remembered {
  if (text === last.text) return last;
  const known = remembered.get(text);
  if (known) {
    last = known;
    return known;
  }
  if (remembered.size >= MOST_REMEMBERED) forgetAddresses();
  const bytes = parseIp(text);
  const use = bytes === undefined ? "none" : isMapped(bytes) ? useOfIpv4(bytes) : useOfIpv6(bytes);
  last = { text, bytes, use };
  remembered.set(text, last);
  return last;
}

/**
 * Forgets the addresses of the table before: what lives longer than its table grows the heap of a run over many. The table of a map that is cleared
 * leads to the one that takes its place, so that V8 would keep them all until it collects the whole heap.
 */
export function forgetAddresses(): void {
  remembered = new Map();
}

/** An IP network. */
export class Subnet {
  /** Prefix length in the address's own family. */
  readonly prefix: number;
  readonly isIpv6: boolean;
  /** The first address, and the bits of 16 bytes that all addresses share. */
  readonly #network: Uint8Array;
  readonly #bits: number;
  #first: string | undefined;

  /** @param bytes any address of the network, 16 bytes; @param bits of them that all its addresses share */
  constructor(bytes: Uint8Array, bits: number) {
    this.isIpv6 = !isMapped(bytes);
    this.prefix = this.isIpv6 ? bits : bits - 96;
    this.#network = bytes.slice();
    for (let i = bits >> 3; i < 16; i++) this.#network[i]! &= maskByte(bits, i);
    this.#bits = bits;
  }

  /** First address: the network's own. */
  get first(): string {
    this.#first ??= formatIp(this.#network);
    return this.#first;
  }

  /** First address and prefix length, for example `192.168.101.0/24`. */
  get text(): string {
    return `${this.first}/${this.prefix}`;
  }

  contains(address: string): boolean {
    const { bytes: candidate } = addressOf(address);
    return candidate !== undefined && isMapped(candidate) !== this.isIpv6 && this.#holds(candidate);
  }

  #holds(candidate: Uint8Array): boolean {
    const whole = this.#bits >> 3;
    for (let i = 0; i < whole; i++) if (candidate[i] !== this.#network[i]) return false;
    return whole === 16 || (candidate[whole]! & maskByte(this.#bits, whole)) === this.#network[whole];
  }

  /** The address with this number in the network's host part. */
  host(number: number): string {
    const made = Uint8Array.from(this.#network);
    for (let i = 15, rest = number; i >= 0 && rest > 0; i--, rest = Math.floor(rest / 256)) made[i]! |= rest & 0xff;
    return formatIp(made);
  }

  /**
   * What an address of this network is when no host can have it: the network's own (in IPv6 the anycast address of its routers, RFC 4291,
   * section 2.6.1) or its broadcast address. IPv4 networks of one or two addresses have neither (RFC 3021).
   */
  special(address: string): "network" | "broadcast" | undefined {
    if (this.#bits > 126 || !this.contains(address)) return undefined;
    const bytes = addressOf(address).bytes!;
    let [isFirst, isLast] = [true, true];
    for (let i = this.#bits >> 3; i < 16; i++) {
      const hostBits = maskByte(this.#bits, i) ^ 0xff;
      if ((bytes[i]! & hostBits) !== 0) isFirst = false;
      if ((bytes[i]! & hostBits) !== hostBits) isLast = false;
    }
    if (isFirst) return "network";
    return isLast && !this.isIpv6 ? "broadcast" : undefined;
  }
}

/**
 * The network of an address. An IPv6 prefix of 0, with which firmware says that it does not know the prefix, is taken as 64.
 *
 * @returns undefined for text that is not an address, or a prefix that the family does not have.
 */
export function subnetOf(address: string, prefix: number): Subnet | undefined {
  const { bytes } = addressOf(address);
  if (!bytes) return undefined;
  const isIpv6 = !isMapped(bytes);
  const length = isIpv6 && prefix === 0 ? 64 : prefix;
  if (!Number.isInteger(length) || length < 0 || length > (isIpv6 ? 128 : 32)) return undefined;
  return new Subnet(bytes, isIpv6 ? length : 96 + length);
}

function maskByte(bits: number, index: number): number {
  const here = Math.min(8, Math.max(0, bits - 8 * index));
  return (0xff << (8 - here)) & 0xff;
}

/** What kind of address a text is. `host` is one that a host can have; `none` is not an address at all, or all zero. */
export type AddressUse = "none" | "loopback" | "multicast" | "broadcast" | "link-local" | "host";

/** What kind of address a text is, by its first bits (RFC 6890, RFC 4291). IPv4 link-local addresses count as those of hosts. */
export function addressUse(text: string | undefined): AddressUse {
  return text === undefined ? "none" : addressOf(text).use;
}

/**
 * What an address is reserved for, in words, where no network gives it to a host and Linux uses it all the same: RFC 1122 (0.0.0.0/8),
 * RFC 1112 (240.0.0.0/4), RFC 4291 (::/96). Undefined for other addresses, and for those of {@link addressUse} that no host has.
 */
export function reservedAddress(text: string): string | undefined {
  const { bytes, use } = addressOf(text);
  if (bytes === undefined || use !== "host") return undefined;
  if (!isMapped(bytes)) return isFilled(bytes, 0, 0, 12) ? "a reserved address (::/96)" : undefined;
  if (bytes[12] === 0) return "a reserved address (0.0.0.0/8)";
  return bytes[12]! >= 240 ? "a reserved address (240.0.0.0/4)" : undefined;
}

function useOfIpv4(bytes: Uint8Array): AddressUse {
  if (isFilled(bytes, 0, 12)) return "none";
  if (isFilled(bytes, 0xff, 12)) return "broadcast";
  const first = bytes[12]!;
  if (first === 127) return "loopback";
  return first >= 224 && first < 240 ? "multicast" : "host";
}

function useOfIpv6(bytes: Uint8Array): AddressUse {
  if (bytes[15]! <= 1 && isFilled(bytes, 0, 0, 15)) return bytes[15] === 0 ? "none" : "loopback";
  if (bytes[0] === 0xff) return "multicast";
  return bytes[0] === 0xfe && (bytes[1]! & 0xc0) === 0x80 ? "link-local" : "host";
}
