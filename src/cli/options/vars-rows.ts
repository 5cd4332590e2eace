import { hostIdEncodings } from "../../uefi/config/firmware-config.ts";
import type { OptionsOf } from "./options-of.ts";
import { colorRow, forceRow, formatRow, type OptionRow, resultRow, secretsRow, writeRow } from "./rows.ts";

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

/** What says which variables of a store are meant. */
export type VariableChoice = OptionsOf<readonly [typeof vendorRow]>;

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

/** The options of `nbft vars list`. */
export const listRows = [
  formatRow(["text", "json"]),
  colorRow,
  { flags: "-a, --all", description: "also show replaced, deleted and unfinished records" },
] as const satisfies readonly OptionRow[];

/** What `nbft vars list` is given. */
export type ListOptions = OptionsOf<typeof listRows>;

/** The options of `nbft vars show`. */
export const showRows = [
  formatRow(["text", "json", "config"], "output format; config is the text that setattempt reads"),
  guidRow,
  hostIdRow,
  { flags: "--left-over", description: "show the bytes after the NUL of strings" },
  secretsRow,
  colorRow,
] as const satisfies readonly OptionRow[];

/** What `nbft vars show` is given. */
export type VarsShowOptions = OptionsOf<typeof showRows>;

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

/** The options of `nbft vars export`. */
export const exportRows = [
  formatRow(["qemu-json", "dmpstore"], "QEMU's uefi-vars JSON, or the file that the UEFI shell's dmpstore -l loads"),
  resultRow("write the variables here"),
  forceRow,
  vendorRow,
] as const satisfies readonly OptionRow[];

/** What `nbft vars export` is given. */
export type ExportOptions = OptionsOf<typeof exportRows>;
