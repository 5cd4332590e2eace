import {
  bit,
  bits,
  flags16,
  type Infer,
  ipRef,
  listRef,
  nid,
  reserved,
  stringRef,
  structure,
  structureRef,
  u8,
  u16,
  u32,
} from "../../structure/index.ts";
import { nidTypes, StructureId, transportTypes, unavailableNames } from "../names.ts";
import { figure } from "./spec.ts";
import { ssnsExtendedInfo } from "./ssns-extended-info.ts";

/**
 * Subsystem and Namespace (SSNS) Descriptor, 128 bytes: one namespace to boot from and the paths to it.
 *
 * NVMe Boot Specification 1.3, Figures 17, 18 (flags) and 19 (transport specific flags).
 */
export const ssnsDescriptor = structure("SsnsDescriptor", {
  title: "Subsystem and Namespace (SSNS) Descriptor",
  spec: figure(17),
  size: 128,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.Ssns }),
    index: u16(1, "SSNS Descriptor Index", { abbreviation: "SSNSDIDX" }),
    flags: flags16(
      3,
      "SSNS Flags",
      {
        valid: bit(0, "Descriptor Valid", { default: 1 }),
        nonBootable: bit(1, "Non-bootable Entry", { abbreviation: "NBEFLAG" }),
        useSecurity: bit(2, "Use Security", { abbreviation: "USFLAG" }),
        dhcpRootPathOverride: bit(3, "DHCP Root-Path Override", { abbreviation: "DHCPRPOFLAG" }),
        extendedInfoInUse: bit(4, "SSNS Extended Info In Use", { abbreviation: "SSNSEIIFLAG" }),
        separateDiscoveryController: bit(5, "Separate Discovery Controller", { abbreviation: "SDCFLAG" }),
        discovered: bit(6, "Discovered Namespace", { abbreviation: "DNFLAG" }),
        unavailable: bits(8, 7, "Unavailable Namespace", unavailableNames, { abbreviation: "UNFLAG" }),
      },
      { abbreviation: "SSNSFLAGS" },
    ),
    trtype: u8(5, "Transport Type", { abbreviation: "TRTYPE", names: transportTypes, default: 3 }),
    transportFlags: flags16(
      6,
      "Transport Specific Flags",
      {
        inUse: bit(0, "Transport Specific Flags in Use", { abbreviation: "TSFIU" }),
        headerDigest: bit(1, "PDU Header Digest Required", { abbreviation: "HDGSTF" }),
        dataDigest: bit(2, "Data Digest Required", { abbreviation: "DDGSTF" }),
      },
      { abbreviation: "TSFLAGS" },
    ),
    discoveryIndex: u8(8, "Primary Discovery Controller Index", { abbreviation: "PDCIDX" }),
    reserved9: reserved(9, 1),
    traddr: ipRef(10, "Subsystem Transport Address Heap Object Reference", { abbreviation: "STAHOR" }),
    trsvcid: stringRef(16, "Subsystem Transport Service Identifier Heap Object Reference", "service id", {
      abbreviation: "STSIHOR",
    }),
    subsysPortId: u16(22, "NVM Subsystem Port ID", { abbreviation: "NVMSPID" }),
    nsid: u32(24, "Namespace ID", { abbreviation: "NSID" }),
    nidType: u8(28, "Namespace Identifier Type", { abbreviation: "NIDT", names: nidTypes }),
    nid: nid(29, "Namespace Identifier", { abbreviation: "NID" }),
    securityIndex: u8(45, "Security Profile Descriptor Index", { abbreviation: "SPDIDX" }),
    primaryHfi: u8(46, "Primary HFI Descriptor Index", { abbreviation: "PHFIDIDX" }),
    reserved47: reserved(47, 1),
    secondaryHfis: listRef(48, "Secondary HFI Associations Heap Object Reference", {}, { abbreviation: "SHFIAHOR" }),
    subsystemNqn: stringRef(54, "NVM Subsystem NVMe Qualified Name Heap Object Reference", "nqn", {
      abbreviation: "NVMSNNQNHOR",
    }),
    extendedInfo: structureRef(60, "SSNS Extended Information Descriptor Heap Object Reference", ssnsExtendedInfo, {
      abbreviation: "SSNSEIDHOR",
      when: { field: "flags.extendedInfoInUse", atLeast: 1 },
    }),
    reserved66: reserved(66, 62),
  },
});

export type SsnsDescriptor = Infer<typeof ssnsDescriptor>;
