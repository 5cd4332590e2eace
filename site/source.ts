import { readFile } from "../src/acpi/container.ts";
import { bytesReader } from "../src/acpi/reader.ts";
import { NbftError } from "../src/errors.ts";
import { type Described, describedBy, tablesDescribed } from "../src/sources/described.ts";
import { detectVariableFile, readVariables } from "../src/uefi/files/variable-file.ts";

/** A table that is shown, with what had to be assumed for it. */
export interface ShownTable {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly notes: readonly string[];
}

/** What a file is to this page. */
export type Source =
  | {
      readonly kind: "tables";
      readonly tables: readonly ShownTable[];
      /** The text that the table is made from, to be edited as it is; a document is made of other tables. */
      readonly text?: string;
    }
  | { readonly kind: "store"; readonly bytes: Uint8Array };

/**
 * Tables of a file of any kind that the commands take as SOURCE, or a variable store.
 *
 * @throws {NbftError} when it is none of them.
 */
export function sourceOf(name: string, bytes: Uint8Array): Source {
  // A store as JSON is not a table, but this page shows it.
  if (detectVariableFile(bytes) === "qemu-json" && isVariableStore(bytes)) return { kind: "store", bytes };
  return described(name, bytes) ?? binary(name, bytes);
}

function described(name: string, bytes: Uint8Array): Source | undefined {
  const found = describedBy(bytes, undefined);
  if (!found) return undefined;
  const editable = found.described.kind === "document" || found.described.kind === "boot";
  const tables = shownTables(name, found.described);
  return { kind: "tables", tables, ...(editable && { text: found.text }) };
}

/**
 * The table of a text that was edited: a document, a boot description or a Config.
 *
 * @throws {ParseError} with line and column.
 */
export function tableOfText(name: string, text: string): ShownTable | undefined {
  const found = describedBy(new TextEncoder().encode(text), undefined, { document: true });
  return found && shownTables(name, found.described)[0];
}

function shownTables(name: string, what: Described): readonly ShownTable[] {
  const findings = what.kind === "boot" ? (what.findings ?? []) : [];
  const found = findings
    .filter(({ severity }) => severity !== "info")
    .map(
      ({ line, column, severity, rule, message }) => `line ${line}, column ${column}: ${severity} ${rule} ${message}`,
    );
  return tablesDescribed(name, what, true).map(({ path, bytes, error, notes = [] }) => {
    if (!bytes) throw new NbftError(path === name ? error : `${path}: ${error}`);
    return { name: path, bytes, notes: [...found, ...notes] };
  });
}

function binary(name: string, bytes: Uint8Array): Source {
  if (isVariableStore(bytes)) return { kind: "store", bytes };
  const { kind, tables } = readFile(bytesReader(bytes));
  const found = kind === "table" ? tables : tables.filter(({ signature }) => signature === "NBFT");
  if (found.length === 0) throw new NbftError(`read as ${kind}: no NBFT, ${tables.length} other tables`);
  return {
    kind: "tables",
    tables: found.map((table) => ({
      name: kind === "table" ? name : `${name}: ${table.name}`,
      bytes: table.bytes,
      notes: [],
    })),
  };
}

function isVariableStore(bytes: Uint8Array): boolean {
  try {
    readVariables(bytes);
    return true;
  } catch (error) {
    if (error instanceof NbftError) return false;
    throw error;
  }
}
