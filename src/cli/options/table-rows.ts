import { containerKinds } from "../../acpi/container-kinds.ts";
import { stackPresets } from "../../consumers/stack-presets.ts";
import { severities } from "../../diagnostic.ts";
import { formatRow, type OptionRow } from "./rows.ts";

/** The argument of every command that takes SOURCEs. */
export const sourceWords = [
  [
    "[source...]",
    "tables, directories with NBFT*, dumps and texts that hold tables, documents or boot descriptions, or - (default: this machine's)",
  ],
] as const;

/** `--nbft-path` and `--from`, of commands whose arguments are tables of their own. */
export const originRows = [
  { flags: "--nbft-path <path>", description: "directory with the tables, as for nvme-cli; or a file" },
  {
    flags: "--from <kind>",
    description: "what kind of source it is, instead of detecting it",
    choices: containerKinds,
  },
] as const satisfies readonly OptionRow[];

/** The options of every command that takes SOURCEs. */
export const sourceRows = [
  { flags: "-r, --recursive", description: "read the tables of every file below a folder, whatever its name" },
  ...originRows,
] as const satisfies readonly OptionRow[];

export interface ConsumerRow extends OptionRow {
  readonly flags: "--consumer <name[@release]>";
  readonly parse: (word: string, before?: readonly string[]) => readonly string[];
}

/** `--consumer NAME[@RELEASE],…`, which may also be given several times. */
export function consumerRow(description: string): ConsumerRow {
  return {
    flags: "--consumer <name[@release]>",
    description,
    parse: (word, before = []) => [...before, ...word.split(",")],
  };
}

/** `--stack NAME` or `--stack PROGRAM@RELEASE,…`. */
export const stackRow = {
  flags: "--stack <programs>",
  description: `programs of one system: ${Object.keys(stackPresets).join(", ")}, or dracut@112,nvme-cli@2.16,…`,
} as const satisfies OptionRow;

/** Name of the file that a project keeps its choices in. */
export const PROJECT_FILE = "nbft.config.yaml";

/** What `--fail-on` is where nobody says it. */
export const FAIL_ON = "error";

/** Options of every command that reports findings. */
export const findingRows = [
  {
    flags: "--config <file>",
    description: `project configuration (default: ${PROJECT_FILE} here or in a folder above)`,
  },
  { flags: "--no-config", description: "ignore the project configuration" },
  formatRow(["text", "json", "ndjson", "sarif", "github", "junit"], "how to report"),
  {
    flags: "--fail-on <severity>",
    description: `exit 1 for findings of this severity and above (default: ${FAIL_ON})`,
    choices: severities,
  },
  { flags: "--info", description: "list infos in text, instead of counting them" },
] as const satisfies readonly OptionRow[];
