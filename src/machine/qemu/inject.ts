import { checksumFor, sumBytes } from "../../acpi/checksum.ts";
import { signatureOf } from "../../acpi/found-table.ts";
import { type FwCfgItems, loaderItem, readFwCfgTables, rsdpItem, tablesItem } from "../../acpi/fw-cfg-capture.ts";
import { acpiHeaderSize } from "../../acpi/table-header.ts";
import { decodeTableLoader, encodeTableLoader, type LoaderCommand } from "../../acpi/table-loader.ts";
import { readNumber, writeNumber } from "../../acpi/table-loader-replay.ts";
import { concatBytes } from "../../bytes/concat.ts";
import { readUint, writeUint } from "../../bytes/numbers.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { DecodeError } from "../../errors.ts";
import type { FwCfgArgument } from "./fw-cfg-argument.ts";
import { qemuFinding } from "./rules.ts";

/** A capture with tables added, to be given to a machine started with `acpi=off`. */
export interface Injection {
  /** New contents of every fw_cfg file that the script names, by name; the script itself included. */
  readonly items: ReadonlyMap<string, Uint8Array>;
  /** What is wrong with the captured set or the added tables. */
  readonly diagnostics: readonly Diagnostic[];
}

/** The place in one blob where the list of tables is. */
interface Root {
  readonly pointer: Extract<LoaderCommand, { kind: "add-pointer" }>;
  readonly offset: number;
  readonly bytes: Uint8Array;
  readonly entrySize: 4 | 8;
}

/**
 * Adds tables to a captured set of QEMU's ACPI tables: the only way to hand an NBFT to a machine without `-acpitable`, such as Arm's virt, from the
 * command line, and the only one that can deliver a wrong checksum or length (SeaBIOS).
 *
 * The tables are appended to `etc/acpi/tables` at multiples of 16 bytes, with a new RSDT or XSDT after them that lists the old
 * entries and theirs; the script gets a pointer for each, and its commands about the root table are moved.
 *
 * The bytes of the tables are not changed. Give the result only to a machine of the shape that was captured: the same CPUs, memory and PCI holes.
 *
 * @throws {DecodeError} when the capture lacks the script, the tables, the RSDP, or a root table.
 * @throws {EncodeError} when a file name in the script is not ended by NUL.
 */
export function injectTables(capture: FwCfgItems, tables: readonly Uint8Array[]): Injection {
  const need = (name: string): Uint8Array => {
    const bytes = capture.get(name);
    if (!bytes) throw new DecodeError(`the capture has no ${name}`);
    return bytes;
  };
  const loader = need(loaderItem);
  const rsdp = need(rsdpItem).slice();
  const blob = need(tablesItem);
  const script = decodeTableLoader(loader);
  const { diagnostics: before } = readFwCfgTables(capture);
  const diagnostics = [...before.filter(({ rule }) => rule !== "K032"), ...checkTables(tables)];
  const roots = findRoots(script.commands, rsdp, blob);
  if (roots.length === 0) throw new DecodeError("the capture has no RSDT or XSDT that its RSDP leads to");

  const parts: Uint8Array[] = [blob.subarray(0, keptBytes(script.commands, blob, rsdp, roots))];
  let length = parts[0]!.length;
  const append = (bytes: Uint8Array): number => {
    const offset = Math.ceil(length / 16) * 16;
    parts.push(new Uint8Array(offset - length), bytes);
    length = offset + bytes.length;
    return offset;
  };
  const places = tables.map(append);
  let commands = script.commands;
  for (const root of roots) {
    const bytes = growRoot(root, places);
    const offset = append(bytes);
    writeNumber(rsdp, root.pointer.offset, root.pointer.size, offset);
    commands = moveRoot(commands, root, offset, bytes.length, places);
  }
  for (const command of commands) {
    if (command.kind === "write-pointer")
      diagnostics.push(
        qemuFinding(
          "Q052",
          command.file,
          `${command.file} cannot be written back to: items given with -fw_cfg are read-only`,
          "The command is left out; what relies on it (vmgenid, NVDIMM, ERST) does not work",
        ),
      );
  }
  commands = commands.filter(({ kind }) => kind !== "write-pointer");
  parts.push(new Uint8Array(Math.ceil(length / 4096) * 4096 - length));
  const items = new Map<string, Uint8Array>();
  for (const name of allocated(commands))
    items.set(name, name === rsdpItem ? rsdp : name === tablesItem ? concatBytes(parts) : need(name));
  items.set(loaderItem, encodeTableLoader(commands, loader.length % 4096 === 0 ? 4096 : 128));
  return { items, diagnostics };
}

/** Arguments that hand an injected set to QEMU, with the file that each item was written to. */
export function injectionArguments(injection: Injection, fileOf: (item: string) => string): FwCfgArgument[] {
  return [...injection.items.keys()].map((name) => ({ name, file: fileOf(name) }));
}

