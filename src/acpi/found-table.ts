import type { Diagnostic, Severity } from "../diagnostic.ts";

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
  return String.fromCharCode(...bytes.subarray(0, 4));
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

/** Findings about containers: code, name and severity in one place. */
const containerRules = {
  K001: ["text-gap", "error"],
  K002: ["text-cut", "warning"],
  K003: ["text-mismatch", "warning"],
  K004: ["text-order", "info"],
  K005: ["text-form", "info"],
  K010: ["cpio-cut", "error"],
  K011: ["cpio-ignored", "warning"],
  K012: ["cpio-name", "warning"],
  K013: ["cpio-table", "error"],
  K014: ["cpio-compressed", "info"],
  K020: ["loader-size", "error"],
  K021: ["loader-record", "error"],
  K022: ["loader-unknown", "warning"],
  K023: ["capture-incomplete", "warning"],
  K024: ["capture-pristine", "warning"],
  K025: ["capture-size", "warning"],
  K030: ["rsdp-checksum", "info"],
  K031: ["root-table", "error"],
  K032: ["table-entry", "warning"],
  K033: ["no-rsdp", "warning"],
  K034: ["elf-segment", "warning"],
  K040: ["file-skipped", "info"],
  K041: ["file-unreadable", "error"],
} as const satisfies Record<string, readonly [name: string, severity: Severity]>;

/** A finding about a container. `offset` counts from the start of the file, or is a line number where `path` says so. */
export function containerFinding(
  rule: keyof typeof containerRules,
  path: string,
  offset: number,
  length: number,
  message: string,
  hint?: string,
): Diagnostic {
  const [name, severity] = containerRules[rule];
  return { rule, name, severity, path, offset, length, message, ...(hint !== undefined && { hint }) };
}
