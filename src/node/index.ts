/** Access to files and to this machine: everything that needs Node.js. */
export { LIVE_TABLES, type SourceOptions, type SourceTable, tablesOf } from "./sources.ts";
export { writeFileAtomic } from "./write-file.ts";
