import { checkBytes } from "../bytes/bytes.ts";
import { readUint } from "../bytes/numbers.ts";
import { DecodeError } from "../errors.ts";
import { ascii, decodeStructure, structure, u8, u32 } from "../structure/index.ts";
import type { AcpiTableHeader } from "./generated/model.ts";

/** Rows that every ACPI table starts with; the NBFT header repeats them. */
export const acpiHeaderFields = {
  signature: ascii(0, 4, "Signature", { abbreviation: "SIG", meaning: "says what kind of table it is" }),
  length: u32(4, "Length", { abbreviation: "LEN", unit: "bytes", meaning: "of the whole table" }),
  revision: u8(8, "Revision", { meaning: "of the table's kind" }),
  checksum: u8(9, "Checksum", {
    abbreviation: "CKSUM",
    meaning: "makes the sum of all bytes of the table 0 modulo 256",
  }),
  oemId: ascii(10, 6, "OEM ID", { abbreviation: "OEMID", meaning: "names the maker of the machine or its firmware" }),
  oemTableId: ascii(16, 8, "OEM Table ID", { abbreviation: "OEMTID", meaning: "the maker's name for the table" }),
  oemRevision: u32(24, "OEM Revision", { abbreviation: "OEMREV", meaning: "the maker's revision of the table" }),
  creatorId: ascii(28, 4, "Creator ID", { abbreviation: "CRID", meaning: "names the program that made the table" }),
  creatorRevision: u32(32, "Creator Revision", { abbreviation: "CRREV", meaning: "revision of that program" }),
};

/** System description table header, 36 bytes. ACPI 6.5, table 5.4. */
export const acpiTableHeader = structure("AcpiTableHeader", {
  title: "System Description Table Header",
  spec: { doc: "ACPI", rev: "6.5", section: "5.2.6" },
  size: 36,
  fields: acpiHeaderFields,
});

/** Bytes of that header: no ACPI table but the root pointer is shorter. */
export const acpiHeaderSize = acpiTableHeader.size;

/**
 * Header of any ACPI table.
 *
 * @throws {DecodeError} when there are fewer than 36 bytes.
 */
export function decodeAcpiTableHeader(bytes: Uint8Array, at = 0): AcpiTableHeader {
  checkBytes(bytes);
  return decodeStructure<AcpiTableHeader>(acpiTableHeader, bytes, at);
}

/**
 * The bytes of a concatenation of ACPI tables, table by table, as their lengths say.
 *
 * @throws {DecodeError} when a length is shorter than a header or runs past the end.
 */
export function splitTables(bytes: Uint8Array): Uint8Array[] {
  checkBytes(bytes);
  const tables: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + 8 <= bytes.length ? readUint(bytes, at + 4, 4) : 0;
    if (length < acpiHeaderSize || at + length > bytes.length) {
      throw new DecodeError(
        `table ${tables.length} at offset ${at} has length ${length}, ${bytes.length - at} bytes left`,
        {
          offset: at,
        },
      );
    }
    tables.push(bytes.subarray(at, at + length));
    at += length;
  }
  return tables;
}
