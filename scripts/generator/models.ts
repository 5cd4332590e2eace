import { rsdpStructure } from "../../src/acpi/rsdp.ts";
import * as header from "../../src/acpi/table-header.ts";
import * as loader from "../../src/acpi/table-loader.ts";
import { controlDescriptor, nbftHeader } from "../../src/nbft/structures/index.ts";
import { structureOrder } from "../../src/nbft/structures/order.ts";
import { nvmeofAttemptConfig } from "../../src/uefi/nvmeof/attempt-config.ts";
import { nvmeofDiscoveryData } from "../../src/uefi/nvmeof/discovery-data.ts";
import { nvmeofGlobalData } from "../../src/uefi/nvmeof/global-data.ts";
import { modelSource, numbersInterface } from "./model.ts";

const acpi = [
  header.acpiTableHeader,
  rsdpStructure,
  loader.loaderAllocate,
  loader.loaderAddPointer,
  loader.loaderAddChecksum,
  loader.loaderWritePointer,
];
const uefi = [nvmeofGlobalData, nvmeofAttemptConfig, nvmeofDiscoveryData];

/** Sources of the interfaces of all models, by path. */
export function models(): Record<string, string> {
  const numbers = [nbftHeader, controlDescriptor].map(numbersInterface);
  return {
    "src/nbft/generated/model.ts": modelSource(structureOrder, "src/nbft/structures", numbers),
    "src/acpi/generated/model.ts": modelSource(acpi, "src/acpi"),
    "src/uefi/generated/model.ts": modelSource(uefi, "src/uefi/nvmeof"),
  };
}
