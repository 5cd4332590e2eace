import { acpiHeaderFields } from "../../acpi/table-header.ts";
import { ascii, type Infer, reserved, stringRef, structure, u8, u32 } from "../../structure/index.ts";
import { figure } from "./spec.ts";

/**
 * NBFT Header, 64 bytes at the start of the table: the ACPI table header and what the NBFT adds to it.
 *
 * NVMe Boot Specification 1.3, Figure 9.
 */
export const nbftHeader = structure("NbftHeader", {
  title: "NBFT Header",
  spec: figure(9),
  size: 64,
  fields: {
    signature: ascii(0, 4, "Signature", { abbreviation: "SIG", const: "NBFT" }),
    length: u32(4, "Length", { abbreviation: "LEN", derived: true }),
    majorRevision: u8(8, "Major Revision", { abbreviation: "MAJREV", default: 1 }),
    checksum: u8(9, "Checksum", { abbreviation: "CKSUM", derived: true }),
    oemId: acpiHeaderFields.oemId,
    oemTableId: acpiHeaderFields.oemTableId,
    oemRevision: acpiHeaderFields.oemRevision,
    creatorId: ascii(28, 4, "Creator ID", { abbreviation: "CRID", default: "NBFT" }),
    creatorRevision: acpiHeaderFields.creatorRevision,
    heapOffset: u32(36, "Heap Offset", { abbreviation: "HO", derived: true }),
    heapLength: u32(40, "Heap Length", { abbreviation: "HL", derived: true }),
    driverSignature: stringRef(44, "Driver Dev Path Signature Heap Object Reference", "path", {
      abbreviation: "DSHOR",
    }),
    minorRevision: u8(50, "Minor Revision", { abbreviation: "MINREV" }),
    reserved51: reserved(51, 13),
  },
});

export type NbftHeader = Infer<typeof nbftHeader>;
