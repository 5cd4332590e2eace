import { hostIdEncodings } from "../../uefi/config/firmware-config.ts";
import type { OptionsOf } from "./options-of.ts";
import { forceRow, type OptionRow, writeRow } from "./rows.ts";

/** The STORE argument of every `nbft vars` command. */
export const storeArgument = [
  "<store>",
  "OVMF_VARS.fd, QEMU's JSON store, a dmpstore or NvVars file, efivarfs, or -",
] as const;

/** `-w`, `-f`, `--no-backup`, `--signed` and `--in-use`. */
export const editRows = [
  writeRow("write the changed store here and leave STORE as it is"),
  forceRow,
  { flags: "--no-backup", description: "do not keep the old store as STORE.bak" },
  { flags: "--signed", description: "also replace and delete signed variables" },
  { flags: "--in-use", description: "edit a store that a machine has open" },
] as const satisfies readonly OptionRow[];

/** What every command that changes a store is given. */
export type EditArguments = OptionsOf<typeof editRows>;

/** `--guid`. */
export const guidRow = {
  flags: "-g, --guid <guid>",
  description: "vendor GUID, or a short name such as global or nvmeof",
} as const satisfies OptionRow;

/** `--guid` of what copies variables. */
export const vendorRow = {
  flags: "-g, --guid <guid>",
  description: "only variables of this vendor",
} as const satisfies OptionRow;

/** `--host-id`. */
export const hostIdRow = {
  flags: "--host-id <order>",
  description: "byte order of the stored host identifier",
  choices: hostIdEncodings,
  default: "efi-guid",
} as const satisfies OptionRow;

/** `--attempts` and what it can leave out. */
export const companionsRow = {
  flags: "--no-companions",
  description: "with --attempts: leave out the VLAN and IPv6 variables that attempts need",
} as const satisfies OptionRow;
