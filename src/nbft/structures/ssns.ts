import {
  bit,
  bits,
  flags16,
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
  about: "One namespace to boot from and the paths to it.",
  spec: figure(17),
  size: 128,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.Ssns }),
    index: u16(1, "SSNS Descriptor Index", {
      abbreviation: "SSNSDIDX",
      meaning: "the number by which other descriptors name this one; the first is 1",
    }),
    flags: flags16(
      3,
      "SSNS Flags",
      {
        valid: bit(0, "Descriptor Valid", { meaning: "readers skip the descriptor where it is clear", default: 1 }),
        nonBootable: bit(1, "Non-bootable Entry", {
          abbreviation: "NBEFLAG",
          meaning: "nothing is booted from this namespace",
        }),
        useSecurity: bit(2, "Use Security", {
          abbreviation: "USFLAG",
          meaning: "securityIndex names the security profile of the connection",
        }),
        dhcpRootPathOverride: bit(3, "DHCP Root-Path Override", {
          abbreviation: "DHCPRPOFLAG",
          meaning: "the namespace came from a DHCP root path; extendedInfo.dhcpRootPath holds it",
        }),
        extendedInfoInUse: bit(4, "SSNS Extended Info In Use", {
          abbreviation: "SSNSEIIFLAG",
          meaning: "extendedInfo is there",
        }),
        separateDiscoveryController: bit(5, "Separate Discovery Controller", {
          abbreviation: "SDCFLAG",
          meaning: "the discovery controller has another address than the subsystem",
        }),
        discovered: bit(6, "Discovered Namespace", {
          abbreviation: "DNFLAG",
          meaning: "a discovery controller named the namespace",
        }),
        unavailable: bits(8, 7, "Unavailable Namespace", unavailableNames, {
          abbreviation: "UNFLAG",
          meaning: "whether the firmware reached the namespace",
        }),
      },
      { abbreviation: "SSNSFLAGS", figure: 18 },
    ),
    trtype: u8(5, "Transport Type", { abbreviation: "TRTYPE", names: transportTypes, default: 3 }),
    transportFlags: flags16(
      6,
      "Transport Specific Flags",
      {
        inUse: bit(0, "Transport Specific Flags in Use", {
          abbreviation: "TSFIU",
          meaning: "the other flags mean something",
        }),
        headerDigest: bit(1, "PDU Header Digest Required", { abbreviation: "HDGSTF" }),
        dataDigest: bit(2, "Data Digest Required", { abbreviation: "DDGSTF" }),
      },
      { abbreviation: "TSFLAGS", figure: 19 },
    ),
    discoveryIndex: u8(8, "Primary Discovery Controller Index", {
      abbreviation: "PDCIDX",
      meaning: "index of the Discovery Descriptor through which the namespace was found; 0 for none",
    }),
    reserved9: reserved(9, 1),
    traddr: ipRef(10, "Subsystem Transport Address Heap Object Reference", {
      abbreviation: "STAHOR",
      meaning: "IP address of the subsystem",
    }),
    trsvcid: stringRef(16, "Subsystem Transport Service Identifier Heap Object Reference", "service id", {
      abbreviation: "STSIHOR",
      meaning: "TCP port of the subsystem, as text",
    }),
    subsysPortId: u16(22, "NVM Subsystem Port ID", { abbreviation: "NVMSPID" }),
    nsid: u32(24, "Namespace ID", {
      abbreviation: "NSID",
      meaning: "0 if the namespace is known only by its identifier",
    }),
    nidType: u8(28, "Namespace Identifier Type", {
      abbreviation: "NIDT",
      meaning: "0 if there is no identifier",
      names: nidTypes,
    }),
    nid: nid(29, "Namespace Identifier", {
      abbreviation: "NID",
      meaning: "a UUID, or 32 hexadecimal digits of an NGUID or 16 of an EUI-64, as nidType says",
    }),
    securityIndex: u8(45, "Security Profile Descriptor Index", {
      abbreviation: "SPDIDX",
      meaning: "index of the security profile that applies where flags.useSecurity is set; 0 for none",
    }),
    primaryHfi: u8(46, "Primary HFI Descriptor Index", {
      abbreviation: "PHFIDIDX",
      meaning: "index of the interface through which the subsystem is reached",
    }),
    reserved47: reserved(47, 1),
    secondaryHfis: listRef(
      48,
      "Secondary HFI Associations Heap Object Reference",
      {},
      {
        abbreviation: "SHFIAHOR",
        meaning: "indexes of further interfaces; libnvme drops a subsystem whose list is empty",
      },
    ),
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
