import { firmwareOfBoot } from "../../../boot/firmware.ts";
import { parseBootDescription } from "../../../boot/parse.ts";
import { documentText } from "../../../document/document-text.ts";
import { forceRow, type OptionRow, writeRow } from "../../options/rows.ts";
import type { BootReader } from "../../vars/attempts-source.ts";

/** The STORE argument of every `nbft vars` command. */
export const storeArgument = [
  "<store>",
  "OVMF_VARS.fd, QEMU's JSON store, a dmpstore or NvVars file, efivarfs, or -",
] as const;

/** `-w`, `-f`, `--no-backup`, `--signed` and `--in-use`. */
export const editRows: readonly OptionRow[] = [
  writeRow("write the changed store here and leave STORE as it is"),
  forceRow,
  { flags: "--no-backup", description: "do not keep the old store as STORE.bak" },
  { flags: "--signed", description: "replace and delete signed variables too" },
  { flags: "--in-use", description: "edit a store that a machine has open" },
];

/** `--guid`. */
export const guidRow: OptionRow = {
  flags: "-g, --guid <guid>",
  description: "vendor GUID, or a short name such as global or nvmeof",
};

/** `--guid` of what copies variables. */
export const vendorRow: OptionRow = { flags: "-g, --guid <guid>", description: "only variables of this vendor" };

/** `--host-id`. */
export const hostIdRow: OptionRow = {
  flags: "--host-id <order>",
  description: "byte order of the stored host identifier",
  choices: ["efi-guid", "rfc4122"],
  default: "efi-guid",
};

/** `--attempts` and what it can leave out. */
export const companionsRow: OptionRow = {
  flags: "--no-companions",
  description: "with --attempts: leave out the VLAN and IPv6 variables that attempts need",
};

/** Attempts of a boot description. */
export const readBoot: BootReader = (bytes, file) =>
  firmwareOfBoot(parseBootDescription(documentText(bytes, file), { file }));
