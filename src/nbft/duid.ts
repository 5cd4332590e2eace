import { checkBytes } from "../bytes/bytes.ts";
import { formatHex } from "../text/hex.ts";
import { formatUuid } from "../text/uuid.ts";

/** One way to read a DHCP unique identifier (RFC 8415, section 11). */
export interface DuidReading {
  /** Byte order under which the bytes make sense: the NBFT's text says little-endian, DHCP itself is big-endian. */
  readonly order: "little-endian" | "big-endian" | "reversed";
  /** DUID type; the number is 1 to 4 in this order (RFC 8415, sections 11.2 to 11.5; RFC 6355). */
  readonly type: "DUID-LLT" | "DUID-EN" | "DUID-LL" | "DUID-UUID";
  /** IANA hardware type, 1 for Ethernet; of DUID-LLT and DUID-LL. */
  readonly hardwareType?: number;
  /** Seconds since 2000-01-01 00:00 UTC. */
  readonly time?: number;
  /** IANA private enterprise number; of DUID-EN. */
  readonly enterprise?: number;
  /** Link-layer address, identifier, or UUID text. */
  readonly identifier: string;
}

const types = { 1: "DUID-LLT", 2: "DUID-EN", 3: "DUID-LL", 4: "DUID-UUID" } as const;

/**
 * Reads a DUID under the first byte order that fits type and length: fields little-endian (as libnvme reads it), fields
 * big-endian (as DHCP sends it), or the whole value reversed after a one-byte type (the specification's examples).
 * Undefined when none fits.
 */
export function interpretDuid(duid: Uint8Array): DuidReading | undefined {
  checkBytes(duid);
  const reversed = Uint8Array.from(duid).reverse();
  return (
    withOrder(duid, 2, "little-endian") ??
    withOrder(duid, 2, "big-endian") ??
    withOrder(duid, 1, "big-endian") ??
    withOrder(reversed, 1, "reversed")
  );
}

function withOrder(duid: Uint8Array, typeSize: 1 | 2, order: DuidReading["order"]): DuidReading | undefined {
  if (duid.length < 3) return undefined;
  const little = order === "little-endian";
  const number = (at: number, size: number) => {
    let value = 0;
    for (let i = 0; i < size; i++) value = value * 256 + (duid[little ? at + size - 1 - i : at + i] ?? 0);
    return value;
  };
  const code = number(0, typeSize);
  const type = types[code as keyof typeof types];
  const rest = duid.length - typeSize;
  const tail = (at: number) => formatHex(duid.subarray(typeSize + at), ":");
  if (type === "DUID-LLT" && rest === 12) {
    return { order, type, hardwareType: number(typeSize, 2), time: number(typeSize + 2, 4), identifier: tail(6) };
  }
  if (type === "DUID-EN" && rest >= 5) {
    return { order, type, enterprise: number(typeSize, 4), identifier: tail(4) };
  }
  if (type === "DUID-LL" && rest === 8) {
    return { order, type, hardwareType: number(typeSize, 2), identifier: tail(2) };
  }
  if (type === "DUID-UUID" && rest === 16) return { order, type, identifier: formatUuid(duid, typeSize) };
  return undefined;
}
