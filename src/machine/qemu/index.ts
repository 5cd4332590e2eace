/**
 * Machines for a boot: QEMU's and libvirt's arguments, fw_cfg items with tables injected, EFI disks, and the soft target at the other end. Runs in
 * browsers as well as in Node.js; starting machines and reading files is the business of `nbft/node`.
 *
 * @module nbft/qemu
 */

export { type EfiDiskSpec, encodeEfiDisk, type StartupOptions, startupScript } from "../disk/efi-disk.ts";
export type { FatFile, FatOptions } from "../disk/fat.ts";
export { flattenImage, type ImagePart, type SparseImage } from "../disk/sparse-image.ts";
export { configfsScript, removalScript } from "../target/configfs.ts";
export { formatNvmetcli } from "../target/nvmetcli.ts";
export {
  type TargetNamespace,
  type TargetOptions,
  type TargetPort,
  type TargetSpec,
  type TargetSubsystem,
  targetOfBoot,
} from "../target/target-spec.ts";
export type { AcpitableOption } from "./acpitable.ts";
export { checkMachine, type Inspect, type InspectedFile } from "./check-machine.ts";
export { formatShell, shellQuote } from "./command-text.ts";
export type { FwCfgArgument } from "./fw-cfg-argument.ts";
export { type Injection, injectionArguments, injectTables, itemFileName } from "./inject.ts";
export { type LibvirtOptions, libvirtDomain } from "./libvirt.ts";
export {
  type Forward,
  type MachineDisk,
  type MachineFirmware,
  type MachineNic,
  type MachineSpec,
  type NicBackend,
  type QemuCommand,
  qemuCommand,
} from "./machine.ts";
export {
  type Destination,
  type MachineNeeds,
  type NicNeed,
  type NicNetwork,
  needsOfBoot,
  needsOfTables,
} from "./needs.ts";
export { type OvmfSwitch, ovmfSwitch, ovmfSwitches } from "./ovmf-switches.ts";
export type { PciBridge, PciPlace } from "./pci-places.ts";
export { captureShape, type MachinePlan, type PlanOptions, planMachine } from "./plan.ts";
export { type Route, type RouteName, type RouteQuestion, routesFor } from "./route.ts";
export type { SmbiosSpec } from "./smbios.ts";
