import { bit, bits, flags8, reserved, stringRef, structure, u8, uuid } from "../../structure/index.ts";
import { primaryAdminHostNames, StructureId } from "../names.ts";
import { figure } from "./spec.ts";

/**
 * Host Descriptor, 32 bytes.
 *
 * NVMe Boot Specification 1.3, Figure 10.
 */
export const hostDescriptor = structure("HostDescriptor", {
  title: "Host Descriptor",
  about: "Who the host is to NVMe subsystems.",
  spec: figure(10),
  size: 32,
  fields: {
    structureId: u8(0, "Structure ID", { abbreviation: "STRUCTID", const: StructureId.Host }),
    flags: flags8(
      1,
      "Host Flags",
      {
        valid: bit(0, "Descriptor Valid", { meaning: "readers refuse the table where it is clear", default: 1 }),
        hostIdConfigured: bit(1, "HostID Configured", {
          abbreviation: "HIDCON",
          meaning: "an administrator set the Host Identifier; else the firmware derived it",
        }),
        hostNqnConfigured: bit(2, "Host NQN Configured", {
          abbreviation: "HNQNCON",
          meaning: "an administrator set the host NQN; else the firmware derived it",
        }),
        primaryAdminHost: bits(4, 3, "Primary Admin Host Descriptor", primaryAdminHostNames, {
          abbreviation: "PAHD",
          meaning: "whether this is the host to use where a machine has several tables",
        }),
      },
      { abbreviation: "HFLAGS" },
    ),
    hostId: uuid(2, "Host Identifier", {
      abbreviation: "HOSTID",
      meaning:
        "a UUID in the order in which its bytes are stored, as nvme-cli shows it; many firmware builds store it in EFI_GUID order; all zero where there is none",
    }),
    hostNqn: stringRef(18, "Host NQN Heap Object Reference", "nqn", { abbreviation: "HNQNHOR" }),
    reserved24: reserved(24, 8),
  },
});
