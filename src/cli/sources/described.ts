import { readFileSync, statSync } from "node:fs";
import { compressionOf } from "../../acpi/initrd.ts";
import type { BootDescription } from "../../boot/description.ts";
import { bootOfFirmware } from "../../boot/from-firmware.ts";
import { parseBootDescription } from "../../boot/parse.ts";
import { tableOfBoot } from "../../boot/table.ts";
import { decodeText, isPlainText } from "../../bytes/decode-text.ts";
import { onlyElement, type ParsedText, parseText } from "../../document/parse-text.ts";
import { NbftError } from "../../errors.ts";
import { encodeNbft } from "../../nbft/write/encode.ts";
import { unpacked } from "../../node/decompress.ts";
import type { SourceTable } from "../../node/sources.ts";
import { bootOptionsIn } from "../../sources/boot-options/boot-options.ts";
import { showOfBootOptions } from "../../sources/boot-options/show-of-boot-options.ts";
import { isBootDocument, tableOfDocumentText } from "../../sources/described-text.ts";
import type { NvmeShow } from "../../sources/show/show.ts";
import { tableOfShow } from "../../sources/show/table-of-show.ts";
import type { PlannedBoot } from "../../sources/test-plan.ts";
import { howToGetTables, sourceTextOf } from "../../sources/text-forms.ts";
import { checkConfig } from "../../uefi/setattempt/check-config.ts";
import { type Io, UsageError } from "../io.ts";
import { isEfivarfs, readEfivarfs } from "./efivarfs.ts";
import { mayBeDescription } from "./may-be-description.ts";
import { chosenTests, fileAndTest } from "./tests.ts";

/** What a text describes: a table, a boot that a table is made for, or what nvme-cli shows of tables. */
export type Described =
  | { readonly kind: "document"; readonly parsed: ParsedText }
  | ({ readonly kind: "boot" } & DescribedBoot)
  | { readonly kind: "boots"; readonly boots: readonly NamedBoot[] }
  | { readonly kind: "show"; readonly shows: readonly NvmeShow[] };

/** One boot of a file that describes several. */
export interface NamedBoot {
  readonly name: string;
  readonly described: DescribedBoot;
}

/** A boot, and what was left out or understood differently. */
export interface DescribedBoot {
  readonly boot: BootDescription;
  readonly notes: readonly string[];
  /** Where to write what the text has no words for; undefined for a boot description, which has words for everything. */
  readonly remedy?: string;
}

/** A table that a text describes. */
export interface DescribedTable extends SourceTable {
  /** The bytes are made from a text. */
  readonly made?: true;
  /** Where a part of the table is written in a document. */
  readonly locate?: ParsedText["locate"];
  /** What nvme-cli shows of it, where that is all that is known. */
  readonly show?: NvmeShow;
  /** What had to be assumed or left out. */
  readonly notes?: readonly string[];
}

/** Largest text that is looked at. A document has about six times the size of its table. */
const MAX_TEXT_BYTES = 256 * 1024 * 1024;

/** Why what is shown of a table is not enough. */
export function needsTable(shows: readonly NvmeShow[]): string {
  const options = shows[0]?.form === "boot options";
  const [what, it, commands] = options
    ? ["boot options, which do", "them", "network and report"]
    : ["the output of nvme nbft show, which does", "it", "network, report and diff"];
  return `${what} not have all of the table: ${howToGetTables.split(", or")[0]}; nbft init makes a boot description from ${it}, and explain, plan, ${commands} work with ${it}`;
}

/**
 * The document or boot description in a text. A list of one document, as `dump -o json` of a directory gives, will do.
 *
 * @throws {ParseError} with file, line and column when it is not YAML or JSON, or a wrong boot description.
 * @throws {UsageError} when it holds several documents, or none.
 */
function documentIn(text: string, file: string): Described {
  const parsed = parseText(text, file);
  const { value } = parsed;
  if (Array.isArray(value)) {
    if (value.length === 1) return { kind: "document", parsed: onlyElement(parsed, value) };
    throw new UsageError(`${file}: ${value.length} documents; give one`);
  }
  if (isBootDocument(value)) return { kind: "boot", boot: parseBootDescription(text, { file }), notes: [] };
  return { kind: "document", parsed };
}

/** The boot of a Config for the firmware's setattempt. */
function bootOfConfig(bytes: Uint8Array, file: string): Described {
  const { firmware, config } = checkConfig(bytes);
  const blanks = blanksIn(bytes);
  if (blanks.length > 0)
    throw new UsageError(
      `${file}: a template: ${blanks.join(", ")} ${blanks.length === 1 ? "stands" : "stand"} for values: put them in, as create_attempt.sh of rh-linux-poc does`,
    );
  const { description, notes } = bootOfFirmware(config);
  const refused = firmware.result === "stored" ? [] : ["the firmware would not store it: nbft attempt check shows why"];
  return { kind: "boot", boot: description, notes: [...refused, ...notes], remedy: remedyFor(file) };
}

function remedyFor(file: string): string {
  return `nbft attempt convert -o boot ${file} -w boot.yaml makes a description to write it into`;
}

/** Words in capitals in the place of values that have no words: HOSTNQN, HOST_IP2. */
function blanksIn(bytes: Uint8Array): string[] {
  const text = new TextDecoder().decode(bytes).replaceAll("\0", "");
  const values = text.matchAll(
    /^ *(?:HostNqn|HostId|MacString|LocalIp|SubnetMask|Gateway|TargetIp|NQN|NID): *([A-Z][A-Z0-9_]{3,})\s*$/gm,
  );
  return [...new Set([...values].map(([, word]) => word!))].filter((word) => /[G-Z]/.test(word));
}

