/**
 * Boots tables in virtual machines, as `nbft lab` does: {@link buildLab} builds what is missing, {@link runLab} boots and returns the evidence for
 * `nbft/verify`. Needs Linux, Node.js and QEMU.
 *
 * @module nbft/lab
 */

export { buildLab, cleanLab, type LabBuild } from "./build.ts";
export { labCacheFolder } from "./cache.ts";
export { type Child, type Children, type Ended, ProgramError, type SpawnOptions } from "./children.ts";
export { NoMirrorError } from "./debian.ts";
export { LabError, SpoiledError } from "./errors.ts";
export type { TreeKernel } from "./image/kernel.ts";
export type { TreeLoader } from "./image/loader.ts";
export type { LoaderKind } from "./image/loader-kinds.ts";
export { type SystemDisk, type SystemDiskOptions, writeSystemDisk } from "./image/system-disk.ts";
export { withChildren } from "./interrupt.ts";
export { type BuildOptions, UnfitSystemError, type Work } from "./parts.ts";
export { MissingProgramError } from "./programs.ts";
export type { Notice, Progress, ProgressEvent } from "./progress.ts";
export { type RunOptions, type RunResult, runLab } from "./run.ts";
export type { Depth } from "./run-options.ts";
