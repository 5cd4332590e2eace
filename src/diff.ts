/**
 * Compares two tables: what they say, what their headers state, or byte by byte. Runs in browsers as well as in Node.js.
 *
 * @module nbft/diff
 */

export { type ByteDifference, diffBytes } from "./diff/diff-bytes.ts";
export { diffFrames, type FrameDifference } from "./diff/diff-frames.ts";
export { diffTables, type TableDifference } from "./diff/diff-tables.ts";
