import { bareText } from "../acpi/text/bare-text.ts";
import { packedForm } from "../acpi/text/packed-text.ts";
import { hasTextTables } from "../acpi/text-tables.ts";
import { isEfibootmgr, parseEfibootmgr } from "./boot-options/parse-efibootmgr.ts";
import { showOfBootOptions } from "./boot-options/show-of-boot-options.ts";
import { showsIn } from "./show/find-shows.ts";
import { isOfPython, isShow, showsOfJson } from "./show/parse-show-json.ts";
import type { NvmeShow } from "./show/show.ts";
import { isTestPlan, type PlannedBoot, plannedBoots } from "./test-plan.ts";

/** What a text is that tables, or a boot, can be read from. */
export type SourceText =
  /** Text that holds tables: acpidump, iasl, hex, base64. */
  | { readonly kind: "tables" }
  /** A table's document, or a boot description, JSON or YAML. */
  | { readonly kind: "document" }
  /** Output of `nvme nbft show`, or of `efibootmgr` with NVMe-oF device paths. */
  | { readonly kind: "show"; readonly shows: readonly NvmeShow[] }
  /** Text for the firmware's setattempt. */
  | { readonly kind: "config" }
  /** Tests of rh-linux-poc, each of which boots. */
  | { readonly kind: "test plan"; readonly boots: readonly PlannedBoot[] }
  /** Output that is known, and does not have what is needed; the message says what does. */
  | { readonly kind: "refused"; readonly message: string }
  | { readonly kind: "unknown" };

/**
 * What a text is. The order: JSON as a whole (by its keys), YAML (by its first key), tables as text (acpidump, iasl, hex, base64), output of
 * `nvme nbft show`, of `efibootmgr`, Config, output of other commands. So a report with both a table's bytes and what nvme shows of them is read from the bytes.
 * docs/sources.md describes it.
 */
export function sourceTextOf(shown: string): SourceText {
  const { text } = bareText(shown);
  return ofJson(text) ?? ofYaml(text) ?? ofPlainText(text);
}

/** Keys of a table's document and of a boot description. */
const documentKeys = ["header", "control", "host", "hfi", "ssns", "security", "discovery", "layout"];
const bootKeys = ["interfaces", "targets", "attempts", "table"];

function ofJson(text: string): SourceText | undefined {
  if (!/^\s*[[{]/.test(text)) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (isShow(value)) return { kind: "show", shows: showsOfJson(value) };
  if (Array.isArray(value) && value.length === 0)
    return {
      kind: "refused",
      message:
        "an empty list, which nvme nbft show of nvme-cli 2.x prints where it accepts no table: copy /sys/firmware/acpi/tables/NBFT* as root, if there are any",
    };
  const first: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof first !== "object" || first === null) return undefined;
  const has = (key: string) => Object.hasOwn(first, key);
  if (isTestPlan(value)) return { kind: "test plan", boots: plannedBoots(value) };
  if (isOfPython(first)) return refused(PYTHON);
  if (has("Subsystems") || has("HostNQN")) return refused("nvme list-subsys");
  if (has("Devices")) return refused("nvme list");
  if (has("variables") || (has("guid") && has("data")))
    return {
      kind: "refused",
      message: "a variable store as JSON: nbft vars reads it, and nbft predict the table that comes of it",
    };
  if (
    [...documentKeys, ...bootKeys].some(
      (key) => has(key) && typeof (first as Record<string, unknown>)[key] !== "string",
    )
  )
    return { kind: "document" };
  return undefined;
}

function ofYaml(text: string): SourceText | undefined {
  // Comments, a directive and the mark of a document's start may come first.
  const key = /^(?:[ \t]*(?:#[^\r\n]*|%YAML[^\r\n]*|---[^\r\n]*)?\r?\n)*["']?([A-Za-z]\w*)["']?:(?:\s|$)/.exec(
    text,
  )?.[1];
  return key !== undefined && [...documentKeys, ...bootKeys].includes(key) ? { kind: "document" } : undefined;
}

function ofPlainText(text: string): SourceText {
  if (hasTextTables(text)) return { kind: "tables" };
  const shows = showsIn(text);
  if (shows.length > 0) return { kind: "show", shows };
  if (isEfibootmgr(text)) return ofEfibootmgr(text);
  if (/^[ \t]*\$start[ \t\r]*$/im.test(text.replaceAll("\0", ""))) return { kind: "config" };
  const undo = packedForm(text);
  if (undo !== undefined) return { kind: "refused", message: undo };
  const output = outputs.find(([start]) => start.test(text))?.[1];
  return output === undefined ? { kind: "unknown" } : refused(output);
}

function ofEfibootmgr(text: string): SourceText {
  const show = showOfBootOptions(parseEfibootmgr(text));
  if (show) return { kind: "show", shows: [show] };
  return {
    kind: "refused",
    message: `output of efibootmgr without an NVMe-oF device path (efibootmgr -v shows them): ${howToGetTables}`,
  };
}

const PYTHON = "libnvme in Python (nvme.nbft_get)";

/** Output of commands that people post in place of a table. */
const outputs: readonly (readonly [start: RegExp, command: string])[] = [
  [/^.{0,16}nvme-subsys\d{1,4} - NQN=/m, "nvme list-subsys"],
  [/^.{0,16}Node\s+(?:Generic\s+)?SN\s+Model\s/m, "nvme list"],
  [/^.{0,16}Subsystem\s+Subsystem-NQN\s/m, "nvme list -v"],
  [/^.{0,32}ACPI: NBFT 0x[0-9A-Fa-f]+ [0-9A-F]{6}/m, "dmesg"],
  [/^.{0,64}nvme nvme\d{1,4}: (?:new ctrl|creating \d+ I\/O queues)/m, "dmesg"],
  [/^[ \t]*\d+\) +NBFT 0x[0-9A-Fa-f]+ 0x/m, "acpidump -s"],
  [/^raw_nbft_size=\d/m, "libnvme's nbft-dump"],
  [/'(?:hfi|subsystem|discovery)': \[\{'|["'](?:hfi_indexes|dhcp_duid_len)["']: /, PYTHON],
  [/^.{0,16}NBFT (?:Subsystems|HFIs):/m, "nvme nbft show with its lines changed (wrapped, perhaps)"],
];

/** How to get a table from the machine that has it. */
export const howToGetTables =
  "copy /sys/firmware/acpi/tables/NBFT* as root (or its text, by xxd), or take what nvme nbft show -o json prints";

function refused(command: string): SourceText {
  return { kind: "refused", message: `output of ${command}, which does not show the table: ${howToGetTables}` };
}
