import { checkBytes } from "../bytes/bytes.ts";
import { readUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { sumBytes } from "./checksum.ts";
import { type FileTree, joinPath } from "./file-tree.ts";
import { type FoundTable, nameTables, signatureOf, type UnnamedTable } from "./found-table.ts";
import { decodeFwCfgDirectory } from "./fw-cfg-directory.ts";
import { readMemory } from "./memory-tables.ts";
import { rawMemory } from "./physical-memory.ts";
import { type ByteReader, bytesReader, readAll } from "./reader.ts";
import { containerFinding } from "./rules.ts";
import { acpiHeaderSize } from "./table-header.ts";
import { decodeTableLoader, type LoaderCommand } from "./table-loader.ts";
import { readNumber, replayTableLoader } from "./table-loader-replay.ts";

/** Names of the three items that make up QEMU's ACPI tables. */
export const loaderItem = "etc/table-loader";
export const tablesItem = "etc/acpi/tables";
export const rsdpItem = "etc/acpi/rsdp";

/** QEMU puts no more than 2 MiB of tables together; a script is far smaller. */
const largestItem = 16 << 20;

/** fw_cfg items by name, read when asked for: `etc/boot/kernel` alone may have many megabytes. */
export interface FwCfgItems {
  /** In the order of names. */
  readonly names: readonly string[];
  /** Bytes of an item, or undefined when there is none. */
  get(name: string): Uint8Array | undefined;
  /** Size of an item in bytes. */
  sizeOf(name: string): number | undefined;
  /** The file directory, item 0019h, when it was captured as `_directory.bin`. */
  readonly directory?: Uint8Array | undefined;
}

/** Items held in memory. */
export function fwCfgItems(items: Readonly<Record<string, Uint8Array>>): FwCfgItems {
  return itemsOf(new Map(Object.entries(items).map(([name, bytes]) => [name, () => bytesReader(bytes)])), undefined);
}

function itemsOf(readers: ReadonlyMap<string, () => ByteReader>, directory: Uint8Array | undefined): FwCfgItems {
  return {
    names: [...readers.keys()].sort((a, b) => (a < b ? -1 : 1)),
    get: (name) => {
      const reader = readers.get(name)?.();
      return reader && readAll(reader, largestItem);
    },
    sizeOf: (name) => readers.get(name)?.().size,
    directory,
  };
}

/**
 * Items in a folder: one file an item, its name percent-encoded (`etc%2Facpi%2Ftables`) or nested (`etc/acpi/tables`), or a copy of
 * /sys/firmware/qemu_fw_cfg (`by_name/etc/acpi/tables/raw`, `by_key/35/raw` beside `by_key/35/name`). Files that start with `_` describe the capture.
 */
export function readFwCfgTree(tree: FileTree): FwCfgItems {
  const readers = new Map<string, () => ByteReader>();
  const base = tree.kind("qemu_fw_cfg/by_name") === "folder" ? "qemu_fw_cfg" : "";
  const byName = joinPath(base, "by_name");
  const byKey = joinPath(base, "by_key");
  if (tree.kind(byName) === "folder") {
    for (const path of files(tree, byName))
      if (path.endsWith("/raw")) readers.set(path.slice(byName.length + 1, -4), () => tree.open(path));
  }
  if (readers.size === 0 && tree.kind(byKey) === "folder") {
    for (const { name: key } of tree.list(byKey)) {
      const name = `${byKey}/${key}/name`;
      if (tree.kind(name) !== "file") continue;
      const bytes = tree.open(name).read(0, 64);
      readers.set(new TextDecoder().decode(bytes).replace(/[\0\n].*$/s, ""), () => tree.open(`${byKey}/${key}/raw`));
    }
  }
  if (readers.size === 0) {
    for (const path of files(tree, "")) if (!path.startsWith("_")) readers.set(decodeName(path), () => tree.open(path));
  }
  const directory = tree.kind("_directory.bin") === "file" ? readAll(tree.open("_directory.bin"), 1 << 20) : undefined;
  return itemsOf(readers, directory);
}

/** Whether a folder is a capture of fw_cfg items that can hold tables. */
export function isFwCfgTree(tree: FileTree): boolean {
  return (
    [loaderItem, tablesItem].some((item) =>
      [
        item,
        item.replaceAll("/", "%2F"),
        item.replaceAll("/", "%2f"),
        `by_name/${item}/raw`,
        `qemu_fw_cfg/by_name/${item}/raw`,
      ].some((path) => tree.kind(path) === "file"),
    ) || tree.kind("by_key") === "folder"
  );
}

/** Folders below one another, and names altogether, that are looked at. */
const deepest = 8;
const mostNames = 20_000;

function files(tree: FileTree, root: string): string[] {
  const found: string[] = [];
  let seen = 0;
  const walk = (folder: string, depth: number) => {
    for (const { name, kind } of tree.list(folder)) {
      if (++seen > mostNames) return;
      const path = joinPath(folder, name);
      if (kind === "folder" && depth < deepest) walk(path, depth + 1);
      else if (kind === "file") found.push(path);
    }
  };
  walk(root, 1);
  return found;
}

function decodeName(path: string): string {
  return path.replace(/%([0-9a-fA-F]{2})/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16)));
}

