import { appendBootOption } from "../../uefi/boot/append-option.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import type { StoreEdit } from "../../uefi/store/edit-store.ts";
import type { Variable } from "../../uefi/variable.ts";
import { type Io, UsageError } from "../io.ts";
import type { AppendOptions } from "../options/vars-rows.ts";
import { pathBytes } from "./path-value.ts";
import { editStoreFile } from "./store-file.ts";

/** Gives a store another boot option. */
export function appendOption(io: Io, path: string, options: AppendOptions): void {
  if (options.path === undefined) throw new UsageError("give the device path of the boot option with --path");
  if (options.description === undefined) throw new UsageError("give the boot option a name with --description");
  const data = pathBytes({ guid: vendorGuids.global, name: "Boot0000" }, options);
  const steps = ({ present }: { readonly present: readonly Variable[] }): readonly StoreEdit[] =>
    appendBootOption(present, data, { first: options.first ?? false }).edits;
  editStoreFile(io, path, options, steps);
}
