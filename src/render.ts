/** Texts of tables, findings and judgements, as the commands print them. */
export { formatHexDump } from "./output/hex-dump.ts";
export { formatJunit } from "./output/junit.ts";
export { formatTable, type TableTreeOptions } from "./output/table-tree.ts";
export { formatVerification, type VerificationTextOptions } from "./output/verification.ts";