/** What a capture gives. */
export interface CaptureReading {
  /** In the order of their places in the blob. */
  readonly tables: readonly FoundTable[];
  /** What is wrong with the capture. */
  readonly diagnostics: readonly Diagnostic[];
  /** The table-loader script; empty where the capture has none. */
  readonly commands: readonly LoaderCommand[];
}

/**
 * Tables in a fw_cfg capture: the targets of the script's pointers that start with a table header, as the script leaves them with their
 * pointers counted from the start of the blob and their checksums made.
 *
 * An NBFT holds no physical address, so it comes out as the guest sees it. Without the script, offsets are followed from the RSDP.
 */
export function readFwCfgTables(items: FwCfgItems): CaptureReading {
  const diagnostics: Diagnostic[] = [...checkSizes(items)];
  const loader = items.get(loaderItem);
  if (!loader) return { ...withoutScript(items, diagnostics), commands: [] };
  const script = decodeTableLoader(loader);
  const replay = replayTableLoader(script.commands, items.get);
  diagnostics.push(...script.diagnostics, ...replay.diagnostics);
  const tables: UnnamedTable[] = [];
  const seen = new Set<string>();
  for (const command of script.commands) {
    if (command.kind !== "add-pointer") continue;
    const from = replay.files.get(command.file);
    const blob = replay.files.get(command.target);
    if (!from || !blob || command.offset + command.size > from.length) continue;
    const offset = readNumber(from, command.offset, command.size);
    const place = `${command.target} ${offset}`;
    if (seen.has(place)) continue;
    seen.add(place);
    const bytes = tableAt(blob, offset);
    if (!bytes) continue;
    const signature = signatureOf(bytes);
    const sound = signature === "FACS" || sumBytes(bytes) === 0;
    // Pointers inside AML lead to data that may look like a header; a table has a right sum, and an NBFT with a wrong one is worth seeing.
    if (!sound && signature !== "NBFT") continue;
    if (!sound)
      diagnostics.push(
        containerFinding(
          "K032",
          `${command.target}[${offset}]`,
          offset,
          bytes.length,
          `${signature} has a wrong checksum`,
          "SeaBIOS hands it over; OVMF takes it for data and installs no table",
        ),
      );
    tables.push({ signature, bytes, offset, origin: command.target });
  }
  diagnostics.push(...pristine(tables));
  tables.sort((a, b) => a.offset! - b.offset!);
  return { tables: nameTables(tables), diagnostics, commands: script.commands };
}

