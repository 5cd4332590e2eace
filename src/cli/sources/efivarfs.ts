import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { efivarfsVariable } from "../../uefi/files/efivarfs.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import type { Variable } from "../../uefi/variable.ts";

/** Whether a folder is efivarfs, or a copy of it: one with a boot order. */
export function isEfivarfs(folder: string): boolean {
  return ["BootOrder", "BootCurrent"].some((name) => existsSync(join(folder, `${name}-${vendorGuids.global}`)));
}

/** The variables of an efivarfs folder; none where there are no files of its kind. System errors as they come. */
export function readEfivarfs(folder: string): Variable[] {
  return readdirSync(folder).flatMap((name) => {
    const variable = efivarfsVariable(name, () => readFileSync(join(folder, name)));
    return variable ? [variable] : [];
  });
}
