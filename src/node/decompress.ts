import { execFileSync } from "node:child_process";
import { gunzipSync } from "node:zlib";
import { compressionOf } from "../acpi/compression.ts";
import { DecodeError } from "../errors.ts";
import { openFile } from "./file-reader.ts";

/** Most bytes that come of a compressed file. */
const largest = 512 << 20;

/** Most bytes to unpack: a small file can stand for any number, and what somebody keeps packed has not a hundred times its size. */
export function mostUnpacked(bytes: Uint8Array, most: number): number {
  return Math.min(most, Math.max(32 << 20, 100 * bytes.length));
}

const programs: Readonly<Record<string, string>> = { xz: "xz", zstd: "zstd", bzip2: "bzip2" };

/**
 * The bytes of a compressed file: gzip by Node.js, xz, zstd and bzip2 by the program of that name.
 *
 * @param form as compressionOf names it
 * @throws {DecodeError} where it is damaged, too large, or its program is not installed.
 */
export function decompress(bytes: Uint8Array, form: string): Uint8Array {
  const program = programs[form];
  const most = mostUnpacked(bytes, largest);
  try {
    if (form === "gzip") return gunzipSync(bytes, { maxOutputLength: most });
    if (program !== undefined)
      return execFileSync(program, ["-dc"], { input: bytes, maxBuffer: most, stdio: ["pipe", "pipe", "pipe"] });
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === "ENOENT")
      throw new DecodeError(`compressed (${form}), and ${program} is not installed: decompress it first`);
    const tooLarge = code === "ENOBUFS" || code === "ERR_BUFFER_TOO_LARGE";
    throw new DecodeError(`compressed (${form}), and ${tooLarge ? `more than ${most} bytes inside` : "damaged"}`);
  }
  throw new DecodeError(`compressed (${form}): decompress it first`);
}

/**
 * The bytes of a file that may be compressed.
 *
 * @throws {DecodeError} as {@link decompress} does.
 */
export function unpacked(bytes: Uint8Array): Uint8Array {
  const form = compressionOf(bytes);
  return form === undefined ? bytes : decompress(bytes, form);
}

/** Whether a file is compressed, in a form that {@link decompress} knows or not. */
export function isCompressed(path: string): boolean {
  const file = openFile(path);
  try {
    return compressionOf(file.read(0, 8)) !== undefined;
  } finally {
    file.close();
  }
}
