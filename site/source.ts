import { readFile } from "../src/acpi/container.ts";
import { bytesReader } from "../src/acpi/reader.ts";
import { bootOfFirmware } from "../src/boot/from-firmware.ts";
import { parseBootDescription } from "../src/boot/parse.ts";
import { tableOfBoot } from "../src/boot/table.ts";
import { parseText } from "../src/document/parse-text.ts";
import { NbftError } from "../src/errors.ts";
import { encodeNbft } from "../src/nbft/write/encode.ts";
import { isBootDocument, tableOfDocumentText } from "../src/sources/described-text.ts";
import { tableOfShow } from "../src/sources/show/table-of-show.ts";
import { sourceTextOf } from "../src/sources/text-forms.ts";
import { detectVariableFile, readVariables } from "../src/uefi/files/variable-file.ts";
import { checkConfig } from "../src/uefi/setattempt/check-config.ts";

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
  const text = textOf(bytes);
  return (text === undefined ? undefined : described(name, bytes, text)) ?? binary(name, bytes);
}

function described(name: string, bytes: Uint8Array, text: string): Source | undefined {
  const form = sourceTextOf(text);
  switch (form.kind) {
    case "document":
      return { kind: "tables", tables: [{ name, ...tableOfText(text) }], text };
    case "config": {
      const { config, findings } = checkConfig(bytes);
      const { description, notes } = bootOfFirmware(config);
      const found = findings
        .filter(({ severity }) => severity !== "info")
        .map(
          ({ line, column, severity, rule, message }) =>
            `line ${line}, column ${column}: ${severity} ${rule} ${message}`,
        );
      const table = encodeNbft(tableOfBoot(description, { revision: "1.0" }));
      return { kind: "tables", tables: [{ name, bytes: table, notes: [...found, ...notes] }], text };
    }
    case "show":
      return {
        kind: "tables",
        tables: form.shows.map((show) => {
          const { table, missing, notes } = tableOfShow(show);
          const note = `made from what nvme nbft show prints, which does not have: ${missing.join(", ")}`;
          return { name: show.filename ?? name, bytes: encodeNbft(table), notes: [note, ...notes] };
        }),
      };
    case "test plan":
      return {
        kind: "tables",
        tables: form.boots.map(({ name: test, config }) => {
          const { description, notes } = bootOfFirmware(config);
          return { name: `${name}: ${test}`, bytes: encodeNbft(tableOfBoot(description, { revision: "1.0" })), notes };
        }),
      };
    case "refused":
      // A store as JSON is not a table, but this page shows it.
      if (detectVariableFile(bytes) === "qemu-json" && isVariableStore(bytes)) return { kind: "store", bytes };
      throw new NbftError(form.message);
    default:
      return undefined;
  }
}

/**
 * The table of a document or a boot description.
 *
 * @throws {ParseError} with line and column.
 */
export function tableOfText(text: string): Omit<ShownTable, "name"> {
  const parsed = parseText(text);
  const bytes = isBootDocument(parsed.value)
    ? encodeNbft(tableOfBoot(parseBootDescription(text), { revision: "1.0" }))
    : tableOfDocumentText(parsed);
  return { bytes, notes: [] };
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

/** Text of UTF-8 bytes; undefined where they are not. */
function textOf(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return text.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}
