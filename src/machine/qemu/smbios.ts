import type { Diagnostic } from "../../diagnostic.ts";
import { parseUuid } from "../../text/uuid.ts";
import { formatOption, type OptionPart } from "./option-text.ts";
import { qemuFinding } from "./rules.ts";

/** What a machine says about itself in its SMBIOS tables. */
export interface SmbiosSpec {
  /**
   * System UUID (type 1), as Linux prints it in /sys/class/dmi/id/product_uuid. nvme-cli makes its host ID and host NQN from it where
   * nothing else is configured. QEMU stores the first three groups byte-swapped; the text stays the same.
   */
  readonly uuid?: string;
  /** System Manufacturer (type 1). */
  readonly manufacturer?: string;
  /** System Product Name (type 1). */
  readonly product?: string;
  /** System Serial Number (type 1). */
  readonly serial?: string;
  /** OEM strings (type 11); systemd reads `io.systemd.credential:NAME=VALUE` from them. */
  readonly oemStrings?: readonly string[];
}

/** Texts of the `-smbios` options for a machine. */
export function formatSmbios(spec: SmbiosSpec): string[] {
  const system: OptionPart[] = [];
  if (spec.manufacturer !== undefined) system.push(["manufacturer", spec.manufacturer]);
  if (spec.product !== undefined) system.push(["product", spec.product]);
  if (spec.serial !== undefined) system.push(["serial", spec.serial]);
  if (spec.uuid !== undefined) system.push(["uuid", spec.uuid]);
  const options = system.length > 0 ? [formatOption([["type", "1"], ...system])] : [];
  const strings = spec.oemStrings ?? [];
  if (strings.length > 0)
    options.push(formatOption([["type", "11"], ...strings.map((value): OptionPart => ["value", value])]));
  return options;
}

/** Whether QEMU takes the values, and whether what reads them can use them. */
export function checkSmbios(spec: SmbiosSpec): Diagnostic[] {
  if (spec.uuid === undefined || parseUuid(spec.uuid)) return [];
  return [qemuFinding("Q060", "smbios.uuid", `${spec.uuid} is not a UUID: QEMU refuses it`)];
}
