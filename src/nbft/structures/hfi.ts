import { bit, flags8, reserved, structure, structureRef, u8 } from "../../structure/index.ts";
import { StructureId, transportTypes } from "../names.ts";
import { hfiTransportInfoTcp } from "./hfi-transport-info-tcp.ts";
import { figure } from "./spec.ts";

/**
 * Host Fabric Interface (HFI) Descriptor, 32 bytes.
 *
 * NVMe Boot Specification 1.3, Figure 12.
 */
export const hfiDescriptor = structure("HfiDescriptor", {
  title: "Host Fabric Interface (HFI) Descriptor",
  about: "A network interface of the host; its configuration is in transportInfo.",
  spec: figure(12),
  size: 32,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.Hfi }),
    index: u8(1, "HFI Descriptor Index", {
      abbreviation: "HFIDIDX",
      meaning: "the number by which other descriptors name this interface; the first is 1",
    }),
    flags: flags8(
      2,
      "HFI Descriptor Flags",
      { valid: bit(0, "Descriptor Valid", { meaning: "readers skip the descriptor where it is clear", default: 1 }) },
      { abbreviation: "HFIDFLAGS" },
    ),
    trtype: u8(3, "HFI Transport Type", { abbreviation: "HFITT", names: transportTypes, default: 3 }),
    reserved4: reserved(4, 12),
    transportInfo: structureRef(16, "HFI Transport Info Descriptor Heap Object Reference", hfiTransportInfoTcp, {
      abbreviation: "HFITIDHOR",
      meaning: "the interface's network configuration",
    }),
    reserved22: reserved(22, 10),
  },
});
