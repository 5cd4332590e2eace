import { viewOf } from "../../bytes/view.ts";
import { formatGuid } from "../../text/uuid.ts";
import { espType } from "./gpt.ts";

/** Random access to an image that need not be in memory. */
export interface ImageReader {
  /** Bytes. */
  readonly size: number;
  /** Up to `length` bytes from `offset`; fewer at the end, none outside. */
  read(offset: number, length: number): Uint8Array;
}

/** A partition as a GUID partition table has it; offset and size in bytes. */
export interface FoundPartition {
  /** Type GUID as text. */
  readonly type: string;
  readonly offset: number;
  readonly size: number;
}

/** A file of a FAT volume. */
export interface FoundFile {
  /** Path from the root in upper case, parts joined by `/`. */
  readonly path: string;
  /** Bytes. */
  readonly size: number;
  /** Its first bytes, up to `most`. */
  read(most: number): Uint8Array;
}

const mostPartitions = 128;

/**
 * The partitions of a disk with blocks of so many bytes (UEFI 2.10, section 5.3), or undefined where there is no GUID partition table. Sums are
 * not checked: firmware that boots from the disk does that.
 */
export function readGpt(image: ImageReader, blockSize: number): FoundPartition[] | undefined {
  const header = viewOfAtLeast(image.read(blockSize, 92), 92);
  if (!header || new TextDecoder("latin1").decode(new Uint8Array(header.buffer, 0, 8)) !== "EFI PART") return undefined;
  const size = header.getUint32(84, true);
  if (size < 128 || size > 4096) return [];
  const start = Number(header.getBigUint64(72, true)) * blockSize;
  const found: FoundPartition[] = [];
  for (let i = 0; i < Math.min(header.getUint32(80, true), mostPartitions); i++) {
    const entry = viewOfAtLeast(image.read(start + i * size, 128), 128);
    if (!entry) break;
    const type = formatGuid(new Uint8Array(entry.buffer, 0, 16));
    if (/^[0-]+$/.test(type)) continue;
    const [first, last] = [entry.getBigUint64(32, true), entry.getBigUint64(40, true)].map(Number);
    const offset = first! * blockSize;
    found.push({ type, offset, size: Math.max(0, (last! + 1) * blockSize - offset) });
  }
  return found;
}

/** The first EFI system partition of some. */
export function espOf(partitions: readonly FoundPartition[]): FoundPartition | undefined {
  return partitions.find(({ type }) => type === espType);
}

/** A view of bytes of which there are enough: a copy, for the next read may use their buffer again. */
function viewOfAtLeast(bytes: Uint8Array, least: number): DataView | undefined {
  return bytes.length < least ? undefined : viewOf(bytes.slice());
}

const mostFiles = 4096;
const mostDepth = 8;
const mostFolderBytes = 1 << 21;

interface FatVolume {
  readonly image: ImageReader;
  readonly offset: number;
  readonly type: 12 | 16 | 32;
  readonly fat: number;
  readonly data: number;
  readonly clusterSize: number;
  readonly clusters: number;
}

/** The files of a FAT volume that starts at a byte of an image, or undefined where there is none. Nothing in the volume is trusted. */
export function readFatFiles(image: ImageReader, offset: number): FoundFile[] | undefined {
  const boot = viewOfAtLeast(image.read(offset, 512), 512);
  if (boot?.getUint16(510, true) !== 0xaa55) return undefined;
  const sector = boot.getUint16(11, true);
  const perCluster = boot.getUint8(13);
  const reserved = boot.getUint16(14, true);
  const copies = boot.getUint8(16);
  const rootBytes = boot.getUint16(17, true) * 32;
  const fatSectors = boot.getUint16(22, true) || boot.getUint32(36, true);
  const sectors = boot.getUint16(19, true) || boot.getUint32(32, true);
  if (![512, 1024, 2048, 4096].includes(sector) || perCluster === 0 || copies === 0 || fatSectors === 0)
    return undefined;
  const root = (reserved + copies * fatSectors) * sector;
  const data = root + Math.ceil(rootBytes / sector) * sector;
  const clusters = Math.floor((sectors * sector - data) / (sector * perCluster));
  const volume: FatVolume = {
    image,
    offset,
    type: clusters < 4085 ? 12 : clusters < 65_525 ? 16 : 32,
    fat: reserved * sector,
    data,
    clusterSize: sector * perCluster,
    clusters,
  };
  const found: FoundFile[] = [];
  const top =
    volume.type === 32
      ? chainBytes(volume, boot.getUint32(44, true), mostFolderBytes)
      : image.read(offset + root, rootBytes);
  readFolder(volume, top, "", 0, found);
  return found;
}

