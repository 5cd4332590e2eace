import type { SpecRef } from "../../diagnostic.ts";

/** The header that defines the variables in the Timberland OVMF, `NetworkPkg/Include/Shared/NvmeOfNvData.h`. */
export const nvDataSpec: SpecRef = { doc: "timberland-sig/edk2 NvmeOfNvData.h", rev: "1.0_final" };
