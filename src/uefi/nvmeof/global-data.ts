import { cstring, guid, hexBytes, structure, u8, u16 } from "../../structure/index.ts";
import { nvDataSpec } from "./spec.ts";

/**
 * Variable `NvmeofGlobalData`, 754 bytes: what all attempts share.
 *
 * `hostId` is shown as an EFI_GUID, the order in which every released firmware stores it.
 */
export const nvmeofGlobalData = structure("NvmeofGlobalData", {
  title: "NVMe-oF global data",
  spec: nvDataSpec,
  size: 754,
  fields: {
    enabled: u8(0, "NvmeOfEnabled"),
    targetCount: u8(1, "NvmeOfTargetCount: number of attempts that the driver looks at"),
    driverVersion: u16(2, "DriverVersion", { default: 10 }),
    hostNqn: cstring(4, 224, "NvmeofHostNqn"),
    hostId: guid(228, "NvmeofHostId"),
    hostSecurityPath: hexBytes(244, 510, "NvmeofHostSecurityPath (unused)"),
  },
});