/** The boots of rh-linux-poc's tests. */
function bootsOfTests(planned: readonly PlannedBoot[], file: string): Described {
  const boots = planned.map(({ name, config }) => {
    const { description, notes } = bootOfFirmware(config);
    return { name, described: { boot: description, notes, remedy: remedyFor(`"${file}:${name}"`) } };
  });
  const [only] = boots;
  return boots.length === 1 && only ? { kind: "boot", ...only.described } : { kind: "boots", boots };
}

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
  return describedAs(path, io, true)!;
}

function describedAs(source: string, io: Io, document: boolean): { described: Described; file: string } | undefined {
  const { file: path, test } = fileAndTest(source);
  const file = path === "-" ? "standard input" : path;
  if (path !== "-" && isEfivarfs(path)) return { described: efivarfsShow(path), file };
  const stored = readBytes(path, io);
  const bytes = compressionOf(stored) === undefined ? stored : packedText(stored);
  if (!bytes) return undefined;
  if (bytes.length > 0 && !isPlainText(bytes)) {
    if (document)
      throw new UsageError(`${file}: ${isNbft(bytes) ? "a table" : "not text"}: a JSON or YAML document is needed`);
    return undefined;
  }
  const { text } = decodeText(bytes);
  const form = sourceTextOf(text);
  switch (form.kind) {
    case "document":
      return { described: documentIn(text, file), file };
    case "show":
      return { described: form, file };
    case "config":
      return { described: bootOfConfig(bytes, file), file };
    case "test plan":
      return { described: bootsOfTests(chosenTests(form.boots, file, test), file), file };
    case "refused":
      throw new UsageError(`${file}: ${form.message}`);
    case "tables":
      return undefined;
    case "unknown":
      return document ? { described: documentIn(text, file), file } : undefined;
  }
}

/** The table of a boot under its name, or what it lacks. */
function tableOfBootAt(path: string, { boot, notes, remedy }: DescribedBoot): DescribedTable {
  try {
    return { path, bytes: encodeNbft(tableOfBoot(boot, { revision: "1.0" })), made: true, notes };
  } catch (error) {
    if (!(error instanceof NbftError)) throw error;
    return { path, error: remedy === undefined ? error.message : `${error.message}; ${remedy}` };
  }
}

/** The bytes of a file, or of standard input for `-`. */
function readBytes(path: string, io: Io): Uint8Array {
  if (path === "-") return io.stdin();
  const stat = statSync(path);
  if (stat.isDirectory()) throw new UsageError(`${path}: a folder: a JSON or YAML document is needed`);
  const { size } = stat;
  if (size > MAX_TEXT_BYTES) throw new UsageError(`${path}: ${size} bytes: too large for a document`);
  return readFileSync(path);
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

/** What the boot options of an efivarfs folder say. @throws {UsageError} where none boots from NVMe-oF. */
function efivarfsShow(folder: string): Described {
  const show = showOfBootOptions(bootOptionsIn(readEfivarfs(folder)));
  if (!show)
    throw new UsageError(
      `${folder}: efivarfs without a boot option that has an NVMe-oF device path: ${howToGetTables}`,
    );
  return { kind: "show", shows: [show] };
}

function isNbft(bytes: Uint8Array): boolean {
  return bytes[0] === 0x4e && bytes[1] === 0x42 && bytes[2] === 0x46 && bytes[3] === 0x54;
}

/**
 * The tables that a source describes, or why it describes none; undefined where it describes nothing.
 *
 * @param shows output of `nvme nbft show` will do
 */
export function describedTables(path: string, io: Io, shows: boolean): DescribedTable[] | undefined {
  try {
    const source = describedSource(path, io);
    if (!source) return undefined;
    const { described } = source;
    if (described.kind === "boots")
      return described.boots.map(({ name, described: boot }) => ({
        ...tableOfBootAt(`${path}:${name}`, boot),
        within: { file: path, name },
      }));
    if (described.kind === "boot") return [tableOfBootAt(path, described)];
    if (described.kind === "document") {
      const { parsed } = described;
      return [{ path, bytes: tableOfDocumentText(parsed), made: true, locate: parsed.locate }];
    }
    return shows
      ? described.shows.map((show, i, all) => {
          if (all.length === 1) return tableShown(path, show);
          const name = nameOf(show, i, all);
          return { ...tableShown(`${path}:${name}`, show), within: { file: path, name } };
        })
      : [{ path, error: needsTable(described.shows) }];
  } catch (error) {
    if (error instanceof NbftError || error instanceof UsageError)
      return [{ path, error: withoutName(error.message, path) }];
    if (!(error instanceof Error) || !("code" in error)) throw error;
    // What cannot be opened is reported in the words for tables.
    return undefined;
  }
}

function tableShown(path: string, show: NvmeShow): DescribedTable {
  const { table, missing, notes } = tableOfShow(show);
  const source = show.form === "boot options" ? "boot options, which do" : "the output of nvme nbft show, which does";
  const note = `made from ${source} not have: ${missing.join(", ")}`;
  return { path, bytes: encodeNbft(table), made: true, show, notes: [note, ...notes] };
}

/** The table's file name, where no other table of the text has it: two machines may have been compared. */
function nameOf({ filename }: NvmeShow, position: number, all: readonly NvmeShow[]): string {
  const name = filename?.split("/").at(-1);
  const same = all.filter((other) => other.filename?.split("/").at(-1) === name);
  return name && same.length === 1 ? name : `${position + 1}`;
}

/** Each line of a message without the source's name: whoever reports it begins with that. */
function withoutName(message: string, path: string): string {
  const file = path === "-" ? "standard input" : path;
  const lines = message.split("\n");
  return lines.map((line) => (line.startsWith(`${file}:`) ? line.slice(file.length + 1).trimStart() : line)).join("\n");
}
