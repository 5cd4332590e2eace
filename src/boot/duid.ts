import { formatHex, parseHex } from "../text/hex.ts";

/** Fields after the type of each kind of DUID that are numbers: offset and size (RFC 8415, section 11). */
const numbers: Readonly<Record<number, readonly (readonly [number, number])[]>> = {
  1: [
    [2, 2],
    [4, 4],
  ],
  2: [[2, 4]],
  3: [[2, 2]],
};

/**
 * A DUID as DHCP sends it (big-endian numbers) in the form that the NBFT holds and nvme-cli reads (little-endian numbers),
 * or back: the same exchange. Both are hexadecimal; the result has colons.
 */
export function swapDuid(duid: string, stored: "network" | "table"): string {
  const bytes = parseHex(duid) ?? new Uint8Array();
  const type = stored === "network" ? (bytes[0]! << 8) | bytes[1]! : (bytes[1]! << 8) | bytes[0]!;
  for (const [at, size] of [[0, 2] as const, ...(numbers[type] ?? [])]) bytes.subarray(at, at + size).reverse();
  return formatHex(bytes, ":");
}

/** The DUID-LL of a MAC address, as DHCP sends it. */
export function duidOfMac(mac: string): string {
  return `00:03:00:01:${mac}`;
}