function tableAt(blob: Uint8Array, offset: number): Uint8Array | undefined {
  if (offset + 8 > blob.length) return undefined;
  const length = readUint(blob, offset + 4, 4);
  if (length < acpiHeaderSize || offset + length > blob.length) return undefined;
  const bytes = blob.slice(offset, offset + length);
  return /^[!-~]{4}$/.test(signatureOf(bytes)) ? bytes : undefined;
}

function withoutScript(
  items: FwCfgItems,
  diagnostics: Diagnostic[],
): { tables: readonly FoundTable[]; diagnostics: Diagnostic[] } {
  const legacy = items.get("0x8000") ?? items.get("8000");
  if (legacy) {
    const tables = decodeLegacyTables(legacy);
    return {
      tables: nameTables(tables.map((bytes) => ({ signature: signatureOf(bytes), bytes, origin: "item 8000h" }))),
      diagnostics,
    };
  }
  diagnostics.push(
    containerFinding(
      "K023",
      loaderItem,
      0,
      0,
      `the capture has no ${loaderItem}; offsets are followed from ${rsdpItem}`,
    ),
  );
  const blob = items.get(tablesItem);
  const rsdp = items.get(rsdpItem);
  if (!blob || !rsdp) return { tables: [], diagnostics };
  // The blob as memory from address 0, and the pointer where firmware would look for it.
  const reading = readMemory(rawMemory(overlay(blob, rsdp)));
  return { tables: reading.tables.map(({ address: _, ...table }) => ({ ...table, origin: tablesItem })), diagnostics };
}

/** A blob with an RSDP after it: its sums are not made yet, so they are made here. */
function overlay(blob: Uint8Array, rsdp: Uint8Array): ByteReader {
  const at = Math.max(Math.ceil(blob.length / 16) * 16, 0x100000);
  const image = new Uint8Array(at + 64);
  image.set(blob);
  image.set(rsdp.subarray(0, 36), at);
  image[at + 8] = image[at + 8]! - sumBytes(image, at, at + 20);
  if (rsdp.length >= 36) image[at + 32] = image[at + 32]! - sumBytes(image, at, at + 36);
  return bytesReader(image);
}

/**
 * Tables of the legacy numbered item 8000h: little-endian u16 count, then for each table u16 length and its bytes. Stops where a length runs out
 * of the item.
 */
export function decodeLegacyTables(bytes: Uint8Array): Uint8Array[] {
  checkBytes(bytes);
  const tables: Uint8Array[] = [];
  const count = bytes.length >= 2 ? readUint(bytes, 0, 2) : 0;
  for (let at = 2; tables.length < count && at + 2 <= bytes.length; ) {
    const length = readUint(bytes, at, 2);
    if (at + 2 + length > bytes.length) break;
    tables.push(bytes.slice(at + 2, at + 2 + length));
    at += 2 + length;
  }
  return tables;
}

/** A q35 capture from before the firmware ran lacks addresses that it programs; the tables are rebuilt when firmware first asks for them. */
function pristine(tables: readonly UnnamedTable[]): Diagnostic[] {
  const fadt = tables.find(({ signature }) => signature === "FACP")?.bytes;
  if (!fadt || fadt.length < 116 || readUint(fadt, 56, 4) !== 0) return [];
  const hardwareReduced = (readUint(fadt, 112, 4) & (1 << 20)) !== 0;
  if (hardwareReduced) return [];
  return [
    containerFinding(
      "K024",
      tablesItem,
      0,
      0,
      "the FADT has no power management ports: the capture was made before the firmware ran",
      "It shows its tables well, but a machine given these items loses ACPI: capture from a running guest",
    ),
  ];
}

function checkSizes(items: FwCfgItems): Diagnostic[] {
  if (!items.directory) return [];
  const { entries, diagnostics } = decodeFwCfgDirectory(items.directory);
  for (const { name, size } of entries) {
    const have = items.sizeOf(name);
    if (have !== undefined && have !== size)
      diagnostics.push(
        containerFinding(
          "K025",
          name,
          0,
          0,
          `${have} bytes were captured, the directory says ${size}`,
          "Capture it again",
        ),
      );
  }
  return diagnostics;
}
