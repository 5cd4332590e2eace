import { acpidumpStyles, iaslStyles } from "../../acpi/text-styles.ts";
import { RECORDED_RELEASE } from "../../consumers/libnvme/releases.ts";
import type { OptionsOf } from "../options/options-of.ts";
import { colorRow, formatRow, type OptionRow, secretsRow } from "../options/rows.ts";
import type { SourceArguments } from "../sources/arguments.ts";

/** Options of `nbft dump`, but for those of its sources. */
export const dumpRows = [
  formatRow([
    "text",
    "json",
    "yaml",
    "ndjson",
    "nvme-cli-json",
    "nvme-cli-text",
    "hex",
    "acpidump",
    "iasl",
    "dsl",
    "binary",
  ]),
  {
    flags: "--consumer <name[@release]>",
    description: `release of nvme-cli for the nvme-cli formats, for example nvme-cli@2.16 (default: ${RECORDED_RELEASE})`,
    parse: (word) => [word],
  },
  { flags: "-s, --subsystem", description: "only subsystems (text and nvme-cli formats)" },
  { flags: "-H, --hfi", description: "only HFIs" },
  { flags: "-d, --discovery", description: "only discovery controllers" },
  {
    flags: "--iasl-style <style>",
    description: "output of iasl to imitate: up to 20200925, or newer",
    choices: iaslStyles,
    default: "new",
  },
  {
    flags: "--acpidump-style <style>",
    description: "program whose output -o acpidump imitates",
    choices: acpidumpStyles,
    default: "acpica",
  },
  secretsRow,
  colorRow,
] as const satisfies readonly OptionRow[];

/** What `nbft dump` is given. */
export interface DumpOptions extends SourceArguments, OptionsOf<typeof dumpRows> {}

/** A plain `nbft dump FILE…`: what is shown, and how. */
export interface PlainDump {
  readonly sources: readonly string[];
  readonly options: DumpOptions;
}
