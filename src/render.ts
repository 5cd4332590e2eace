/**
 * Texts of tables, findings and boots, as the commands print them. Runs in browsers as well as in Node.js.
 *
 * @module nbft/render
 */

export { type DuidReading, interpretDuid } from "./nbft/duid.ts";
export { formatHexDump } from "./output/hex-dump.ts";
export { formatJunit } from "./output/junit.ts";
export { formatTable, type TableTreeOptions } from "./output/table-tree.ts";
export { formatVerification, type VerificationTextOptions } from "./output/verification.ts";
