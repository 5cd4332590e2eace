import { latin1Text } from "../bytes/latin1.ts";
/** A table that was found in a container: a dump, a memory image, a capture. */
export interface FoundTable {
  /** The first four bytes as Latin-1 characters, or what the container calls the table when it holds fewer. */
  readonly signature: string;
  /** What Linux would call it in sysfs: `NBFT` for a lone one, `NBFT1`, `NBFT2` … when there are several. */
  readonly name: string;
  /** The table as the container holds it; its own Length field is not trusted. */
  readonly bytes: Uint8Array;
  /** Where it stands, for a person: `kernel/firmware/acpi/nbft.aml`, `line 38`, `XSDT at 0x7fbf20e8`. */
  readonly origin: string;
  /** Byte offset in the file, where the table is a range of it. */
  readonly offset?: number;
  /** Physical address, where the container knows one. */
  readonly address?: number;
}

/** A table before it has got its name. */
export type UnnamedTable = Omit<FoundTable, "name"> & { readonly name?: string };

/** The first four bytes as characters, one each. */
export function signatureOf(bytes: Uint8Array): string {
  return latin1Text(bytes.subarray(0, 4));
}

/**
 * Names tables as Linux does in /sys/firmware/acpi/tables (drivers/acpi/sysfs.c): each of several tables of one signature gets its
 * number, counted from 1; a lone one has none. A name that is already there stays.
 */
export function nameTables(tables: readonly UnnamedTable[]): FoundTable[] {
  const total = new Map<string, number>();
  for (const { signature } of tables) total.set(signature, (total.get(signature) ?? 0) + 1);
  const seen = new Map<string, number>();
  return tables.map((table) => {
    const number = (seen.get(table.signature) ?? 0) + 1;
    seen.set(table.signature, number);
    const name = table.name ?? (total.get(table.signature)! > 1 ? table.signature + number : table.signature);
    return { ...table, name };
  });
}
