import { type Command, Option } from "commander";
import { firmwareOfBoot } from "../../../boot/firmware.ts";
import { parseBootDescription } from "../../../boot/parse.ts";
import { documentText } from "../../../document/document-text.ts";
import { forceOption, writeOption } from "../../options/write.ts";
import type { BootReader } from "../../vars/attempts-source.ts";

/** The STORE argument of every `nbft vars` command. */
export const storeArgument = [
  "<store>",
  "OVMF_VARS.fd, QEMU's JSON store, a dmpstore or NvVars file, efivarfs, or -",
] as const;

/** Adds `-w`, `-f`, `--no-backup`, `--signed` and `--in-use`. */
export function addEditOptions(command: Command): Command {
  return command
    .addOption(writeOption("write the changed store here and leave STORE as it is"))
    .addOption(forceOption())
    .option("--no-backup", "do not keep the old store as STORE.bak")
    .option("--signed", "replace and delete signed variables too")
    .option("--in-use", "edit a store that a machine has open");
}

/** The `--guid` option. */
export function guidOption(): Option {
  return new Option("-g, --guid <guid>", "vendor GUID, or a short name such as global or nvmeof");
}

/** The `--host-id` option. */
export function hostIdOption(): Option {
  return new Option("--host-id <order>", "byte order of the stored host identifier")
    .choices(["efi-guid", "rfc4122"])
    .default("efi-guid");
}

/** Attempts of a boot description. */
export const readBoot: BootReader = (bytes, file) =>
  firmwareOfBoot(parseBootDescription(documentText(bytes, file), { file }));
