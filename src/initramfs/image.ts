import { compressionOf } from "../acpi/compression.ts";
import { isRegularFile, readCpio } from "../acpi/cpio.ts";
import { bytesReader } from "../acpi/reader.ts";
import { DecodeError } from "../errors.ts";
import { endOfStream } from "./stream-end.ts";

/** A file, folder or symbolic link of an initramfs. */
export interface InitramfsEntry {
  /** Path without a leading `/` or `./`. */
  readonly name: string;
  /** File type and permissions as in `st_mode`. */
  readonly mode: number;
  /** Content of a file, or where a symbolic link leads; empty for anything else. */
  data(): Uint8Array;
}

/** One archive of an initramfs. */
export interface InitramfsPart {
  /** Where it starts in the file, in bytes. */
  readonly offset: number;
  /** `none`, or what it is compressed with. */
  readonly compression: string;
  /** How many entries it has. */
  readonly entries: number;
}

/** An initramfs as Linux unpacks it: of several entries with one name the last one counts. */
export interface InitramfsImage {
  readonly parts: readonly InitramfsPart[];
  readonly entries: ReadonlyMap<string, InitramfsEntry>;
}

/**
 * Takes apart what one archive of an initramfs is compressed with.
 *
 * @param compression as `compressionOf` names it
 * @returns the archive, and how many bytes of the input it took where that is known
 */
export type Decompress = (
  compression: string,
  bytes: Uint8Array,
) => { readonly bytes: Uint8Array; readonly used?: number | undefined };

/** An initramfs has some archives: microcode, tables, the system, what was appended. */
const mostParts = 64;

/**
 * Opens an initramfs: newc archives one after the other, each of which may be compressed (Linux,
 * Documentation/driver-api/early-userspace/buffer-format.rst).
 *
 * @throws {DecodeError} where something else is among them
 */
export function openInitramfs(bytes: Uint8Array, decompress: Decompress): InitramfsImage {
  const entries = new Map<string, InitramfsEntry>();
  const parts: InitramfsPart[] = [];
  let offset = 0;
  while (offset < bytes.length && parts.length < mostParts) {
    const rest = bytes.subarray(offset);
    const plain = readCpio(bytesReader(rest));
    if (plain.entries.length > 0) {
      addAll(rest, entries);
      parts.push({ offset, compression: "none", entries: plain.entries.length });
    }
    offset += plain.end;
    if (offset >= bytes.length) break;
    const compressed = bytes.subarray(offset);
    const compression = compressionOf(compressed.subarray(0, 8));
    if (compression === undefined) {
      throw new DecodeError(`at ${offset} there is neither an archive nor one that is compressed`, { offset });
    }
    const end = endOfStream(compression, compressed);
    const unpacked = decompress(compression, end === undefined ? compressed : compressed.subarray(0, end));
    const inner = readCpio(bytesReader(unpacked.bytes));
    if (inner.entries.length === 0) {
      throw new DecodeError(`what is compressed with ${compression} at ${offset} is not an archive`, { offset });
    }
    addAll(unpacked.bytes, entries);
    parts.push({ offset, compression, entries: inner.entries.length });
    offset += unpacked.used ?? end ?? compressed.length;
  }
  return { parts, entries };
}

function addAll(archive: Uint8Array, entries: Map<string, InitramfsEntry>): void {
  for (const { name, mode, dataOffset, size } of readCpio(bytesReader(archive)).entries) {
    const plain = name.replace(/^(?:\.?\/)+/, "");
    if (plain === "" || plain === ".") continue;
    const readable = isRegularFile({ mode }) || isSymbolicLink({ mode });
    entries.set(plain, {
      name: plain,
      mode,
      data: () => (readable ? archive.subarray(dataOffset, dataOffset + size) : new Uint8Array(0)),
    });
  }
}

/** Whether an entry is a symbolic link. */
export function isSymbolicLink({ mode }: { readonly mode: number }): boolean {
  return (mode & 0o170000) === 0o120000;
}

/** Links that are followed at most, as Linux does (MAXSYMLINKS). */
const mostLinks = 40;

/** The file that a path leads to, through symbolic links of folders and files; undefined where there is none. */
export function findFile(image: InitramfsImage, path: string): InitramfsEntry | undefined {
  let left = mostLinks;
  const walk = (rest: readonly string[], done: readonly string[]): InitramfsEntry | undefined => {
    const [first, ...more] = rest;
    if (first === undefined) return image.entries.get(done.join("/"));
    if (first === "" || first === ".") return walk(more, done);
    if (first === "..") return walk(more, done.slice(0, -1));
    const here = [...done, first];
    const entry = image.entries.get(here.join("/"));
    if (!entry || !isSymbolicLink(entry)) return walk(more, here);
    if (left-- <= 0) return undefined;
    const target = new TextDecoder().decode(entry.data());
    return walk([...target.split("/"), ...more], target.startsWith("/") ? [] : done);
  };
  const found = walk(path.split("/"), []);
  return found && isRegularFile(found) ? found : undefined;
}
