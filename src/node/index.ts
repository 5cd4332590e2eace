/** Access to files and to this machine: everything that needs Node.js. */
export { type CaptureOptions, captureFwCfg, type FwCfgCapture } from "./capture-fw-cfg.ts";
export { type ContainerKind, type ContainerOptions, containerKinds, readContainer } from "./containers.ts";
export { type FileReader, openFile } from "./file-reader.ts";
export { openTree } from "./file-tree.ts";
export { findFirmware } from "./firmware.ts";
export { inspectFile } from "./inspect.ts";
export { FileChangedError, isLockedFile, type ReplaceOptions, replaceFile } from "./replace-file.ts";
export {
  containersOf,
  LIVE_TABLES,
  type SourceContainer,
  type SourceOptions,
  type SourceTable,
  tablesOf,
} from "./sources.ts";
export { writeFileAtomic } from "./write-file.ts";
export { writeImageAtomic } from "./write-image.ts";
