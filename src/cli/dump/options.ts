import type { AcpidumpStyle } from "../../acpi/acpidump-text.ts";
import type { IaslStyle } from "../../acpi/iasl-lines.ts";
import type { ConsumerArguments } from "../consumer-option.ts";
import type { ColorChoice } from "../io.ts";
import { colorRow, formatRow, type OptionRow, secretsRow } from "../options/rows.ts";
import type { SourceArguments } from "../sources/arguments.ts";
import type { DumpFormatOptions } from "./dump.ts";

/** Formats of `nbft dump`. */
export const dumpFormats = [
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
] as const;

/** Options of `nbft dump`. */
export interface DumpOptions extends SourceArguments, DumpFormatOptions, ConsumerArguments {
  readonly outputFormat: (typeof dumpFormats)[number];
  readonly iaslStyle: IaslStyle;
  readonly acpidumpStyle: AcpidumpStyle;
  readonly color: ColorChoice;
}

/** The same as data, but for those of its sources. */
export const dumpRows: readonly OptionRow[] = [
  formatRow(dumpFormats),
  {
    flags: "--consumer <name[@release]>",
    description: "release of nvme-cli for the nvme-cli formats, for example nvme-cli@2.16 (default: 3.0-rc1)",
    parse: (word) => [word],
  },
  { flags: "-s, --subsystem", description: "only subsystems (text and nvme-cli formats)" },
  { flags: "-H, --hfi", description: "only HFIs" },
  { flags: "-d, --discovery", description: "only discovery controllers" },
  {
    flags: "--iasl-style <style>",
    description: "whose look -o iasl has: iasl's up to 20200925, or newer ones'",
    choices: ["old", "new"],
    default: "new",
  },
  {
    flags: "--acpidump-style <style>",
    description: "whose text -o acpidump writes",
    choices: ["acpica", "fwts", "pmtools"],
    default: "acpica",
  },
  secretsRow,
  colorRow,
];

/** A plain `nbft dump FILE…`: what is shown, and how. */
export interface PlainDump {
  readonly sources: readonly string[];
  readonly options: DumpOptions;
}
