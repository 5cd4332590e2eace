import { formatHex } from "../text/hex.ts";
import { formatIp } from "../text/ip.ts";
import { formatMac } from "../text/mac.ts";
import { MAX_NQN_BYTES, uuidNqn } from "../text/nvme.ts";
import { formatUuid } from "../text/uuid.ts";
import type { Prng } from "./prng.ts";

/** A locally administered unicast MAC address. */
export function randomMac(prng: Prng): string {
  const bytes = prng.bytes(6);
  bytes[0] = (bytes[0]! & 0xfc) | 0x02;
  return formatMac(bytes);
}

/** A UUID of version 4; its first byte is not 0, which libnvme takes for "none" in a Host ID. */
export function randomUuid(prng: Prng): string {
  const bytes = prng.bytes(16);
  bytes[0] = bytes[0]! | 1;
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  return formatUuid(bytes);
}

/** An NQN of either form, of up to 223 bytes. */
export function randomNqn(prng: Prng): string {
  if (prng.oneIn(2)) return uuidNqn(randomUuid(prng));
  const year = 2001 + prng.below(25);
  const month = String(1 + prng.below(12)).padStart(2, "0");
  const start = `nqn.${year}-${month}.org.example:`;
  const length = prng.oneIn(8) ? MAX_NQN_BYTES - start.length : 1 + prng.below(40);
  return start + letters(prng, length, "abcdefghijklmnopqrstuvwxyz0123456789-.:_");
}

export function letters(prng: Prng, length: number, alphabet = "abcdefghijklmnopqrstuvwxyz"): string {
  return Array.from({ length }, () => prng.pick([...alphabet])).join("");
}

/** A host name of one to three labels. */
export function randomHostName(prng: Prng): string {
  const labels = Array.from({ length: 1 + prng.below(3) }, () => letters(prng, 1 + prng.below(12)));
  return labels.join(".");
}

/** The subnet of an interface: hosts are numbered from 1. */
export interface RandomSubnet {
  readonly family: "ipv4" | "ipv6";
  readonly prefix: number;
  host(number: number): string;
}

/** A network of the documentation's or the private ranges. */
export function randomSubnet(prng: Prng, family: RandomSubnet["family"]): RandomSubnet {
  const bytes = new Uint8Array(16);
  const number = (host: number) => {
    const address = Uint8Array.from(bytes);
    address[14] = host >>> 8;
    address[15] = host & 0xff;
    if (family === "ipv4") address[14] = bytes[14]!;
    return formatIp(address);
  };
  if (family === "ipv4") {
    bytes.fill(0xff, 10, 12);
    bytes.set([10, prng.below(256), prng.below(256)], 12);
    return { family, prefix: 24, host: number };
  }
  bytes.set(prng.oneIn(3) ? [0xfe, 0x80] : [0x20, 0x01, 0x0d, 0xb8, ...prng.bytes(4)]);
  bytes.set(prng.bytes(4), 8);
  return { family, prefix: 64, host: number };
}

/** A DUID with its fields little-endian, as the specification and libnvme have them: LLT, EN, LL or UUID. */
export function randomDuid(prng: Prng, type: 1 | 2 | 3 | 4 = prng.pick([1, 2, 3, 4])): string {
  const bodies = {
    1: [1, 0, ...prng.bytes(10)],
    2: [...prng.bytes(4 + 1 + prng.below(20))],
    3: [1, 0, ...prng.bytes(6)],
    4: [...prng.bytes(16)],
  };
  return formatHex(Uint8Array.from([type, 0, ...bodies[type]]));
}

/** A namespace identifier of any type, never zero. */
export function randomNid(prng: Prng): string {
  const kind = prng.below(3);
  if (kind === 0) return randomUuid(prng);
  const bytes = prng.bytes(kind === 1 ? 16 : 8);
  bytes[0] = bytes[0]! | 1;
  return formatHex(bytes);
}
