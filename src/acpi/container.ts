import { type DecodedText, decodeText, isPlainText, looksLikeText } from "../bytes/decode-text.ts";
import { latin1Text } from "../bytes/latin1.ts";
import { readUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { DecodeError } from "../errors.ts";
import type { TextReading } from "./acpidump-text.ts";
import { compressionOf } from "./compression.ts";
import type { FileKind } from "./container-kinds.ts";
import { type FoundTable, nameTables, signatureOf } from "./found-table.ts";
import { otherDump } from "./hex-text.ts";
import { readInitrd } from "./initrd.ts";
import { isTable, lostAsText } from "./is-table.ts";
import { lowRsdps, readMemory, type ScanProgress } from "./memory-tables.ts";
import { elfCoreMemory, isElfCore, isLime, limeMemory, rawMemory } from "./physical-memory.ts";
import { type ByteReader, readAll } from "./reader.ts";
import { containerFinding } from "./rules.ts";
import { acpiHeaderSize, splitTables } from "./table-header.ts";
import { bareText } from "./text/bare-text.ts";
import { packedForm } from "./text/packed-text.ts";
import { hasTextTables, type TableTextKind, textTables } from "./text-tables.ts";

/** The tables of one source. */
export interface ContainerReading<K extends string = string> {
  /** The container's form. */
  readonly kind: K;
  /** Every table, whatever its signature, in the container's order. */
  readonly tables: readonly FoundTable[];
  /** What is wrong with the container; what is wrong with a table is the business of its reader. */
  readonly diagnostics: readonly Diagnostic[];
}

/** Texts and tables larger than this are not taken for one. */
const largestText = 64 << 20;
const largestTable = 16 << 20;
const peekSize = 4096;
/** From this size on, bytes of unknown form are taken for memory. */
const memorySize = 1 << 20;

/** Files that hold tables in a form that has to be undone first. */
const refusals: readonly (readonly [magic: string, at: number, what: string])[] = [
  ["PK\x03\x04", 0, "a ZIP archive: unpack it first"],
  ["ustar", 257, "a tar archive: unpack it and name the folder"],
  ["070707", 0, "an old cpio archive (odc): Linux takes only newc"],
  ["KDUMP   ", 0, "a compressed kdump: write an ELF core (dump-guest-memory without -z, makedumpfile -E)"],
  ["QEVM", 0, "a QEMU migration stream: take the memory with dump-guest-memory or virsh dump --memory-only"],
  ["LibvirtQemud", 0, "a libvirt save image: take the memory with virsh dump --memory-only"],
  [
    "_FVH",
    40,
    "a firmware volume, as of a variable store: nbft vars reads its variables, and nbft predict the table that comes of them",
  ],
  ["QFI\xfb", 0, "a qcow2 image: nbft vars reads the variables of a firmware in one, no command a table"],
];

/**
 * The form of a file, checked by its content, and its tables where it is a text: they are what tells.
 *
 * Bytes that have no other form are a `table`, right or wrong, up to one MiB, and a `memory` image above.
 *
 * @throws {DecodeError} for a form that is known and cannot be read as it is, such as a compressed file.
 */
function judge(reader: ByteReader): { readonly kind: FileKind; readonly reading?: TextReading } {
  const head = reader.read(0, peekSize).slice();
  if (isTable(head)) return { kind: "table" };
  const compressed = compressionOf(head);
  if (compressed)
    throw new DecodeError(
      `compressed (${compressed}): decompress it first; in an initrd, Linux looks for tables only in an uncompressed archive at its start`,
    );
  const refused = refusals.find(([magic, at]) => latin1Text(head.subarray(at, at + magic.length)) === magic);
  if (refused) throw new DecodeError(refused[2]);
  if (/^07070[12][0-9a-fA-F]{8}/.test(latin1Text(head.subarray(0, 14)))) return { kind: "initrd" };
  if (isElfCore(head)) return { kind: "elf-core" };
  if (isLime(head)) return { kind: "lime" };
  const text = readTextFile(reader, head);
  if (text) return { kind: text.kind, reading: text };
  if (isPlainText(head)) throw new DecodeError(noTableIn(textOf(reader)?.text ?? ""));
  return { kind: detectBinary(reader, head) };
}

function noTableIn(text: string): string {
  return (
    otherDump(text) ??
    packedForm(bareText(text).text) ??
    "a text without a table: what is read is text of acpidump and iasl, hex dumps (xxd, hexdump -C) and base64 of an NBFT"
  );
}

/** The tables of a file that is a text with tables; undefined for anything else. */
export function readTextFile(
  reader: ByteReader,
  head: Uint8Array = reader.read(0, peekSize).slice(),
): ContainerReading<TableTextKind> | undefined {
  const decoded = looksLikeText(head) ? textOf(reader) : undefined;
  if (!decoded || !hasTextTables(decoded.text)) return undefined;
  const { kind, ...reading } = readText(decoded);
  return kind && { kind, ...reading };
}

function detectBinary(reader: ByteReader, head: Uint8Array): FileKind {
  if (looksLikeTable(head, reader.size)) return "table";
  if (reader.size >= memorySize) return "memory";
  if (reader.size < peekSize) return "table";
  const memory = rawMemory(reader);
  return lowRsdps(memory).length > 0 || readMemory(memory).tables.length > 0 ? "memory" : "table";
}

/** Whether a file starts like a table that takes up most of it. */
export function looksLikeTable(head: Uint8Array, size: number): boolean {
  if (head.length < acpiHeaderSize || !/^[A-Z0-9_]{4}$/.test(signatureOf(head))) return false;
  const length = readUint(head, 4, 4);
  return length >= acpiHeaderSize && length <= size && length > size / 2;
}

/** Choices of {@link readFile}. */
export interface ReadFileOptions {
  /** The form, when it should not be checked by the content. */
  readonly from?: FileKind | undefined;
  /** Called while a large image is searched. */
  readonly progress?: ScanProgress | undefined;
}

/**
 * The tables of a file, in whatever form it holds them.
 *
 * @throws {DecodeError} when the file cannot be read as what it is, or as `from` says it is.
 */
export function readFile(reader: ByteReader, options: ReadFileOptions = {}): ContainerReading<FileKind> {
  const judged = options.from === undefined ? judge(reader) : { kind: options.from };
  const { kind } = judged;
  if ("reading" in judged && judged.reading) return { kind, ...judged.reading };
  switch (kind) {
    case "table": {
      const table = wholeTable(reader);
      const lost = options.from === undefined ? lostAsText(table.bytes) : undefined;
      if (lost !== undefined) throw new DecodeError(lost);
      return { kind, tables: nameTables([table]), diagnostics: [] };
    }
    case "tables":
      return { kind, ...backToBack(reader) };
    case "acpidump":
    case "iasl":
    case "hex":
    case "base64": {
      const text = textOf(reader);
      if (text === undefined) throw new DecodeError(`${reader.size} bytes are too many for a text`);
      return { ...readText(text, kind), kind };
    }
    case "initrd":
      return { kind, ...readInitrd(reader) };
    case "memory":
      return { kind, ...readMemory(rawMemory(reader), options.progress) };
    case "elf-core":
      return { kind, ...readMemory(elfCoreMemory(reader), options.progress) };
    case "lime":
      return { kind, ...readMemory(limeMemory(reader), options.progress) };
  }
}

function wholeTable(reader: ByteReader) {
  const bytes = readAll(reader, largestTable);
  if (!bytes) throw new DecodeError(`${reader.size} bytes are too many for one table`);
  return { signature: signatureOf(bytes), bytes, origin: "file", offset: 0 };
}

function backToBack(reader: ByteReader): TextReading {
  const bytes = readAll(reader, largestText);
  if (!bytes) throw new DecodeError(`${reader.size} bytes are too many`);
  let offset = 0;
  const tables = splitTables(bytes).map((table) => {
    const found = { signature: signatureOf(table), bytes: table, origin: `offset ${offset}`, offset };
    offset += table.length;
    return found;
  });
  return { tables: nameTables(tables), diagnostics: [] };
}

/** The tables of a text, and a note on its encoding where that had to be guessed. */
function readText({ text, guessed }: DecodedText, only?: TableTextKind) {
  const { kind, tables, diagnostics } = textTables(text, only);
  const notes = guessed && tables.length > 0 ? [containerFinding("K005", kind!, 1, 0, `read as ${guessed}`)] : [];
  return { kind, tables, diagnostics: [...notes, ...diagnostics] };
}

/** Text of a file, whatever its encoding. */
function textOf(reader: ByteReader): DecodedText | undefined {
  const bytes = readAll(reader, largestText);
  return bytes && decodeText(bytes);
}
