/**
 * Access to files and to this machine: everything that needs Node.js.
 *
 * @module nbft/node
 */

export { type ContainerKind, containerKinds } from "../acpi/container-kinds.ts";
export { type CaptureOptions, captureFwCfg, type FwCfgCapture } from "./capture-fw-cfg.ts";
export { type ContainerOptions, readContainer } from "./containers.ts";
export { type EditedFile, editFile, type FileEditOptions, isLockedFile } from "./edit-file.ts";
export { FileChangedError, FileError, FileLockedError } from "./file-error.ts";
export { type FileReader, openFile } from "./file-reader.ts";
export { openTree } from "./file-tree.ts";
export { findFirmware } from "./firmware.ts";
export { inspectFile } from "./inspect.ts";
export {
  containersOf,
  LIVE_TABLES,
  type SourceContainer,
  type SourceOptions,
  type SourceTable,
  tablesOf,
} from "./sources.ts";
export { type FileContent, type FileParts, type WrittenFile, writeFileAtomic } from "./write-file.ts";
