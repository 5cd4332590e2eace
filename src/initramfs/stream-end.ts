import { crc32 } from "../bytes/crc32.ts";
import { viewOf } from "../bytes/view.ts";

/**
 * Length of a compressed stream that starts some bytes, where its form says so: what follows it is another archive. For gzip the
 * decompressor knows; LZMA and bzip2 do not say.
 */
export function endOfStream(compression: string, bytes: Uint8Array): number | undefined {
  const view = viewOf(bytes);
  if (compression === "zstd") return endOfZstd(view);
  if (compression === "LZ4") return bytes[0] === 0x02 ? endOfLegacyLz4(view) : endOfLz4(view);
  return compression === "xz" ? endOfXz(bytes, view) : undefined;
}

/** Frames one after the other: a header, blocks with their length, a checksum (RFC 8878, section 3.1). */
function endOfZstd(view: DataView): number | undefined {
  let at = 0;
  while (at + 4 <= view.byteLength) {
    const magic = view.getUint32(at, true);
    if (magic >= 0x184d2a50 && magic <= 0x184d2a5f) {
      if (at + 8 > view.byteLength) return undefined;
      at += 8 + view.getUint32(at + 4, true);
      continue;
    }
    if (magic !== 0xfd2fb528) break;
    const end = endOfZstdFrame(view, at + 4);
    if (end === undefined) return undefined;
    at = end;
  }
  return at <= view.byteLength ? at : undefined;
}

function endOfZstdFrame(view: DataView, start: number): number | undefined {
  if (start >= view.byteLength) return undefined;
  const descriptor = view.getUint8(start);
  const single = (descriptor & 0x20) !== 0;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  const content = [single ? 1 : 0, 2, 4, 8][descriptor >> 6]!;
  let at = start + 1 + (single ? 0 : 1) + dictionary + content;
  for (let last = false; !last; ) {
    if (at + 3 > view.byteLength) return undefined;
    const header = view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    last = (header & 1) === 1;
    // A block of one repeated byte holds that byte alone.
    at += 3 + (((header >> 1) & 3) === 1 ? 1 : header >> 3);
  }
  const end = at + ((descriptor & 4) === 0 ? 0 : 4);
  return end <= view.byteLength ? end : undefined;
}

/** Blocks with their length in front, until something is not a length: the form that Linux reads (lz4 -l). */
function endOfLegacyLz4(view: DataView): number {
  const largestBlock = (8 << 20) + (8 << 20) / 255 + 16;
  let at = 4;
  while (at + 4 <= view.byteLength) {
    const size = view.getUint32(at, true);
    if (size === 0x184c2102) at += 4;
    else if (size === 0 || size > largestBlock || at + 4 + size > view.byteLength) break;
    else at += 4 + size;
  }
  return at;
}

/** LZ4 frame format 1.6: descriptor, blocks with their length, an end mark, a checksum. */
function endOfLz4(view: DataView): number | undefined {
  if (view.byteLength < 7) return undefined;
  const flags = view.getUint8(4);
  let at = 7 + ((flags & 8) === 0 ? 0 : 8) + ((flags & 1) === 0 ? 0 : 4);
  while (at + 4 <= view.byteLength) {
    const size = view.getUint32(at, true) & 0x7fffffff;
    at += 4;
    if (size === 0) {
      const end = at + ((flags & 4) === 0 ? 0 : 4);
      return end <= view.byteLength ? end : undefined;
    }
    at += size + ((flags & 16) === 0 ? 0 : 4);
  }
  return undefined;
}

/** A footer says YZ, has a checksum of its own, and stands at a multiple of four (xz file format 1.2, section 2.1.2). */
function endOfXz(bytes: Uint8Array, view: DataView): number | undefined {
  for (let at = 12; at + 12 <= bytes.length; at += 4) {
    if (bytes[at + 10] !== 0x59 || bytes[at + 11] !== 0x5a) continue;
    if (view.getUint32(at, true) === crc32(bytes.subarray(at + 4, at + 10))) return at + 12;
  }
  return undefined;
}
