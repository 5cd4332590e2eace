import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { companionsRow, editRows, guidRow, hostIdRow } from "../options/vars-rows.ts";

/** The options of `nbft vars set`. */
export const setRows = [
  ...editRows,
  { flags: "--attempts <file>", description: "write the attempts of a Config, a boot description or another store" },
  companionsRow,
  hostIdRow,
  guidRow,
  {
    flags: "--attributes <letters>",
    description: "attributes such as NV+BS+RT, or a number (default: its current ones, else by vendor)",
  },
  { flags: "--value <text>", description: "content as text: a boot order, a VLAN list, a policy, a timeout" },
  { flags: "--hex <digits>", description: "content in hexadecimal" },
  { flags: "--data <file>", description: "content from a file" },
  { flags: "--path <path>", description: "device path, for a boot option", repeated: true },
  { flags: "--description <text>", description: "with --path: description of the boot option" },
  { flags: "--optional-data <digits>", description: "with --path: data for the boot loader, in hexadecimal" },
  { flags: "--inactive", description: "with --path: do not try the option" },
] as const satisfies readonly OptionRow[];

/** What `nbft vars set` is given. */
export type SetOptions = OptionsOf<typeof setRows>;