/** A file name for an item, as captures have it: `etc%2Facpi%2Ftables`. */
export function itemFileName(item: string): string {
  return item.replace(
    /[%/:,]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

function checkTables(tables: readonly Uint8Array[]): Diagnostic[] {
  return tables.flatMap((bytes, i) => {
    const path = `tables[${i}]`;
    if (bytes.length < acpiHeaderSize) return [qemuFinding("Q002", path, `${bytes.length} bytes are not a table`)];
    const found: Diagnostic[] = [];
    const stated = readUint(bytes, 4, 4);
    if (stated !== bytes.length)
      found.push(
        qemuFinding(
          "Q003",
          path,
          `the table says ${stated} bytes and has ${bytes.length}`,
          "It is handed over as it is",
        ),
      );
    else if (sumBytes(bytes) !== 0)
      found.push(
        qemuFinding(
          "Q004",
          path,
          `the checksum is ${hex2(bytes[9]!)}, right would be ${hex2(checksumFor(bytes))}`,
          "SeaBIOS hands the table over as it is; OVMF takes it for data and installs nothing",
        ),
      );
    return found;
  });
}

function hex2(byte: number): string {
  return `0x${byte.toString(16).padStart(2, "0")}`;
}

/** The root tables that pointers in the RSDP lead to. */
function findRoots(commands: readonly LoaderCommand[], rsdp: Uint8Array, blob: Uint8Array): Root[] {
  return commands.flatMap((pointer) => {
    if (pointer.kind !== "add-pointer" || pointer.file !== rsdpItem || pointer.target !== tablesItem) return [];
    if (pointer.offset + pointer.size > rsdp.length) return [];
    const offset = readNumber(rsdp, pointer.offset, pointer.size);
    if (offset + acpiHeaderSize > blob.length) return [];
    const length = readUint(blob, offset + 4, 4);
    const name = signatureOf(blob.subarray(offset, offset + 4));
    if (length < acpiHeaderSize || offset + length > blob.length || (name !== "RSDT" && name !== "XSDT")) return [];
    return [{ pointer, offset, bytes: blob.slice(offset, offset + length), entrySize: name === "RSDT" ? 4 : 8 }];
  });
}

/** Bytes of the blob that stay: all but the root table and the padding where they come last, as QEMU writes them. */
function keptBytes(
  commands: readonly LoaderCommand[],
  blob: Uint8Array,
  rsdp: Uint8Array,
  roots: readonly Root[],
): number {
  let used = 0;
  for (const command of commands) {
    if (command.kind === "add-checksum" && command.file === tablesItem)
      used = Math.max(used, command.start + command.length);
    if (command.kind !== "add-pointer" || command.target !== tablesItem) continue;
    const from = command.file === rsdpItem ? rsdp : command.file === tablesItem ? blob : undefined;
    if (!from || command.offset + command.size > from.length) continue;
    const offset = readNumber(from, command.offset, command.size);
    const length = offset + 8 <= blob.length ? readUint(blob, offset + 4, 4) : 0;
    used = Math.max(used, offset + (length >= acpiHeaderSize && offset + length <= blob.length ? length : 8));
  }
  let end = blob.length;
  while (end > used && blob[end - 1] === 0) end--;
  end = Math.min(Math.max(end, used), blob.length);
  const last = roots.find((root) => root.offset + root.bytes.length === end);
  return roots.length === 1 && last ? last.offset : end;
}

/** The root table with entries for tables at some offsets; its checksum is left to the script. */
function growRoot(root: Root, places: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(root.bytes.length + places.length * root.entrySize);
  bytes.set(root.bytes);
  for (const [i, place] of places.entries())
    writeNumber(bytes, root.bytes.length + i * root.entrySize, root.entrySize, place);
  writeUint(bytes, 4, 4, bytes.length);
  bytes[9] = 0;
  return bytes;
}

/** The script with a root table moved and grown: its pointers, pointers to the new tables, then its checksum. */
function moveRoot(
  commands: readonly LoaderCommand[],
  root: Root,
  offset: number,
  length: number,
  places: readonly number[],
): LoaderCommand[] {
  const end = root.offset + root.bytes.length;
  const inside = (at: number) => at >= root.offset && at < end;
  const pointers = places.map(
    (_, i): LoaderCommand => ({
      kind: "add-pointer",
      file: tablesItem,
      target: tablesItem,
      offset: offset + root.bytes.length + i * root.entrySize,
      size: root.entrySize,
    }),
  );
  const checksum: LoaderCommand = { kind: "add-checksum", file: tablesItem, result: offset + 9, start: offset, length };
  const moved: LoaderCommand[] = [];
  let summed = false;
  for (const command of commands) {
    if (command.kind === "add-pointer" && command.file === tablesItem && inside(command.offset))
      moved.push({ ...command, offset: command.offset - root.offset + offset });
    else if (command.kind === "add-checksum" && command.file === tablesItem && command.start === root.offset) {
      moved.push(...pointers, checksum);
      summed = true;
    } else moved.push(command);
  }
  if (summed) return moved;
  // Without a sum of its own the root's checksum was final; it is not any more.
  const at = moved.findIndex((command) => command.kind === "add-pointer" && command.file === rsdpItem);
  moved.splice(at, 0, ...pointers, checksum);
  return moved;
}

function allocated(commands: readonly LoaderCommand[]): string[] {
  return commands.flatMap((command) => (command.kind === "allocate" ? [command.file] : []));
}
