import { existsSync, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { readNamed } from "../../node/file-error.ts";
import { escapeText } from "../../text/escape.ts";
import { efivarfsVariable } from "../../uefi/files/efivarfs.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import type { Variable } from "../../uefi/variable.ts";
import { type Io, note } from "../io.ts";

/** Whether a folder is efivarfs, or a copy of it: one with a boot order. */
export function isEfivarfs(folder: string): boolean {
  return ["BootOrder", "BootCurrent"].some((name) => {
    const path = join(folder, `${name}-${vendorGuids.global}`);
    // The older interface, /sys/firmware/efi/vars, has folders of these names.
    return existsSync(path) && statSync(path).isFile();
  });
}

/**
 * The variables of an efivarfs folder; none where there are no files of its kind. System errors as they come.
 *
 * @param concerned what the command reads: of these, files without content are named.
 */
export function readEfivarfs(folder: string, concerned: (variable: Variable) => boolean, io: Io): Variable[] {
  const found = readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return [];
    const variable = efivarfsVariable(entry.name, () => readNamed(join(folder, entry.name)));
    return variable ? [variable] : [];
  });
  // A firmware has no variable without data.
  const variables = found.filter(({ data }) => data.length > 0);
  const empty = found.filter((variable) => variable.data.length === 0 && concerned(variable));
  if (empty.length > 0)
    note(
      io,
      `${escapeText(folder)}: no content in ${empty.map(({ name }) => escapeText(name)).join(", ")}: passed over, as Linux shows what the firmware does not have; if this is a copy, copy them again`,
    );
  return variables;
}
