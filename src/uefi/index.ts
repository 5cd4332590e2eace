/**
 * Firmware variables: stores as files, the NVMe-oF variables of OVMF, boot options, and the setattempt text that configures
 * them. Runs in browsers as well as in Node.js.
 *
 * @module nbft/uefi
 */

export { Attribute, formatAttributes, isAuthenticated, parseAttributes } from "./attributes.ts";
export { type AppendedOption, appendBootOption } from "./boot/append-option.ts";
export { bootName, bootNumber, decodeU16List, encodeU16List } from "./boot/boot-numbers.ts";
export {
  type BootOption,
  type BootOptionInput,
  decodeBootOption,
  encodeBootOption,
  LoadOptionAttribute,
  shellPath,
} from "./boot/boot-option.ts";
export {
  decodeIpConfig,
  encodeIpConfig,
  type IpConfig,
  type IpConfigRecord,
  IpConfigType,
  type IpFamily,
  ipPolicies,
  ipPolicy,
  withIpPolicy,
} from "./companion/ip-config.ts";
export { type NetworkName, networkVariableName, parseMacString } from "./companion/network-name.ts";
export { decodeVlans, encodeVlans, type Vlan } from "./companion/vlan.ts";
export { type AttemptEditOptions, attemptEdits } from "./config/attempt-edits.ts";
export {
  discoveryNqn,
  type FirmwareAttempt,
  type FirmwareConfig,
  type HostIdEncoding,
  type NvmeofVariables,
} from "./config/firmware-config.ts";
export {
  decodeAttempt,
  decodeFirmwareConfig,
  encodeFirmwareConfig,
  type VariableOptions,
} from "./config/variables.ts";
export { type DescribeOptions, describeVariable, type LeftOverText, type VariableValue } from "./describe-variable.ts";
export { type DevicePathNode, decodeNodes, encodeNodes } from "./device-path/node.ts";
export { type DevicePathStyle, formatDevicePath, parseDevicePath } from "./device-path/text.ts";
export { decodeDmpstore, encodeDmpstore } from "./files/dmpstore.ts";
export { decodeNvVars, encodeNvVars } from "./files/nvvars.ts";
export { formatQemuJson, parseQemuJson, type QemuJsonVariable } from "./files/qemu-json.ts";
export {
  detectVariableFile,
  type EditBase,
  editVariableFile,
  type FileEdits,
  readVariables,
  type VariableFileKind,
} from "./files/variable-file.ts";
export type { NvmeofAttemptConfig, NvmeofDiscoveryData, NvmeofGlobalData } from "./generated/model.ts";
export { defaultVendor, parseVendor, vendorGuids, vendorName } from "./guids.ts";
export { attemptSlots, nvmeofAttemptConfig } from "./nvmeof/attempt-config.ts";
export {
  type DiscoveredNamespace,
  discoveredNamespaces,
  discoverySubsystemCount,
  nvmeofDiscoveryData,
} from "./nvmeof/discovery-data.ts";
export { nvmeofGlobalData } from "./nvmeof/global-data.ts";
export { clearLeftOver, findLeftOver, type LeftOver } from "./nvmeof/left-over.ts";
export { type ConfigCheck, checkConfig } from "./setattempt/check-config.ts";
export { type Assignment, type ConfigOutcome, runSetattempt, type SetattemptRun } from "./setattempt/emulate.ts";
export { formatConfig } from "./setattempt/format-config.ts";
export { type ConfigKey, configKeys, type KeyKind } from "./setattempt/keys.ts";
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
export { decodeSignatureLists, type SignatureList } from "./signatures/signature-list.ts";
export { checkNvmeofVariables } from "./store/check-nvmeof.ts";
export { checkFirmwarePair, checkVariables, type StoreCheckOptions } from "./store/check-store.ts";
export { createVariableStore, type StoreSize, storeGeometries } from "./store/create-store.ts";
export {
  type EditOptions,
  type EditResult,
  editVariableStore,
  type StoreChange,
  type StoreEdit,
} from "./store/edit-store.ts";
export type { PendingWrite, WorkingBlock } from "./store/fault-tolerant-write.ts";
export { decodeFlashLayout, type FlashLayout, type StoreFormat } from "./store/flash.ts";
export {
  decodeVariableStore,
  findVariable,
  readVariableStore,
  type StoreReading,
  type StoreSpace,
  storeSpace,
  type VariableStore,
  visibleVariables,
} from "./store/read-store.ts";
export { RecordState, type StoredRecord, stateName } from "./store/record.ts";
export { type StoreRuleCode, storeRules } from "./store/rules.ts";
export { type Variable, type VariableKey, variableKey } from "./variable.ts";
