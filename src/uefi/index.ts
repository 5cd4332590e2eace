/**
 * Firmware variables: stores as files, the NVMe-oF variables of OVMF, boot options, and the setattempt text that configures
 * them. Runs in browsers as well as in Node.js.
 *
 * @module nbft/uefi
 */

export { Attribute, formatAttributes, parseAttributes } from "./attributes.ts";
export { type AppendedOption, appendBootOption } from "./boot/append-option.ts";
export { bootName, bootNumber, encodeU16List } from "./boot/boot-numbers.ts";
export {
  type BootOption,
  type BootOptionInput,
  decodeBootOption,
  encodeBootOption,
  LoadOptionAttribute,
} from "./boot/boot-option.ts";
export {
  decodeIpConfig,
  encodeIpConfig,
  type IpConfig,
  type IpConfigRecord,
  IpConfigType,
  type IpFamily,
  ipPolicies,
  withIpPolicy,
} from "./companion/ip-config.ts";
export { decodeVlans, encodeVlans, type Vlan } from "./companion/vlan.ts";
export { type AttemptEditOptions, attemptEdits } from "./config/attempt-edits.ts";
export type { FirmwareAttempt, FirmwareConfig, HostIdEncoding, NvmeofVariables } from "./config/firmware-config.ts";
export { decodeFirmwareConfig, encodeFirmwareConfig, type VariableOptions } from "./config/variables.ts";
export { type DescribeOptions, describeVariable, type LeftOverText, type VariableValue } from "./describe-variable.ts";
export { type DevicePathStyle, formatDevicePath, parseDevicePath } from "./device-path/text.ts";
export { encodeDmpstore } from "./files/dmpstore.ts";
export { formatQemuJson, type QemuJsonVariable } from "./files/qemu-json.ts";
export {
  detectVariableFile,
  type EditBase,
  editVariableFile,
  type FileEdits,
  readVariables,
  type VariableFileKind,
} from "./files/variable-file.ts";
export type { NvmeofAttemptConfig, NvmeofGlobalData } from "./generated/model.ts";
export { defaultVendor, parseVendor, vendorGuids, vendorName } from "./guids.ts";
export type { DiscoveredNamespace } from "./nvmeof/discovery-data.ts";
export { type ConfigCheck, checkConfig } from "./setattempt/check-config.ts";
export { type Assignment, type ConfigOutcome, runSetattempt, type SetattemptRun } from "./setattempt/emulate.ts";
export { formatConfig } from "./setattempt/format-config.ts";
export type { ConfigKey, KeyKind } from "./setattempt/keys.ts";
export type { RawConfig, RawLine } from "./setattempt/read-lines.ts";
export {
  type ConfigFinding,
  type ConfigRule,
  configRules,
  configTextRules,
  type RuleText,
  type TextDiagnostic,
  type TextFinding,
  type TextRule,
} from "./setattempt/rules/index.ts";
export type { SignatureList } from "./signatures/signature-list.ts";
export { checkVariables, type StoreCheckOptions } from "./store/check-store.ts";
export { createVariableStore } from "./store/create-store.ts";
export {
  type EditOptions,
  type EditResult,
  editVariableStore,
  type StoreChange,
  type StoreEdit,
} from "./store/edit-store.ts";
export type { PendingWrite, WorkingBlock } from "./store/fault-tolerant-write.ts";
export type { FlashLayout, StoreFormat } from "./store/flash.ts";
export type { StoreSize } from "./store/geometries.ts";
export {
  readVariableStore,
  type StoreReading,
  type StoreSpace,
  storeSpace,
  type VariableStore,
  visibleVariables,
} from "./store/read-store.ts";
export { RecordState, type StoredRecord, stateName } from "./store/record.ts";
export { storeRules } from "./store/rules.ts";
export { type Variable, type VariableKey, variableKey } from "./variable.ts";
