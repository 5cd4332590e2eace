/** Comparing two tables: what they say, or byte by byte. */
export { type ByteDifference, diffBytes } from "./diff/diff-bytes.ts";
export { diffTables, type TableDifference } from "./diff/diff-tables.ts";
