import { checkBytes } from "../bytes/bytes.ts";
import { viewOf } from "../bytes/view.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { containerFinding } from "./rules.ts";

/** One row of fw_cfg's file directory. */
export interface FwCfgEntry {
  /** Name of the item, such as `etc/acpi/tables`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /** Selector; QEMU renumbers them whenever an item is added, so it is worth nothing outside one run. */
  readonly select: number;
}

const entrySize = 64;
/** Longest name of an item, in characters: 56 bytes with the NUL. */
export const longestFwCfgName = 55;

/**
 * The file directory, item 0019h: big-endian u32 count, then for each file u32 size, u16 selector, u16 reserved, and a name of 56 bytes ended
 * by NUL. Rows that are announced but not there are left out with a finding (QEMU, docs/specs/fw_cfg.rst).
 */
export function decodeFwCfgDirectory(bytes: Uint8Array): { entries: FwCfgEntry[]; diagnostics: Diagnostic[] } {
  checkBytes(bytes);
  const view = viewOf(bytes);
  const count = bytes.length >= 4 ? view.getUint32(0) : 0;
  const there = Math.min(count, Math.floor(Math.max(0, bytes.length - 4) / entrySize));
  const diagnostics: Diagnostic[] = [];
  if (there < count || bytes.length < 4)
    diagnostics.push(
      containerFinding("K023", "directory", 0, 4, `the fw_cfg directory announces ${count} items, ${there} are there`),
    );
  const entries: FwCfgEntry[] = [];
  for (let i = 0; i < there; i++) {
    const at = 4 + i * entrySize;
    const name = bytes.subarray(at + 8, at + entrySize);
    const end = name.indexOf(0);
    entries.push({
      name: new TextDecoder().decode(name.subarray(0, end < 0 ? name.length : end)),
      size: view.getUint32(at),
      select: view.getUint16(at + 4),
    });
  }
  return { entries, diagnostics };
}
