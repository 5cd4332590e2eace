/**
 * ACPI tables wherever they are: dumps, captures, archives, memory images, and the forms in which ACPICA's programs show them. Runs in browsers as
 * well as in Node.js.
 *
 * @module nbft/acpi
 */

export { type AcpidumpStyle, formatAcpidump, parseAcpidump, type TextReading } from "./acpidump-text.ts";
export { checksumFor, sumBytes } from "./checksum.ts";
export {
  type ContainerReading,
  detectFile,
  fileKindTitles,
  type ReadFileOptions,
  readFile,
} from "./container.ts";
export { type FileKind, fileKinds, type TreeKind, treeKinds } from "./container-kinds.ts";
export { detectTree, readTree, treeKindTitles } from "./container-tree.ts";
export {
  type CpioEntry,
  type CpioFile,
  type CpioReading,
  type EarlyFile,
  type EarlySearch,
  encodeCpio,
  findEarlyFiles,
  readCpio,
  readCpioData,
} from "./cpio.ts";
export { type FileTree, memoryTree, type TreeEntry } from "./file-tree.ts";
export type { FoundTable } from "./found-table.ts";
export {
  type CaptureReading,
  decodeLegacyTables,
  type FwCfgItems,
  fwCfgItems,
  readFwCfgTables,
  readFwCfgTree,
} from "./fw-cfg-capture.ts";
export { decodeFwCfgDirectory, encodeFwCfgDirectory, type FwCfgEntry } from "./fw-cfg-directory.ts";
export type { AcpiTableHeader } from "./generated/model.ts";
export { parseIaslDisassembly } from "./iasl-text.ts";
export {
  type InitrdReading,
  initrdTablePath,
  raiseOemRevision,
  readInitrd,
  refusal as initrdRefusal,
} from "./initrd.ts";
export {
  type FoundRsdp,
  findRsdps,
  type MemoryReading,
  readMemory,
  type ScanProgress,
  scanForNbft,
} from "./memory-tables.ts";
export {
  elfCoreMemory,
  limeMemory,
  type MemorySegment,
  type PhysicalMemory,
  rawMemory,
  segmentedMemory,
} from "./physical-memory.ts";
export { type ByteReader, bytesReader } from "./reader.ts";
export { type Rsdp, readRsdp } from "./rsdp.ts";
export { decodeAcpiTableHeader, splitTables } from "./table-header.ts";
export { decodeTableLoader, encodeTableLoader, type LoaderCommand, type LoaderScript } from "./table-loader.ts";
export { type LoaderReplay, replayTableLoader } from "./table-loader-replay.ts";
export { parseHexDump } from "./text-tables.ts";
