export { type ListName, listNames, listStructures } from "../structures/lists.ts";
export { FIXED_BYTES, openTable, type TableFrame } from "./open-table.ts";
