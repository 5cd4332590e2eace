import { statSync } from "node:fs";
import { decodeText, isPlainText } from "../../bytes/decode-text.ts";
import { isCompressed, unpacked } from "../../node/decompress.ts";
import { isLockedFile } from "../../node/edit-file.ts";
import { readNamed, requireSize } from "../../node/file-error.ts";
import { foreignImageFormat, imageFormat, readQcow2 } from "../../node/image-format.ts";
import { variablesOf } from "../../sources/boot-options/boot-options.ts";
import { isEfibootmgr, parseEfibootmgr } from "../../sources/boot-options/parse-efibootmgr.ts";
import { escapeText } from "../../text/escape.ts";
import { formatQemuJson, lostByRewriting } from "../../uefi/files/qemu-json.ts";
import { detectVariableFile, type EditBase, editVariableFile } from "../../uefi/files/variable-file.ts";
import { defaultVendor, parseVendor, vendorName } from "../../uefi/guids.ts";
import type { StoreChange, StoreEdit } from "../../uefi/store/edit-store.ts";
import type { Variable, VariableKey } from "../../uefi/variable.ts";
import { aboutFile, type Io, note, UsageError } from "../io.ts";
import type { EditArguments } from "../options/vars-rows.ts";
import { editInPlace, isSameFile, refuseExisting, writeOutput } from "../output.ts";
import { isEfivarfs, readEfivarfs } from "../sources/efivarfs.ts";
import { concernsBoot } from "./concerns-boot.ts";
import { requireStore } from "./file-kind.ts";

/** Reads a file, or standard input for `-`. */
export function readInput(io: Io, path: string): Uint8Array {
  if (path === "-")
    return withoutText(
      io,
      path,
      aboutFile(path, () => unpacked(io.stdin())),
    );
  if (statSync(path).isDirectory()) return efivarfsAsJson(io, path);
  const foreign = foreignImageFormat(path);
  if (foreign !== undefined)
    throw new UsageError(
      `${escapeText(path)}: a ${foreign} image: qemu-img convert -O raw ${escapeText(path)} STORE makes a file that can be read`,
    );
  return imageFormat(path) === "qcow2"
    ? readQcow2(path)
    : withoutText(
        io,
        path,
        aboutFile(path, () => unpacked(readNamed(path))),
      );
}

/**
 * The same of a variable store.
 *
 * @throws {UsageError} for what other commands read.
 */
export function readStore(io: Io, path: string): Uint8Array {
  return requireStore(path, readInput(io, path));
}

/** The variables of an efivarfs folder in the form that everything reads. */
function efivarfsAsJson(io: Io, path: string): Uint8Array {
  const variables = readEfivarfs(path, concernsBoot, io);
  if (variables.length === 0) {
    const what = isEfivarfs(path)
      ? "efivarfs, and no file in it has content; copy it again"
      : "a folder, and not one of efivarfs: name a file";
    throw new UsageError(`${escapeText(path)}: ${what}`);
  }
  note(io, `${escapeText(path)}: read as efivarfs: ${notInLinux} are not in it`);
  return asJson(variables);
}

/** What efibootmgr prints in the form that everything reads; UTF-16 text as UTF-8; any other bytes as they are. */
function withoutText(io: Io, path: string, bytes: Uint8Array): Uint8Array {
  requireSize(path === "-" ? "standard input" : path, bytes);
  if (!isPlainText(bytes)) return bytes;
  const { text, damage } = decodeText(bytes);
  if (!isEfibootmgr(text)) return bytes.includes(0) && !damage ? new TextEncoder().encode(text) : bytes;
  const name = path === "-" ? "standard input" : escapeText(path);
  const { variables, notes } = variablesOf(parseEfibootmgr(text));
  note(
    io,
    `${name}: read as text of efibootmgr: attributes of options other than active, variables of other names, and ${notInLinux} are not in it`,
  );
  for (const each of notes) note(io, `${name}: ${escapeText(each)}`);
  return asJson(variables);
}

const notInLinux = "variables that only the firmware sees (NvmeofGlobalData, Nvmeof_Attemptconfig)";

