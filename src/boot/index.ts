/**
 * Boot descriptions: one file for a boot over NVMe/TCP, from which its table, its firmware configuration and what it should
 * come to are made. Runs in browsers as well as in Node.js.
 *
 * @module nbft/boot
 */

export type {
  BootAttempt,
  BootDescription,
  BootHost,
  BootInterface,
  BootNamespace,
  BootPortal,
  BootTableHeader,
  BootTarget,
} from "./description.ts";
export type { BootDocument } from "./document.ts";
export { type FirmwareFromBoot, firmwareOfBoot } from "./firmware.ts";
export { type FormatBootOptions, formatBootDescription } from "./format.ts";
export { type BootFromFirmware, bootOfFirmware } from "./from-firmware.ts";
export { type BootOptions, bootOfOptions } from "./from-options.ts";
export { type BootFromTable, bootOfTable } from "./from-table.ts";
export {
  BootDescriptionError,
  type BootProblem,
  completeBootDescription,
  type ParseBootOptions,
  parseBootDescription,
} from "./parse.ts";
export { type BootPreset, bootPresets } from "./presets.ts";
export { bootSchema } from "./schema.ts";
export { BOOT_SCHEMA_ID } from "./schema-id.ts";
export { type BootTableOptions, tableOfBoot } from "./table.ts";
