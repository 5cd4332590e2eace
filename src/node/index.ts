/** Access to files and to this machine: everything that needs Node.js. */
export { type ContainerKind, type ContainerOptions, containerKinds, readContainer } from "./containers.ts";
export { type FileReader, openFile } from "./file-reader.ts";
export { openTree } from "./file-tree.ts";
export { FileChangedError, isLockedFile, type ReplaceOptions, replaceFile } from "./replace-file.ts";
export { LIVE_TABLES, type SourceOptions, type SourceTable, tablesOf } from "./sources.ts";
export { writeFileAtomic } from "./write-file.ts";
