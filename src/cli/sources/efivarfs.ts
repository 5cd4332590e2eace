import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { readNamed } from "../../node/file-error.ts";
import { efivarfsVariable } from "../../uefi/files/efivarfs.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import type { Variable } from "../../uefi/variable.ts";

/** Whether a folder is efivarfs, or a copy of it: one with a boot order. */
export function isEfivarfs(folder: string): boolean {
  return ["BootOrder", "BootCurrent"].some((name) => existsSync(join(folder, `${name}-${vendorGuids.global}`)));
}

/** The variables of an efivarfs folder; none where there are no files of its kind. System errors as they come. */
export function readEfivarfs(folder: string): Variable[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    // The older interface, /sys/firmware/efi/vars, has folders of these names.
    if (entry.isDirectory()) return [];
    const variable = efivarfsVariable(entry.name, () => readNamed(join(folder, entry.name)));
    return variable ? [variable] : [];
  });
}
