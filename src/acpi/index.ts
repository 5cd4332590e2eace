/**
 * ACPI tables in dumps, captures, archives, memory images, and the text formats of ACPICA's programs. Runs in browsers as
 * well as in Node.js.
 *
 * @module nbft/acpi
 */

export { formatAcpidump } from "./acpidump-text.ts";
export { checksumFor, sumBytes } from "./checksum.ts";
export { type ContainerReading, type ReadFileOptions, readFile } from "./container.ts";
export type { FileKind, TreeKind } from "./container-kinds.ts";
export { readTree } from "./container-tree.ts";
export { type CpioFile, encodeCpio } from "./cpio.ts";
export { type FileTree, memoryTree, type TreeEntry } from "./file-tree.ts";
export type { FoundTable } from "./found-table.ts";
export { type FwCfgItems, fwCfgItems, readFwCfgTree } from "./fw-cfg-capture.ts";
export type { AcpiTableHeader } from "./generated/model.ts";
export {
  type InitrdReading,
  initrdTablePath,
  raiseOemRevision,
  readInitrd,
  refusal as initrdRefusal,
} from "./initrd.ts";
export type { ScanProgress } from "./memory-tables.ts";
export { type ByteReader, bytesReader } from "./reader.ts";
export { decodeAcpiTableHeader } from "./table-header.ts";
export type { AcpidumpStyle } from "./text-styles.ts";
