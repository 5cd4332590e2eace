import { acpiHeaderFields } from "../../acpi/table-header.ts";
import { ascii, reserved, stringRef, structure, u8, u32 } from "../../structure/index.ts";
import { figure } from "./spec.ts";

/**
 * NBFT Header, 64 bytes at the start of the table: the ACPI table header and what the NBFT adds to it.
 *
 * NVMe Boot Specification 1.3, Figure 9.
 */
export const nbftHeader = structure("NbftHeader", {
  title: "NBFT Header",
  about:
    "The ACPI table header and what the NBFT adds to it. Length, checksum and heap are left out, because they follow from the rest.",
  spec: figure(9),
  size: 64,
  fields: {
    signature: ascii(0, 4, "Signature", { abbreviation: "SIG", const: "NBFT" }),
    length: u32(4, "Length", {
      abbreviation: "LEN",
      unit: "bytes",
      meaning: "of the whole table; at least 128",
      derived: true,
    }),
    majorRevision: u8(8, "Major Revision", {
      abbreviation: "MAJREV",
      meaning: "readers accept tables of major revision 1 only",
      default: 1,
    }),
    checksum: u8(9, "Checksum", {
      abbreviation: "CKSUM",
      meaning: "makes the sum of all bytes of the table 0 modulo 256",
      derived: true,
    }),
    oemId: acpiHeaderFields.oemId,
    oemTableId: acpiHeaderFields.oemTableId,
    oemRevision: acpiHeaderFields.oemRevision,
    creatorId: ascii(28, 4, "Creator ID", {
      abbreviation: "CRID",
      meaning: "names the program that made the table",
      default: "NBFT",
    }),
    creatorRevision: acpiHeaderFields.creatorRevision,
    heapOffset: u32(36, "Heap Offset", {
      abbreviation: "HO",
      unit: "bytes",
      meaning: "from the start of the table",
      derived: true,
    }),
    heapLength: u32(40, "Heap Length", { abbreviation: "HL", unit: "bytes", derived: true }),
    driverSignature: stringRef(44, "Driver Dev Path Signature Heap Object Reference", "path", {
      abbreviation: "DSHOR",
      meaning: "identifies the driver that made the table; with UEFI the device path of its image",
    }),
    minorRevision: u8(50, "Minor Revision", {
      abbreviation: "MINREV",
      meaning: "0 in tables of the Boot Specification 1.0, 1 in those of 1.1 to 1.3",
    }),
    reserved51: reserved(51, 13),
  },
});
