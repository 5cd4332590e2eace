/** Texts of tables, findings and judgements, as the commands print them. */
export { formatHexDump } from "./render/hex-dump.ts";
export { formatJunit } from "./render/junit.ts";
export { formatTable, type TableTreeOptions } from "./render/table-tree.ts";
export { formatVerification, type VerificationTextOptions } from "./render/verification.ts";
