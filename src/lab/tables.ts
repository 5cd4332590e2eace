import { checksumFor } from "../acpi/checksum.ts";
import { acpiHeaderSize } from "../acpi/table-header.ts";
import { readUint } from "../bytes/numbers.ts";
import type { EvidenceTable } from "../verify/evidence.ts";

/** A table in the form in which a guest can have it, and what had to be changed for that. */
export interface InjectableTable {
  readonly bytes: Uint8Array;
  readonly changes: readonly string[];
}

/**
 * A table as it will be seen in a guest: QEMU writes length and checksum itself, and Linux takes no table with a wrong one from an initrd, so that
 * neither way can deliver a wrong length, a wrong checksum or bytes after the table.
 */
export function injectableTable(input: Uint8Array): InjectableTable {
  const changes: string[] = [];
  const stated = readUint(input, 4, 4);
  const length = stated >= acpiHeaderSize && stated <= input.length ? stated : input.length;
  const bytes = input.slice(0, length);
  if (input.length > length) changes.push(`${input.length - length} bytes after the table are left out`);
  if (stated !== length) {
    new DataView(bytes.buffer).setUint32(4, length, true);
    changes.push(`the length says ${stated}, the table has ${length} bytes: set right`);
  }
  const checksum = checksumFor(bytes);
  if (bytes[9] !== checksum) {
    bytes[9] = checksum;
    changes.push("the checksum is wrong: set right");
  }
  return { bytes, changes };
}

/** Names that Linux gives tables of one signature: NBFT for a single one, NBFT1, NBFT2, … for several. */
export function sysfsNames(tables: readonly Uint8Array[]): EvidenceTable[] {
  return tables.map((bytes, i) => ({ name: tables.length === 1 ? "NBFT" : `NBFT${i + 1}`, bytes }));
}
