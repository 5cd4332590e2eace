import type { SourceArguments } from "../sources/arguments.ts";
import type { OptionsOf } from "./options-of.ts";
import { colorRow, type OptionRow } from "./rows.ts";
import { findingRows, sourceRows } from "./table-rows.ts";

/** The options of `nbft validate`. */
export const validateRows = [
  ...sourceRows,
  ...findingRows,
  { flags: "--only <codes>", description: "apply only these rules: codes, names, or a family's letter", list: true },
  { flags: "--off <codes>", description: "do not apply these rules", list: true },
  { flags: "--lenient", description: "a wrong checksum is a warning" },
  { flags: "--separate", description: "the tables belong to different machines: check each on its own" },
  colorRow,
] as const satisfies readonly OptionRow[];

/** What `nbft validate` is given. */
export type ValidateArguments = OptionsOf<typeof validateRows> & SourceArguments;
