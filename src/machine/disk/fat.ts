import { EncodeError } from "../../errors.ts";
import { checkFatName, longEntries, shortName } from "./fat-name.ts";
import type { ImagePart, SparseImage } from "./sparse-image.ts";

/** A file to put into a volume. */
export interface FatFile {
  /** Path from the root, parts joined by `/`: `EFI/BOOT/BOOTX64.EFI`. Folders are made. */
  readonly path: string;
  /** Contents. */
  readonly data: Uint8Array;
}

/** Choices of a FAT volume. */
export interface FatOptions {
  /** Bytes of a logical sector: 512 or 4096. */
  readonly sectorSize?: 512 | 4096;
  /** Bytes of the volume, a multiple of the sector size; as large as the files need, and at least 32 MiB, unless given. */
  readonly size?: number;
  /** 12, 16 or 32; what fits the size unless given. */
  readonly type?: 12 | 16 | 32;
  /** Up to 11 characters. */
  readonly label?: string;
  /** 32-bit serial number. */
  readonly serial?: number;
  /** Sectors before the volume on its disk. */
  readonly hiddenSectors?: number;
  /** Time of every file, as milliseconds since 1970 in UTC; 1980-01-01 unless given, so that the same files give the same bytes. */
  readonly time?: number;
}

/** Cluster numbers decide about the type (Microsoft, FAT specification 1.03, "FAT Type Determination"). */
const fewestClusters = { 12: 1, 16: 4085, 32: 65_525 } as const;
const mostClusters = { 12: 4084, 16: 65_524, 32: 0x0fff_fff4 } as const;
const smallest = 32 << 20;
const fatCopies = 2;

interface Geometry {
  readonly type: 12 | 16 | 32;
  readonly sectorSize: number;
  readonly sectors: number;
  readonly sectorsPerCluster: number;
  readonly reserved: number;
  readonly fatSectors: number;
  readonly rootSectors: number;
  readonly clusters: number;
}

/** A folder while the volume is made. */
interface Folder {
  readonly name: string;
  readonly folders: Folder[];
  readonly files: { readonly name: string; readonly data: Uint8Array }[];
}

/**
 * A FAT volume with some files: FAT12, FAT16 or FAT32 with long names, two copies of the table.
 *
 * @throws {EncodeError} for a name that FAT cannot hold, two names that differ in case only, or a size that does not fit.
 */
export function encodeFat(files: readonly FatFile[], options: FatOptions = {}): SparseImage {
  const root = treeOf(files);
  const sectorSize = options.sectorSize ?? 512;
  const size = options.size ?? defaultSize(root, sectorSize);
  if (size % sectorSize !== 0 || size <= 0)
    throw new EncodeError(`${size} bytes are not a multiple of a sector of ${sectorSize}`, "size");
  const geometry = geometryOf(size, sectorSize, options.type);
  return new Volume(geometry, options).write(root);
}

