/**
 * Compares two tables: their values, their headers, or their bytes. Runs in browsers as well as in Node.js.
 *
 * @module nbft/diff
 */

export { type ByteDifference, diffBytes } from "./diff/diff-bytes.ts";
export { diffFrames, type FrameDifference } from "./diff/diff-frames.ts";
export { diffTables, type TableDifference } from "./diff/diff-tables.ts";
