import { spawnSync } from "node:child_process";
import { lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from "node:fs";
import { join } from "node:path";
import * as zlib from "node:zlib";
import { DecodeError } from "../errors.ts";
import { type Decompress, type InitramfsEntry, type InitramfsImage, openInitramfs } from "../initramfs/image.ts";
import { mostUnpacked } from "./decompress.ts";

/** Most bytes that one archive may unpack to: generous for an initramfs, and less than what brings a machine down. */
const largestArchive = 2_000_000_000;

/**
 * Opens an initramfs, or a folder with one unpacked. gzip is taken apart by Node.js, zstd too where it can (from 22.15 on); everything else
 * by a program of this machine.
 *
 * @throws {DecodeError} where it is not an initramfs, or a program is missing; its message names the program
 */
export function openInitramfsPath(path: string): InitramfsImage {
  return statSync(path).isDirectory() ? openFolder(path, "initramfs") : openInitramfsBytes(readFileSync(path));
}

/** Like {@link openInitramfsPath}, of an initramfs that is in memory. */
export function openInitramfsBytes(bytes: Uint8Array): InitramfsImage {
  return openInitramfs(bytes, decompress);
}

/** Programs that write what they unpack to standard output, by the compression that Linux names. */
const programs: Readonly<Record<string, readonly [string, ...string[]]>> = {
  zstd: ["zstd", "-dcq"],
  xz: ["xz", "-dcq"],
  LZMA: ["xz", "-dcq", "--format=lzma"],
  LZ4: ["lz4", "-dcq"],
  bzip2: ["bzip2", "-dcq"],
  LZO: ["lzop", "-dcq"],
};

/** Decompresses one archive of an initramfs. */
const decompress: Decompress = (compression, bytes) => {
  if (compression === "gzip") return gunzip(bytes);
  if (compression === "zstd") {
    const unpack = (zlib as { zstdDecompressSync?: (bytes: Uint8Array, options: object) => Uint8Array })
      .zstdDecompressSync;
    if (unpack)
      return {
        bytes: tried(compression, () => unpack(bytes, { maxOutputLength: mostUnpacked(bytes, largestArchive) })),
      };
  }
  const command = programs[compression];
  if (!command) throw new DecodeError(`nothing here takes ${compression} apart`);
  const [program, ...words] = command;
  const { stdout, stderr, status, error } = spawnSync(program, words, {
    input: bytes,
    maxBuffer: mostUnpacked(bytes, largestArchive),
    stdio: ["pipe", "pipe", "pipe"],
  });
  if (error && (error as NodeJS.ErrnoException).code === "ENOENT") {
    throw new DecodeError(`it is compressed with ${compression}, and the program ${program} is missing: install it`);
  }
  // lzma archives end without a mark, and lz4 complains about what follows its last block: what came out counts.
  if (stdout.length === 0 || (error && status === null)) {
    const why = stderr.toString().split("\n", 1)[0] || error?.message || `${program} ended with ${status}`;
    throw new DecodeError(`${program} could not take it apart: ${why}`);
  }
  return { bytes: stdout };
};

/** One member of a gzip file (RFC 1952): Node.js's own gunzip takes what follows it for another one. */
function gunzip(bytes: Uint8Array): { bytes: Uint8Array; used: number } {
  const start = endOfGzipHeader(bytes);
  const unpack = zlib.inflateRawSync as unknown as (
    bytes: Uint8Array,
    options: object,
  ) => { buffer: Uint8Array; engine: { bytesWritten: number } };
  const { buffer, engine } = tried("gzip", () =>
    unpack(bytes.subarray(start), { info: true, maxOutputLength: mostUnpacked(bytes, largestArchive) }),
  );
  // CRC-32 and length follow.
  return { bytes: buffer, used: start + engine.bytesWritten + 8 };
}

function endOfGzipHeader(bytes: Uint8Array): number {
  const flags = bytes[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [8, 16]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    at = end < 0 ? bytes.length : end + 1;
  }
  return (flags & 2) === 0 ? at : at + 2;
}

function tried<T>(compression: string, unpack: () => T): T {
  try {
    return unpack();
  } catch (error) {
    throw new DecodeError(`the archive that is compressed with ${compression} is broken: ${(error as Error).message}`);
  }
}

/** Most files that an initramfs, and a system, may have. */
const mostFiles = { initramfs: 200_000, system: 5_000_000 };

/** A folder with the files of an initramfs or a whole system; what is in a file is read when it is asked for. */
export function openFolder(root: string, what: keyof typeof mostFiles): InitramfsImage {
  const entries = new Map<string, InitramfsEntry>();
  const queue = [""];
  for (let folder = queue.pop(); folder !== undefined; folder = queue.pop()) {
    for (const child of readdirSync(join(root, folder))) {
      if (entries.size >= mostFiles[what])
        throw new DecodeError(`${root} has more than ${mostFiles[what]} files: not the files of one ${what}`);
      const name = folder === "" ? child : `${folder}/${child}`;
      const path = join(root, name);
      const stat = lstatSync(path);
      if (stat.isDirectory()) queue.push(name);
      const data = stat.isSymbolicLink()
        ? () => new TextEncoder().encode(readlinkSync(path))
        : stat.isFile()
          ? () => new Uint8Array(readFileSync(path))
          : () => new Uint8Array(0);
      entries.set(name, { name, mode: stat.mode, data });
    }
  }
  return { parts: [], entries };
}

/** Drivers of this machine's network cards, by their modules' names; empty where /sys says nothing. */
export function networkDrivers(sys = "/sys"): string[] {
  const found = new Set<string>();
  for (const name of names(join(sys, "class/net"))) {
    try {
      const module = readlinkSync(join(sys, "class/net", name, "device/driver/module"));
      found.add(module.split("/").at(-1)!.replaceAll("-", "_"));
    } catch {
      // An interface without a device, or a driver that is part of the kernel.
    }
  }
  return [...found].sort();
}

function names(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
