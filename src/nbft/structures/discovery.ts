import { bit, flags8, type Infer, reserved, stringRef, structure, u8 } from "../../structure/index.ts";
import { StructureId } from "../names.ts";
import { figure } from "./spec.ts";

/**
 * Discovery Descriptor, 32 bytes: a discovery controller as seen through one HFI.
 *
 * NVMe Boot Specification 1.3, Figure 26.
 */
export const discoveryDescriptor = structure("DiscoveryDescriptor", {
  title: "Discovery Descriptor",
  spec: figure(26),
  size: 32,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.Discovery }),
    flags: flags8(
      1,
      "Discovery Descriptor Flags",
      { valid: bit(0, "Descriptor Valid", { default: 1 }) },
      { abbreviation: "DDFLAGS" },
    ),
    index: u8(2, "Discovery Descriptor Index", { abbreviation: "DDIDX" }),
    hfiIndex: u8(3, "HFI Descriptor Index", { abbreviation: "HFIDIDX" }),
    securityIndex: u8(4, "Security Profile Descriptor Index", { abbreviation: "SPDIDX" }),
    reserved5: reserved(5, 1),
    uri: stringRef(6, "Discovery Controller Address Heap Object Reference", "uri", { abbreviation: "DCAHOR" }),
    nqn: stringRef(12, "Discovery Controller NVMe Qualified Name Heap Object Reference", "nqn", {
      abbreviation: "DCNQNHOR",
    }),
    reserved18: reserved(18, 14),
  },
});

export type DiscoveryDescriptor = Infer<typeof discoveryDescriptor>;
