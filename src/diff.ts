/** Comparing two tables: what they say, what their frames state, or byte by byte. */
export { type ByteDifference, diffBytes } from "./diff/diff-bytes.ts";
export { diffFrames, type FrameDifference } from "./diff/diff-frames.ts";
export { diffTables, type TableDifference } from "./diff/diff-tables.ts";
