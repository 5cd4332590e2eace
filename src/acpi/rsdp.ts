import { checkBytes } from "../bytes/bytes.ts";
import { readUint } from "../bytes/numbers.ts";
import { ascii, decodeStructure, reserved, structure, u8, u32 } from "../structure/index.ts";
import { sumBytes } from "./checksum.ts";
import type { RsdpStructure } from "./generated/model.ts";

/** Root System Description Pointer of revision 2 and later, 36 bytes; of revision 0 the first 20. ACPI 6.5, table 5.3. */
export const rsdpStructure = structure("RsdpStructure", {
  title: "Root System Description Pointer",
  spec: { doc: "ACPI", rev: "6.5", section: "5.2.5.3" },
  size: 36,
  minSize: 20,
  fields: {
    signature: ascii(0, 8, "Signature"),
    checksum: u8(8, "Checksum of the first 20 bytes"),
    oemId: ascii(9, 6, "OEM ID"),
    revision: u8(15, "Revision"),
    rsdt: u32(16, "RsdtAddress"),
    length: u32(20, "Length"),
    xsdtLow: u32(24, "XsdtAddress, low half"),
    xsdtHigh: u32(28, "XsdtAddress, high half"),
    extendedChecksum: u8(32, "Extended Checksum of all bytes"),
    reserved: reserved(33, 3),
  },
});

/** A pointer to the root table. */
export interface Rsdp {
  /** 0 for ACPI 1.0, which has no XSDT; 2 for everything later. */
  readonly revision: number;
  /** OEM ID, 6 characters. */
  readonly oemId: string;
  /** Physical address of the RSDT; 0 for none. */
  readonly rsdt: number;
  /** Physical address of the XSDT; 0 for none. */
  readonly xsdt: number;
}

/**
 * The pointer that stands at `at`, when its signature and its checksums are right. Firmware code holds the signature, too, so the
 * sums decide. A length other than 36 is taken when the bytes are there and their sum is right.
 */
export function readRsdp(bytes: Uint8Array, at = 0): Rsdp | undefined {
  checkBytes(bytes);
  if (!hasRsdpSignature(bytes, at) || at + 20 > bytes.length || sumBytes(bytes, at, at + 20) !== 0) return undefined;
  const padded = new Uint8Array(rsdpStructure.size);
  padded.set(bytes.subarray(at, at + rsdpStructure.size));
  const rsdp = decodeStructure<RsdpStructure>(rsdpStructure, padded);
  const { revision, oemId, rsdt } = rsdp;
  if (revision < 2) return { revision, oemId, rsdt, xsdt: 0 };
  const { length } = rsdp;
  if (length < 36 || length > 4096 || at + length > bytes.length || sumBytes(bytes, at, at + length) !== 0)
    return undefined;
  const xsdt = rsdp.xsdtHigh * 2 ** 32 + rsdp.xsdtLow;
  return { revision, oemId, rsdt, xsdt: Number.isSafeInteger(xsdt) ? xsdt : 0 };
}

const signature = new TextEncoder().encode("RSD PTR ");

/** Whether the eight bytes `RSD PTR ` stand at `at`. */
export function hasRsdpSignature(bytes: Uint8Array, at: number): boolean {
  for (let i = 0; i < signature.length; i++) if (bytes[at + i] !== signature[i]) return false;
  return true;
}

/** An address of 4 or 8 bytes, little-endian; 0 when it is too large to be one. */
export function readAddress(bytes: Uint8Array, at: number, size: 4 | 8): number {
  const low = readUint(bytes, at, 4);
  if (size === 4) return low;
  const address = readUint(bytes, at + 4, 4) * 2 ** 32 + low;
  return Number.isSafeInteger(address) ? address : 0;
}