function treeOf(files: readonly FatFile[]): Folder {
  const root: Folder = { name: "", folders: [], files: [] };
  for (const [i, { path, data }] of files.entries()) {
    const names = path.replace(/^\//, "").split("/");
    const last = names.pop()!;
    let folder = root;
    for (const name of names) {
      checkFatName(name, `files[${i}]`);
      let next = folder.folders.find((other) => sameName(other.name, name));
      if (!next) {
        if (folder.files.some((other) => sameName(other.name, name)))
          throw new EncodeError(`${path}: ${name} is a file`, `files[${i}]`);
        next = { name, folders: [], files: [] };
        folder.folders.push(next);
      }
      folder = next;
    }
    checkFatName(last, `files[${i}]`);
    if ([...folder.files, ...folder.folders].some((other) => sameName(other.name, last)))
      throw new EncodeError(`${path} is there twice; FAT does not tell upper from lower case`, `files[${i}]`);
    folder.files.push({ name: last, data });
  }
  return root;
}

function sameName(a: string, b: string): boolean {
  return a.toUpperCase() === b.toUpperCase();
}

/** Bytes of a folder's entries: up to 20 long ones and a short one for each name. */
function folderBytes(folder: Folder, isRoot: boolean): number {
  const names = [...folder.folders, ...folder.files].map(({ name }) => name);
  return 32 * ((isRoot ? 1 : 2) + names.reduce((sum, name) => sum + 1 + Math.ceil(name.length / 13), 0));
}

function defaultSize(root: Folder, sectorSize: number): number {
  const need = (folder: Folder): number =>
    folder.files.reduce((sum, { data }) => sum + Math.ceil(data.length / 4096) * 4096, 0) +
    folder.folders.reduce((sum, next) => sum + need(next), 0) +
    Math.ceil(folderBytes(folder, false) / 4096) * 4096;
  const mebibyte = 1 << 20;
  const size = Math.ceil((need(root) * 1.1 + 4 * mebibyte) / mebibyte) * mebibyte;
  return Math.max(size, smallest + (sectorSize === 512 ? 2 * mebibyte : 0));
}

function geometryOf(size: number, sectorSize: number, type: FatOptions["type"]): Geometry {
  const wanted = type === undefined ? ([32, 16, 12] as const) : [type];
  for (const each of wanted) {
    for (let sectorsPerCluster = 1; sectorsPerCluster * sectorSize <= 65_536; sectorsPerCluster *= 2) {
      const geometry = layOut(size, sectorSize, each, sectorsPerCluster);
      if (geometry.clusters < fewestClusters[each]) break;
      // A table of more than some megabytes is slow to read for firmware; larger clusters make it smaller.
      const last = sectorsPerCluster * sectorSize >= 32_768;
      if (geometry.clusters <= Math.min(mostClusters[each], last ? Number.POSITIVE_INFINITY : 1 << 20)) return geometry;
    }
  }
  throw new EncodeError(
    `a volume of ${size} bytes with sectors of ${sectorSize} cannot be ${type === undefined ? "FAT" : `FAT${type}`}`,
    "size",
  );
}

function layOut(size: number, sectorSize: number, type: 12 | 16 | 32, sectorsPerCluster: number): Geometry {
  const sectors = size / sectorSize;
  const reserved = type === 32 ? Math.max(32, 8) : 1;
  const rootSectors = type === 32 ? 0 : Math.ceil((512 * 32) / sectorSize);
  let fatSectors = 1;
  let clusters = 0;
  // The table's size depends on the number of clusters, which depends on the table's size: a few rounds settle it.
  for (let round = 0; round < 32; round++) {
    clusters = Math.floor((sectors - reserved - fatCopies * fatSectors - rootSectors) / sectorsPerCluster);
    const needed = Math.ceil(((clusters + 2) * type) / 8 / sectorSize);
    if (needed === fatSectors) break;
    // Growing only: a table that is one sector too long is right, one that is too short is not.
    if (round > 16 && needed < fatSectors) break;
    fatSectors = needed;
  }
  return { type, sectorSize, sectors, sectorsPerCluster, reserved, fatSectors, rootSectors, clusters };
}

class Volume {
  readonly #geometry: Geometry;
  readonly #options: FatOptions;
  readonly #parts: ImagePart[] = [];
  readonly #chain: number[] = [];
  readonly #stamp: { date: number; time: number };

  constructor(geometry: Geometry, options: FatOptions) {
    this.#geometry = geometry;
    this.#options = options;
    this.#stamp = stampOf(options.time);
  }

  write(root: Folder): SparseImage {
    const { type, sectorSize, reserved, fatSectors, rootSectors, sectors } = this.#geometry;
    let rootCluster = 0;
    if (type === 32) rootCluster = this.#allocate(this.#rootBytes(root)).first;
    const entries = this.#folder(root, 0, true, rootCluster);
    if (type === 32) this.#place(rootCluster, entries);
    else {
      if (entries.length > rootSectors * sectorSize)
        throw new EncodeError("too many names in the root folder", "files");
      this.#parts.push({ offset: (reserved + fatCopies * fatSectors) * sectorSize, bytes: entries });
    }
    const table = this.#table();
    for (let copy = 0; copy < fatCopies; copy++)
      this.#parts.push({ offset: (reserved + copy * fatSectors) * sectorSize, bytes: table });
    const boot = this.#bootSector(rootCluster);
    this.#parts.push({ offset: 0, bytes: boot });
    if (type === 32) {
      this.#parts.push({ offset: sectorSize, bytes: this.#infoSector() });
      this.#parts.push({ offset: 6 * sectorSize, bytes: boot });
      this.#parts.push({ offset: 7 * sectorSize, bytes: this.#infoSector() });
    }
    const parts = this.#parts.filter(({ bytes }) => bytes.length > 0).sort((a, b) => a.offset - b.offset);
    return { size: sectors * sectorSize, parts };
  }

  #rootBytes(root: Folder): number {
    return folderBytes(root, true);
  }

  /** Entries of a folder, with everything below it placed. */
  #folder(folder: Folder, parent: number, isRoot: boolean, own: number): Uint8Array {
    const entries: Uint8Array[] = [];
    const taken = new Set<string>();
    if (isRoot) {
      const label = labelOf(this.#options.label);
      entries.push(this.#entry(new TextEncoder().encode(label), 0x08, 0, 0));
      taken.add(label);
    } else {
      entries.push(this.#entry(new TextEncoder().encode(".          "), 0x10, own, 0));
      entries.push(this.#entry(new TextEncoder().encode("..         "), 0x10, parent, 0));
    }
    for (const next of folder.folders) {
      const { first } = this.#allocate(folderBytes(next, false));
      // The parent of a folder in the root is written as 0, even on FAT32.
      this.#place(first, this.#folder(next, isRoot ? 0 : own, false, first));
      this.#name(entries, next.name, taken, 0x10, first, 0);
    }
    for (const { name, data } of folder.files) {
      const { first } = this.#allocate(data.length);
      if (data.length > 0) this.#place(first, data);
      this.#name(entries, name, taken, 0x20, first, data.length);
    }
    const bytes = new Uint8Array(entries.length * 32);
    for (const [i, entry] of entries.entries()) bytes.set(entry, i * 32);
    return bytes;
  }

  #name(
    entries: Uint8Array[],
    name: string,
    taken: Set<string>,
    attributes: number,
    cluster: number,
    size: number,
  ): void {
    const short = shortName(name, taken);
    if (!short.exact) entries.push(...longEntries(name, short.bytes));
    entries.push(this.#entry(short.bytes, attributes, cluster, size));
  }

  #entry(name: Uint8Array, attributes: number, cluster: number, size: number): Uint8Array {
    const entry = new Uint8Array(32);
    const view = new DataView(entry.buffer);
    entry.set(name);
    entry[11] = attributes;
    const { date, time } = this.#stamp;
    view.setUint16(14, time, true);
    view.setUint16(16, date, true);
    view.setUint16(18, date, true);
    view.setUint16(20, cluster >>> 16, true);
    view.setUint16(22, time, true);
    view.setUint16(24, date, true);
    view.setUint16(26, cluster & 0xffff, true);
    view.setUint32(28, size, true);
    return entry;
  }

  /** A run of clusters for some bytes; an empty file has none. */
  #allocate(bytes: number): { first: number } {
    const { sectorSize, sectorsPerCluster, clusters } = this.#geometry;
    const count = Math.ceil(bytes / (sectorSize * sectorsPerCluster));
    if (count === 0) return { first: 0 };
    const first = this.#chain.length + 2;
    if (this.#chain.length + count > clusters)
      throw new EncodeError(
        `the files need more than the ${clusters * sectorsPerCluster * sectorSize} bytes of the volume`,
        "size",
      );
    for (let i = 1; i < count; i++) this.#chain.push(first + i);
    this.#chain.push(-1);
    return { first };
  }

  #place(cluster: number, bytes: Uint8Array): void {
    const { sectorSize, sectorsPerCluster, reserved, fatSectors, rootSectors } = this.#geometry;
    const start = reserved + fatCopies * fatSectors + rootSectors;
    this.#parts.push({ offset: (start + (cluster - 2) * sectorsPerCluster) * sectorSize, bytes });
  }

  /** The used part of the allocation table. */
  #table(): Uint8Array {
    const { type } = this.#geometry;
    const end = type === 12 ? 0xfff : type === 16 ? 0xffff : 0x0fff_ffff;
    const values = [end - 7, end, ...this.#chain.map((next) => (next < 0 ? end : next))];
    const bytes = new Uint8Array(Math.ceil((values.length * type) / 8) + 1);
    const view = new DataView(bytes.buffer);
    for (const [i, value] of values.entries()) {
      if (type === 32) view.setUint32(4 * i, value, true);
      else if (type === 16) view.setUint16(2 * i, value, true);
      else {
        const at = Math.floor(1.5 * i);
        const old = view.getUint16(at, true);
        view.setUint16(at, i % 2 === 0 ? old | value : old | (value << 4), true);
      }
    }
    return bytes.subarray(0, Math.ceil((values.length * type) / 8));
  }

  #bootSector(rootCluster: number): Uint8Array {
    const { type, sectorSize, sectors, sectorsPerCluster, reserved, fatSectors, rootSectors } = this.#geometry;
    const bytes = new Uint8Array(sectorSize);
    const view = new DataView(bytes.buffer);
    const ascii = (at: number, text: string) => bytes.set(new TextEncoder().encode(text), at);
    bytes.set([0xeb, type === 32 ? 0x58 : 0x3c, 0x90]);
    ascii(3, "NBFT    ");
    view.setUint16(11, sectorSize, true);
    view.setUint8(13, sectorsPerCluster);
    view.setUint16(14, reserved, true);
    view.setUint8(16, fatCopies);
    view.setUint16(17, type === 32 ? 0 : (rootSectors * sectorSize) / 32, true);
    view.setUint16(19, sectors < 65_536 && type !== 32 ? sectors : 0, true);
    view.setUint8(21, 0xf8);
    view.setUint16(22, type === 32 ? 0 : fatSectors, true);
    view.setUint16(24, 32, true);
    view.setUint16(26, 64, true);
    view.setUint32(28, this.#options.hiddenSectors ?? 0, true);
    view.setUint32(32, sectors < 65_536 && type !== 32 ? 0 : sectors, true);
    let at = 36;
    if (type === 32) {
      view.setUint32(36, fatSectors, true);
      view.setUint32(44, rootCluster, true);
      view.setUint16(48, 1, true);
      view.setUint16(50, 6, true);
      at = 64;
    }
    view.setUint8(at, 0x80);
    view.setUint8(at + 2, 0x29);
    view.setUint32(at + 3, this.#options.serial ?? 0x4e42_4654, true);
    ascii(at + 7, labelOf(this.#options.label));
    ascii(at + 18, `FAT${type}   `);
    // Started by a BIOS the volume does nothing: int 18h, then a halt.
    bytes.set([0xcd, 0x18, 0xf4, 0xeb, 0xfd], at + 26);
    bytes.set([0x55, 0xaa], 510);
    return bytes;
  }

  #infoSector(): Uint8Array {
    const { sectorSize, clusters } = this.#geometry;
    const bytes = new Uint8Array(sectorSize);
    const view = new DataView(bytes.buffer);
    view.setUint32(0, 0x4161_5252, true);
    view.setUint32(484, 0x6141_7272, true);
    view.setUint32(488, clusters - this.#chain.length, true);
    view.setUint32(492, this.#chain.length + 2, true);
    view.setUint32(508, 0xaa55_0000, true);
    return bytes;
  }
}

/** A label in upper case, padded to 11 characters. */
function labelOf(label = "NBFT"): string {
  const text = label.toUpperCase();
  if (text.length > 11 || !/^[\x20-\x7e]+$/.test(text) || /["*+,./:;<=>?[\\\]|]/.test(text))
    throw new EncodeError(
      `${JSON.stringify(label)} cannot be a label: up to 11 characters, none of "*+,./:;<=>?[\\]|`,
      "label",
    );
  return text.padEnd(11);
}

function stampOf(time: number | undefined): { date: number; time: number } {
  const date = new Date(time ?? Date.UTC(1980, 0, 1));
  const year = Math.min(Math.max(date.getUTCFullYear(), 1980), 2107);
  return {
    date: ((year - 1980) << 9) | ((date.getUTCMonth() + 1) << 5) | date.getUTCDate(),
    time: (date.getUTCHours() << 11) | (date.getUTCMinutes() << 5) | (date.getUTCSeconds() >> 1),
  };
}