function asJson(variables: readonly Variable[]): Uint8Array {
  return new TextEncoder().encode(formatQemuJson(variables));
}

/** The vendor of a variable: as given, else its usual one, else that of the only variable with this name. */
export function keyFor(
  path: string,
  name: string,
  guid: string | undefined,
  present: readonly Variable[],
): VariableKey {
  if (guid !== undefined) return { name, guid: vendorOf(guid) };
  const found = present.filter((variable) => variable.name === name);
  if (found.length === 1) return { name, guid: found[0]!.guid };
  if (found.length > 1) {
    const vendors = [...new Set(found.map((variable) => vendorName(variable.guid) ?? variable.guid))].join(", ");
    if (!vendors.includes(",")) return { name, guid: found[0]!.guid };
    throw new UsageError(
      `${escapeText(path)}: ${found.length} variables named ${escapeText(name)}; choose with --guid ${vendors}`,
    );
  }
  const usual = defaultVendor(name);
  if (usual === undefined)
    throw new UsageError(
      `${escapeText(path)}: no variable ${escapeText(name)}, and no usual vendor for one; name it with --guid`,
    );
  return { name, guid: usual };
}

export function vendorOf(text: string): string {
  const guid = parseVendor(text);
  if (guid === undefined) throw new UsageError(`--guid ${escapeText(text)}: not a GUID and no short name of a vendor`);
  return guid;
}

/**
 * Reads a store, applies steps to it and writes it: to `-w`, else in its place with a backup, also where `-w` names the store. One line on each change goes
 * to standard output, or to standard error when the store itself goes there.
 */
export function editStoreFile(
  io: Io,
  path: string,
  options: EditArguments,
  steps: (base: EditBase) => readonly StoreEdit[],
): readonly StoreChange[] {
  const { write: output = path } = options;
  if (options.write !== undefined) refuseExisting(options.write, options.force);
  let changes: readonly StoreChange[] = [];
  const edit = (bytes: Uint8Array) => {
    const result = aboutFile(path, () => editVariableFile(bytes, steps, { force: options.signed }));
    changes = result.changes;
    return result.bytes;
  };
  if (path !== "-" && (options.write === undefined || isSameFile(path, options.write))) {
    const isFile = statSync(path).isFile();
    if (isFile && !options.inUse && isLockedFile(path)) {
      throw new UsageError(
        `${escapeText(path)}: in use, probably by a running machine: shut it down first, or use --in-use`,
      );
    }
    if (!isFile || imageFormat(path) === "qcow2" || isCompressed(path))
      throw new UsageError(`${escapeText(path)}: cannot be changed in its place: write a raw store with -w FILE`);
    editInPlace(io, path, (bytes) => edit(requireOwnForm(path, requireStore(path, requireSize(path, bytes)))), {
      backup: options.backup,
    });
  } else writeOutput(io, output, edit(readStore(io, path)), { fresh: options.write !== undefined && !options.force });
  const report = output === "-" ? (text: string) => io.err(text) : (text: string) => io.out(text);
  for (const change of io.quiet ? [] : changes) report(`${formatChange(change)}\n`);
  return changes;
}

/** @throws {UsageError} for a JSON store that would lose by an edit in its place what no other program could give back. */
function requireOwnForm(path: string, bytes: Uint8Array): Uint8Array {
  if (detectVariableFile(bytes) !== "qemu-json") return bytes;
  const lost = aboutFile(path, () => lostByRewriting(new TextDecoder().decode(bytes)));
  if (lost === undefined) return bytes;
  const name = escapeText(path);
  throw new UsageError(
    `${name}: an edit writes QEMU's JSON, and loses ${lost}: write that to another file with -w FILE`,
  );
}

/** One change in words. */
function formatChange({ action, key, size }: StoreChange): string {
  const bytes = `${size} ${size === 1 ? "byte" : "bytes"}`;
  if (!key) return `compacted: ${bytes} given back`;
  const name = `${escapeText(key.name)} (${vendorName(key.guid) ?? key.guid})`;
  if (action === "missing") return `${name}: there is none`;
  return action === "unchanged" ? `${name}: unchanged` : `${name}: ${action}, ${bytes}`;
}
