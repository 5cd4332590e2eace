import { statSync } from "node:fs";
import { compressionOf } from "../../acpi/compression.ts";
import { isTable } from "../../acpi/is-table.ts";
import { isPlainText } from "../../bytes/decode-text.ts";
import { NbftError } from "../../errors.ts";
import { unpacked } from "../../node/decompress.ts";
import { readNamed } from "../../node/file-error.ts";
import type { SourceTable } from "../../node/sources.ts";
import { withoutSecrets } from "../../secrets/hide.ts";
import { bootOptionsIn } from "../../sources/boot-options/boot-options.ts";
import { showOfBootOptions } from "../../sources/boot-options/show-of-boot-options.ts";
import { type Described, describedBy, type MadeTable, tablesDescribed } from "../../sources/described.ts";
import { howToGetTables } from "../../sources/text-forms.ts";
import { escapeText } from "../../text/escape.ts";
import { bootNumber } from "../../uefi/boot/boot-numbers.ts";
import { vendorGuids } from "../../uefi/guids.ts";
import type { Variable } from "../../uefi/variable.ts";
import { aboutFile, type Io, note, UsageError } from "../io.ts";
import { withoutName } from "../system-error.ts";
import { isEfivarfs, readEfivarfs } from "./efivarfs.ts";
import { mayBeDescription } from "./may-be-description.ts";
import { pipedBytes } from "./piped.ts";
import { chosenTests, fileAndTest } from "./tests.ts";

/** A table that a text describes. */
export type DescribedTable = SourceTable & MadeTable;

/** Largest text that is looked at. A document has about six times the size of its table. */
const MAX_TEXT_BYTES = 256 * 1024 * 1024;

/**
 * What a source describes; undefined for everything that is read as tables. A text of unknown form is a document where its name says so.
 *
 * @throws {ParseError} for a document or description that is wrong.
 * @throws {UsageError} for output of another command, with what to do.
 */
export function describedSource(path: string, io: Io): { described: Described; file: string } | undefined {
  return mayBeDescription(path, io) ? describedAs(path, io, /\.(ya?ml|json)$/i.test(path)) : undefined;
}

/**
 * What a file, or standard input for `-`, describes, whatever it is called, and its name for messages.
 *
 * @throws {ParseError} for a document or description that is wrong.
 * @throws {UsageError} when it is not text, or tables as text.
 */
export function describedIn(path: string, io: Io): { described: Described; file: string } {
  const found = describedAs(path, io, true);
  if (found) return found;
  const { file } = fileAndTest(path);
  const name = file === "-" ? "standard input" : file;
  const text = isPlainText(aboutFile(name, () => unpacked(readBytes(file, io))));
  throw new UsageError(
    text
      ? `${name}: a table as text: a JSON or YAML document is needed; nbft dump -o yaml ${name} makes one`
      : `${name}: not text: a JSON or YAML document is needed`,
  );
}

function describedAs(source: string, io: Io, document: boolean): { described: Described; file: string } | undefined {
  const { file: path, test } = fileAndTest(source);
  const file = path === "-" ? "standard input" : path;
  if (path !== "-" && isEfivarfs(path)) return { described: efivarfsShow(path, io), file };
  const stored = readBytes(path, io);
  const bytes = compressionOf(stored) === undefined ? stored : packedText(stored);
  if (!bytes) return undefined;
  if (document && bytes.length > 0 && !isPlainText(bytes))
    throw new UsageError(
      isTable(bytes)
        ? `${file}: a table: a JSON or YAML document is needed; nbft dump -o yaml ${file} makes one`
        : `${file}: not text: a JSON or YAML document is needed`,
    );
  const found = describedBy(bytes, file, { document, choose: (planned) => chosenTests(planned, file, test) });
  return found && { described: found.described, file };
}

/** The bytes of a file, or of standard input for `-`. */
function readBytes(path: string, io: Io): Uint8Array {
  if (path === "-") return io.stdin();
  const stat = statSync(path);
  if (stat.isDirectory()) throw new UsageError(`${path}: a folder: a JSON or YAML document is needed`);
  const { size } = stat;
  if (size > MAX_TEXT_BYTES) throw new UsageError(`${path}: ${size} bytes: too large for a document`);
  return pipedBytes(path, io) ?? readNamed(path);
}

/** Largest compressed text. */
const largestPacked = 16 << 20;

/** What is in a compressed file; undefined where it is not a text, or cannot be undone: whoever reads tables reports that. */
function packedText(stored: Uint8Array): Uint8Array | undefined {
  if (stored.length > largestPacked) return undefined;
  try {
    const bytes = unpacked(stored);
    return isPlainText(bytes) ? bytes : undefined;
  } catch (error) {
    if (error instanceof NbftError) return undefined;
    throw error;
  }
}

function isBootOption({ guid, name }: Variable): boolean {
  return guid === vendorGuids.global && (name === "BootOrder" || bootNumber(name) !== undefined);
}

/** What the boot options of an efivarfs folder say. @throws {UsageError} where none boots from NVMe-oF. */
function efivarfsShow(folder: string, io: Io): Described {
  const variables = readEfivarfs(folder, isBootOption, io);
  const shown = bootOptionsIn(variables);
  const damaged = variables.filter(
    (variable) =>
      isBootOption(variable) &&
      variable.name !== "BootOrder" &&
      !shown.options.some(({ name }) => name === variable.name),
  );
  if (damaged.length > 0)
    note(io, `${escapeText(folder)}: left out, as damaged: ${damaged.map(({ name }) => name).join(", ")}`);
  const show = showOfBootOptions(shown);
  if (!show)
    throw new UsageError(
      `${folder}: efivarfs without a boot option that has an NVMe-oF device path: ${howToGetTables}`,
    );
  return { kind: "show", shows: [show] };
}

/** Of paths whose HFIs are not shown nothing can be predicted. */
function withHfis(table: DescribedTable): DescribedTable {
  const { path, show } = table;
  if (!show || show.hfis || !(show.subsystems ?? show.discovery)) return table;
  const error =
    "shows no HFIs, on which every path depends: give the output of nvme nbft show without -s and -d, with all sections";
  return { path, error };
}

/**
 * The tables that a source describes, or why it describes none; undefined where it describes nothing.
 *
 * @param shows output of `nvme nbft show` will do
 */
export function describedTables(path: string, io: Io, shows: boolean): DescribedTable[] | undefined {
  try {
    const source = describedSource(path, io);
    return source && tablesDescribed(path, source.described, shows).map(withHfis);
  } catch (error) {
    if (error instanceof NbftError || error instanceof UsageError)
      return [{ path, error: withoutSecrets(withoutName(error.message, path)) }];
    if (!(error instanceof Error) || !("code" in error)) throw error;
    // What cannot be opened is reported in the words for tables.
    return undefined;
  }
}
