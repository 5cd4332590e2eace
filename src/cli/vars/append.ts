import { appendBootOption } from "../../uefi/boot/append-option.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import type { StoreEdit } from "../../uefi/store/edit-store.ts";
import type { Variable } from "../../uefi/variable.ts";
import { type Io, UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { editRows } from "../options/vars-rows.ts";
import { pathBytes } from "./path-value.ts";
import { editStoreFile } from "./store-file.ts";

/** The options of `nbft vars append`. */
export const appendRows = [
  ...editRows,
  { flags: "--path <path>", description: "device path of the boot option", repeated: true },
  { flags: "--description <text>", description: "name of the boot option" },
  { flags: "--optional-data <digits>", description: "data for the boot loader, in hexadecimal" },
  { flags: "--inactive", description: "do not try the option" },
  { flags: "--first", description: "put it first in BootOrder (default: last)" },
] as const satisfies readonly OptionRow[];

/** What `nbft vars append` is given. */
export type AppendOptions = OptionsOf<typeof appendRows>;

/** Gives a store another boot option. */
export function appendOption(io: Io, path: string, options: AppendOptions): void {
  if (options.path === undefined) throw new UsageError("give the device path of the boot option with --path");
  if (options.description === undefined) throw new UsageError("give the boot option a name with --description");
  const data = pathBytes({ guid: vendorGuids.global, name: "Boot0000" }, options);
  const steps = ({ present }: { readonly present: readonly Variable[] }): readonly StoreEdit[] =>
    appendBootOption(present, data, { first: options.first ?? false }).edits;
  editStoreFile(io, path, options, steps);
}
