import { DecodeError } from "../errors.ts";
import { ascii, decodeStructure, type Infer, structure, u8, u32 } from "../structure/index.ts";
import { readUint } from "../structure/value.ts";

/** Rows that every ACPI table starts with; the NBFT header repeats them. */
export const acpiHeaderFields = {
  signature: ascii(0, 4, "Signature", { abbreviation: "SIG" }),
  length: u32(4, "Length", { abbreviation: "LEN" }),
  revision: u8(8, "Revision"),
  checksum: u8(9, "Checksum", { abbreviation: "CKSUM" }),
  oemId: ascii(10, 6, "OEM ID", { abbreviation: "OEMID" }),
  oemTableId: ascii(16, 8, "OEM Table ID", { abbreviation: "OEMTID" }),
  oemRevision: u32(24, "OEM Revision", { abbreviation: "OEMREV" }),
  creatorId: ascii(28, 4, "Creator ID", { abbreviation: "CRID" }),
  creatorRevision: u32(32, "Creator Revision", { abbreviation: "CRREV" }),
};

/** System description table header, 36 bytes. ACPI 6.5, table 5.4. */
export const acpiTableHeader = structure("AcpiTableHeader", {
  title: "System Description Table Header",
  spec: { doc: "ACPI", rev: "6.5", section: "5.2.6" },
  size: 36,
  fields: acpiHeaderFields,
});

export type AcpiTableHeader = Infer<typeof acpiTableHeader>;

/**
 * Header of any ACPI table.
 *
 * @throws {DecodeError} when there are fewer than 36 bytes.
 */
export function decodeAcpiTableHeader(bytes: Uint8Array, at = 0): AcpiTableHeader {
  return decodeStructure(acpiTableHeader, bytes, at);
}

/**
 * The bytes of a concatenation of ACPI tables, table by table, as their lengths say.
 *
 * @throws {DecodeError} when a length is shorter than a header or runs past the end.
 */
export function splitTables(bytes: Uint8Array): Uint8Array[] {
  const tables: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = at + 8 <= bytes.length ? readUint(bytes, at + 4, 4) : 0;
    if (length < acpiTableHeader.size || at + length > bytes.length) {
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
