import { bit, flags8, reserved, structure, u8, u16, u32 } from "../../structure/index.ts";
import { StructureId } from "../names.ts";
import { figure } from "./spec.ts";

const derived = true as const;

/**
 * Control Descriptor, 64 bytes at offset 64: where the Host Descriptor and the four lists are.
 *
 * NVMe Boot Specification 1.3, Figure 9.
 */
export const controlDescriptor = structure("ControlDescriptor", {
  title: "Control Descriptor",
  about:
    "At offset 64 of every table. Where the Host Descriptor and the lists are is left out, because it follows from the rest.",
  spec: figure(9),
  size: 64,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "CDSTRUCTID", const: StructureId.Control }),
    majorRevision: u8(1, "Major Revision", {
      abbreviation: "CDMAJREV",
      meaning: "of the Control Descriptor; 1",
      default: 1,
    }),
    minorRevision: u8(2, "Minor Revision", {
      abbreviation: "CDMINREV",
      meaning: "of the Control Descriptor; 0, in tables of revision 1.1 too",
    }),
    reserved3: reserved(3, 1),
    descriptorLength: u16(4, "Control Descriptor Length", { abbreviation: "CDCSL", unit: "bytes", const: 64 }),
    flags: flags8(
      6,
      "Control Descriptor Flags",
      {
        valid: bit(0, "Block Valid", {
          meaning: "whether anything is configured; where it is clear, the table has no host and no lists",
          default: 1,
        }),
      },
      { abbreviation: "CDFLAGS" },
    ),
    reserved7: reserved(7, 1),
    hostOffset: u32(8, "Host Descriptor Offset", { abbreviation: "CDHDESC", unit: "bytes", derived }),
    hostLength: u16(12, "Host Descriptor Length", { abbreviation: "CDHDESC", unit: "bytes", derived }),
    hostVersion: u8(14, "Host Descriptor Version", { abbreviation: "CDHSV", derived }),
    reserved15: reserved(15, 1),
    hfiOffset: u32(16, "HFI Descriptor List Offset", { abbreviation: "HFIO", unit: "bytes", derived }),
    hfiLength: u16(20, "HFI Descriptor Length", { abbreviation: "HFIL", unit: "bytes", derived }),
    hfiVersion: u8(22, "HFI Descriptor Version", { abbreviation: "HFIV", derived }),
    hfiCount: u8(23, "Number of Host Fabric Interface Descriptors", { abbreviation: "NUMHFI", derived }),
    ssnsOffset: u32(24, "SSNS Descriptor List Offset", { abbreviation: "SSNSO", unit: "bytes", derived }),
    ssnsLength: u16(28, "SSNS Descriptor Length", { abbreviation: "SSNSL", unit: "bytes", derived }),
    ssnsVersion: u8(30, "SSNS Descriptor Version", { abbreviation: "SSNSV", derived }),
    ssnsCount: u8(31, "Number of Subsystem and Namespace Descriptors", { abbreviation: "NUMSSNS", derived }),
    securityOffset: u32(32, "Security Profile Descriptor List Offset", {
      abbreviation: "SECO",
      unit: "bytes",
      derived,
    }),
    securityLength: u16(36, "Security Profile Descriptor Length", { abbreviation: "SECL", unit: "bytes", derived }),
    securityVersion: u8(38, "Security Profile Descriptor Version", { abbreviation: "SECV", derived }),
    securityCount: u8(39, "Number of Security Profile Descriptors", { abbreviation: "NUMSEC", derived }),
    discoveryOffset: u32(40, "Discovery Descriptor List Offset", { abbreviation: "DISCO", unit: "bytes", derived }),
    discoveryLength: u16(44, "Discovery Descriptor Length", { abbreviation: "DISCL", unit: "bytes", derived }),
    discoveryVersion: u8(46, "Discovery Descriptor Version", { abbreviation: "DISCV", derived }),
    discoveryCount: u8(47, "Number of Discovery Descriptors", { abbreviation: "NUMDISC", derived }),
    reserved48: reserved(48, 16),
  },
});
