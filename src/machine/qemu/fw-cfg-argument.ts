import { longestFwCfgName } from "../../acpi/fw-cfg-directory.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { formatOption } from "./option-text.ts";
import { qemuFinding } from "./rules.ts";

/** One `-fw_cfg` option: a named item, from a file, a string, or a generator object. */
export type FwCfgArgument = {
  /** Name of the item, such as `opt/org.example/item`: at most 55 bytes of ASCII. */
  readonly name: string;
} & (
  | {
      /** Path of the file whose contents the item gets. */
      readonly file: string;
    }
  /** Stored without a NUL; an empty string counts as missing. */
  | { readonly string: string }
  | {
      /** Id of the QEMU object that makes the contents (`gen_id`). */
      readonly genId: string;
    }
);

/** Text of one `-fw_cfg` option. */
export function formatFwCfg(item: FwCfgArgument): string {
  if ("file" in item)
    return formatOption([
      ["name", item.name],
      ["file", item.file],
    ]);
  if ("string" in item)
    return formatOption([
      ["name", item.name],
      ["string", item.string],
    ]);
  return formatOption([
    ["name", item.name],
    ["gen_id", item.genId],
  ]);
}

/** What decides about `-fw_cfg` items. */
export interface FwCfgContext {
  /** Items that QEMU makes itself; those of a machine with ACPI unless given. */
  readonly own?: readonly string[];
  /** Slots for all named items; 32 unless raised with `-global fw_cfg_io.x-file-slots=N`. */
  readonly slots?: number;
}

/**
 * Items that q35 makes without any device (QEMU 7.2 to 11.1); more come with devices, so the room that is left is at most 17.
 */
export const q35Items: readonly string[] = [
  "bios-geometry",
  "bootorder",
  "etc/acpi/rsdp",
  "etc/acpi/tables",
  "etc/boot-fail-wait",
  "etc/e820",
  "etc/smbios/smbios-anchor",
  "etc/smbios/smbios-tables",
  "etc/smi/features-ok",
  "etc/smi/requested-features",
  "etc/smi/supported-features",
  "etc/system-states",
  "etc/table-loader",
  "etc/tpm/log",
  "genroms/kvmvapic.bin",
];

/** Names of ACPI items, which QEMU does not make with `acpi=off`. */
const acpiItems = ["etc/acpi/rsdp", "etc/acpi/tables", "etc/table-loader", "etc/tpm/log"];

/** Items that QEMU makes for q35 when ACPI is off. */
export const q35ItemsWithoutAcpi: readonly string[] = q35Items.filter((name) => !acpiItems.includes(name));

/**
 * What QEMU says about some `-fw_cfg` items: refusals are errors (exit 1; too many items abort it), other remarks warnings.
 */
export function checkFwCfg(items: readonly FwCfgArgument[], context: FwCfgContext = {}): Diagnostic[] {
  const own = context.own ?? q35Items;
  const slots = context.slots ?? 32;
  const seen = new Set(own);
  const found: Diagnostic[] = [];
  for (const item of items) {
    const path = `fw_cfg[${item.name}]`;
    const value = "file" in item ? item.file : "string" in item ? item.string : item.genId;
    if (item.name === "" || value === "")
      found.push(qemuFinding("Q024", path, "name, plus exactly one of file, string and gen_id, are needed"));
    if (new TextEncoder().encode(item.name).length > longestFwCfgName)
      found.push(qemuFinding("Q020", path, "name too long (max. 55 char)"));
    if (!item.name.startsWith("opt/") && !("genId" in item))
      found.push(
        qemuFinding(
          "Q021",
          path,
          'externally provided fw_cfg item names should be prefixed with "opt/"',
          "A warning only",
        ),
      );
    if (seen.has(item.name))
      found.push(
        qemuFinding(
          "Q022",
          path,
          `duplicate fw_cfg file name: ${item.name}`,
          acpiItems.includes(item.name) ? "QEMU makes this item itself: start the machine with acpi=off" : undefined,
        ),
      );
    seen.add(item.name);
  }
  const used = own.length + items.length;
  if (used > slots)
    found.push(
      qemuFinding(
        "Q023",
        "fw_cfg",
        `${items.length} items and the machine's own ${own.length} need ${used} slots, there are ${slots}: QEMU aborts`,
        "-global fw_cfg_io.x-file-slots=128 (x86) or fw_cfg_mem.x-file-slots=128 (Arm) gives more",
      ),
    );
  return found;
}
