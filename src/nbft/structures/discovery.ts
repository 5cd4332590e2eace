import { bit, flags8, reserved, stringRef, structure, u8 } from "../../structure/index.ts";
import { DISCOVERY_NQN } from "../../text/nvme.ts";
import { StructureId } from "../names.ts";
import { figure } from "./spec.ts";

/**
 * Discovery Descriptor, 32 bytes: a discovery controller as seen through one HFI.
 *
 * NVMe Boot Specification 1.3, Figure 26.
 */
export const discoveryDescriptor = structure("DiscoveryDescriptor", {
  title: "Discovery Descriptor",
  about: "A discovery controller as seen through one interface.",
  spec: figure(26),
  size: 32,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.Discovery }),
    flags: flags8(
      1,
      "Discovery Descriptor Flags",
      { valid: bit(0, "Descriptor Valid", { meaning: "readers skip the descriptor where it is clear", default: 1 }) },
      { abbreviation: "DDFLAGS" },
    ),
    index: u8(2, "Discovery Descriptor Index", {
      abbreviation: "DDIDX",
      meaning: "the number by which other descriptors name this one; the first is 1",
    }),
    hfiIndex: u8(3, "HFI Descriptor Index", {
      abbreviation: "HFIDIDX",
      meaning: "index of the interface through which the discovery controller is reached",
    }),
    securityIndex: u8(4, "Security Profile Descriptor Index", {
      abbreviation: "SPDIDX",
      meaning: "index of the security profile that applies; 0 for none",
    }),
    reserved5: reserved(5, 1),
    uri: stringRef(6, "Discovery Controller Address Heap Object Reference", "uri", {
      abbreviation: "DCAHOR",
      meaning: "for example nvme+tcp://192.0.2.1:8009/",
    }),
    nqn: stringRef(12, "Discovery Controller NVMe Qualified Name Heap Object Reference", "nqn", {
      abbreviation: "DCNQNHOR",
      meaning: `without one, ${DISCOVERY_NQN} is meant`,
    }),
    reserved18: reserved(18, 14),
  },
});