function readFolder(volume: FatVolume, bytes: Uint8Array, path: string, depth: number, found: FoundFile[]): void {
  const view = viewOf(bytes);
  let long: string[] = [];
  for (let at = 0; at + 32 <= bytes.length && bytes[at] !== 0 && found.length < mostFiles; at += 32) {
    const attributes = bytes[at + 11]!;
    if (bytes[at] === 0xe5) long = [];
    else if ((attributes & 0x3f) === 0x0f) long.unshift(longPiece(view, at));
    else {
      const name = (long.join("").replace(/\0.*$/s, "") || shortText(bytes.subarray(at, at + 11))).toUpperCase();
      long = [];
      if ((attributes & 0x08) !== 0 || name === "." || name === "..") continue;
      const cluster = view.getUint16(at + 26, true) + (volume.type === 32 ? view.getUint16(at + 20, true) * 65_536 : 0);
      const whole = path === "" ? name : `${path}/${name}`;
      const size = view.getUint32(at + 28, true);
      if ((attributes & 0x10) === 0)
        found.push({ path: whole, size, read: (most) => chainBytes(volume, cluster, Math.min(most, size)) });
      else if (depth < mostDepth)
        readFolder(volume, chainBytes(volume, cluster, mostFolderBytes), whole, depth + 1, found);
    }
  }
}

function longPiece(view: DataView, at: number): string {
  let text = "";
  for (const place of [1, 3, 5, 7, 9, 14, 16, 18, 20, 22, 24, 28, 30])
    text += String.fromCharCode(view.getUint16(at + place, true));
  return text;
}

function shortText(name: Uint8Array): string {
  const text = new TextDecoder("latin1").decode(name);
  const [stem, extension] = [text.slice(0, 8).trimEnd(), text.slice(8).trimEnd()];
  return extension === "" ? stem : `${stem}.${extension}`;
}

/** Up to `most` bytes of a chain of clusters; it ends where the chain leaves the volume, and no chain is longer than the volume. */
function chainBytes(volume: FatVolume, first: number, most: number): Uint8Array {
  const pieces: Uint8Array[] = [];
  let have = 0;
  let cluster = first;
  for (let step = 0; step < volume.clusters && have < most && cluster >= 2 && cluster < volume.clusters + 2; step++) {
    const at = volume.offset + volume.data + (cluster - 2) * volume.clusterSize;
    const piece = volume.image.read(at, Math.min(volume.clusterSize, most - have)).slice();
    if (piece.length === 0) break;
    pieces.push(piece);
    have += piece.length;
    cluster = nextCluster(volume, cluster);
  }
  const bytes = new Uint8Array(have);
  let at = 0;
  for (const piece of pieces) {
    bytes.set(piece, at);
    at += piece.length;
  }
  return bytes;
}

function nextCluster({ image, offset, fat, type }: FatVolume, cluster: number): number {
  const at = offset + fat + Math.floor((cluster * type) / 8);
  const bytes = image.read(at, type === 32 ? 4 : 2);
  if (bytes.length < (type === 32 ? 4 : 2)) return 0;
  const low = bytes[0]! | (bytes[1]! << 8);
  if (type === 16) return low;
  if (type === 12) return cluster % 2 === 0 ? low & 0xfff : low >> 4;
  return (low | (bytes[2]! << 16) | ((bytes[3]! & 0x0f) << 24)) >>> 0;
}
