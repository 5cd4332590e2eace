import { bit, flags8, type Infer, reserved, structure, structureRef, u8 } from "../../structure/index.ts";
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
  spec: figure(12),
  size: 32,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.Hfi }),
    index: u8(1, "HFI Descriptor Index", { abbreviation: "HFIDIDX" }),
    flags: flags8(
      2,
      "HFI Descriptor Flags",
      { valid: bit(0, "Descriptor Valid", { default: 1 }) },
      { abbreviation: "HFIDFLAGS" },
    ),
    trtype: u8(3, "HFI Transport Type", { abbreviation: "HFITT", names: transportTypes, default: 3 }),
    reserved4: reserved(4, 12),
    transportInfo: structureRef(16, "HFI Transport Info Descriptor Heap Object Reference", hfiTransportInfoTcp, {
      abbreviation: "HFITIDHOR",
    }),
    reserved22: reserved(22, 10),
  },
});

export type HfiDescriptor = Infer<typeof hfiDescriptor>;
