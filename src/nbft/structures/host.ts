import { bit, bits, flags8, type Infer, reserved, stringRef, structure, u8, uuid } from "../../structure/index.ts";
import { primaryAdminHostNames, StructureId } from "../names.ts";
import { figure } from "./spec.ts";

/**
 * Host Descriptor, 32 bytes.
 *
 * The Host ID is shown in stored order, as nvme-cli shows it; many firmware builds store it in EFI_GUID order.
 *
 * NVMe Boot Specification 1.3, Figure 10.
 */
export const hostDescriptor = structure("HostDescriptor", {
  title: "Host Descriptor",
  spec: figure(10),
  size: 32,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.Host }),
    flags: flags8(
      1,
      "Host Flags",
      {
        valid: bit(0, "Descriptor Valid", { default: 1 }),
        hostIdConfigured: bit(1, "HostID Configured", { abbreviation: "HIDCON" }),
        hostNqnConfigured: bit(2, "Host NQN Configured", { abbreviation: "HNQNCON" }),
        primaryAdminHost: bits(4, 3, "Primary Admin Host Descriptor", primaryAdminHostNames, { abbreviation: "PAHD" }),
      },
      { abbreviation: "HFLAGS" },
    ),
    hostId: uuid(2, "Host Identifier", { abbreviation: "HOSTID" }),
    hostNqn: stringRef(18, "Host NQN Heap Object Reference", "nqn", { abbreviation: "HNQNHOR" }),
    reserved24: reserved(24, 8),
  },
});

export type HostDescriptor = Infer<typeof hostDescriptor>;
