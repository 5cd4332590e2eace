import { bit, bytesRef, flags32, numberRef, structure, u8, u16 } from "../../structure/index.ts";
import { StructureId } from "../names.ts";
import { figure } from "./spec.ts";

/**
 * HFI Transport Info Extended Information, 20 bytes in the heap: the DHCP identity that the firmware used.
 *
 * NVMe Boot Specification 1.3, Figure 15 (since 1.1).
 */
export const hfiExtendedInfo = structure("HfiExtendedInfo", {
  title: "HFI Transport Info Extended Information Descriptor",
  about: "The DHCP identity that the firmware used. Since revision 1.1.",
  spec: figure(15),
  size: 20,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.HfiExtendedInfo }),
    version: u8(1, "Version", { abbreviation: "VER", const: 1 }),
    hfiIndex: u16(2, "HFI Transport Info Descriptor Index", {
      abbreviation: "HFITIDIDX",
      meaning: "index of the interface that it belongs to",
    }),
    flags: flags32(
      4,
      "HFI Extended Info Flags",
      {
        valid: bit(0, "Descriptor Valid", { meaning: "readers skip the descriptor where it is clear", default: 1 }),
        dhcpClientInfo: bit(1, "DHCP Client Information", {
          abbreviation: "DCI",
          meaning: "IAID and DUID are there, and the address came from DHCP",
        }),
      },
      { abbreviation: "FLAGS" },
    ),
    dhcpIaid: numberRef(8, "DHCP Client Identity Association Identifier Heap Object Reference", {
      abbreviation: "IPDCIHIOR",
      meaning: "the IAID as a number",
    }),
    dhcpDuid: bytesRef(14, "DHCP Client DHCP Unique Identifier Heap Object Reference", {
      abbreviation: "IPDCIHDOR",
      meaning: "the DUID as hexadecimal digits in the order in which its bytes are stored; interpretDuid reads it",
    }),
  },
});
