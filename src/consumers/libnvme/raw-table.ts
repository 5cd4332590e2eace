import { viewOf } from "../../bytes/view.ts";
import type { HeapRef } from "../../structure/index.ts";

/** A byte of a list and where in the list it stands. */
export interface Entry {
  readonly position: number;
  readonly value: number;
}

/** Lists up to this length are walked; longer ones are looked up in an index that is made once for a table. */
const WALKED_LIST = 512;

/** A NUL at most this far away is searched for; for others there is an index, which takes a pass through the file to make. */
const NEAR = 256;

/**
 * The bytes of a file as a C program sees them, except that memory after the file reads as zero and never anything else.
 * Work stays proportional to the file however many references name the same bytes.
 */
export class RawTable {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  /** Whether anything after the end of the file was read. */
  readPastEnd = false;
  readonly #strings = new Map<number, Uint8Array>();
  #nextNul: Uint32Array | undefined;
  #positions: readonly { readonly value: number; readonly places: Uint32Array }[] | undefined;

  constructor(input: Uint8Array) {
    this.bytes = new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
    this.view = viewOf(input);
  }

  /** Reads a record of `size` bytes, of which the program looks at the first `used`, with one of the generated readers. */
  record<T>(read: (view: DataView, bytes: Uint8Array, at: number) => T, at: number, size: number, used = size): T {
    if (at + size <= this.bytes.length) return read(this.view, this.bytes, at);
    const bytes = new Uint8Array(size);
    bytes.set(this.copy(at, used));
    return read(new DataView(bytes.buffer), bytes, 0);
  }

  /** A copy of `size` bytes. */
  copy(at: number, size: number): Uint8Array<ArrayBuffer> {
    const bytes = new Uint8Array(size);
    if (at + size > this.bytes.length) this.readPastEnd = true;
    if (at < this.bytes.length) bytes.set(this.bytes.subarray(at, Math.min(at + size, this.bytes.length)));
    return bytes;
  }

  /** The bytes of a C string up to its NUL; the same array for the same place. */
  cString(at: number): Uint8Array {
    const known = this.#strings.get(at);
    if (known) return known;
    const end = this.nulAt(at);
    if (end >= this.bytes.length) this.readPastEnd = true;
    const text = this.bytes.subarray(at, end);
    this.#strings.set(at, text);
    return text;
  }

  /** First NUL at or after a place; the file's length where there is none, since memory after it reads as zero. */
  nulAt(at: number): number {
    const near = this.bytes.subarray(at, at + NEAR).indexOf(0);
    if (near >= 0) return at + near;
    this.#nextNul ??= nextNuls(this.bytes);
    return this.#nextNul[at] ?? this.bytes.length;
  }

  /** Where each value of a list of bytes stands first, in the order of the list. */
  firstEntries({ offset, length }: HeapRef): Entry[] {
    if (length > WALKED_LIST) return this.#lookUp(offset, length);
    const seen = new Uint8Array(256);
    const entries: Entry[] = [];
    for (let position = 0; position < length; position++) {
      const value = this.bytes[offset + position] ?? 0;
      if (seen[value] === 1) continue;
      seen[value] = 1;
      entries.push({ position, value });
    }
    return entries;
  }

  #lookUp(offset: number, length: number): Entry[] {
    this.#positions ??= positionsOf(this.bytes);
    const entries: Entry[] = [];
    for (const { value, places } of this.#positions) {
      let low = 0;
      let high = places.length;
      while (low < high) {
        const middle = (low + high) >>> 1;
        if (places[middle]! < offset) low = middle + 1;
        else high = middle;
      }
      const at = places[low];
      if (at !== undefined && at < offset + length) entries.push({ position: at - offset, value });
    }
    return entries.sort((a, b) => a.position - b.position);
  }
}

function nextNuls(bytes: Uint8Array): Uint32Array {
  const next = new Uint32Array(bytes.length);
  let nul = bytes.length;
  for (let at = bytes.length - 1; at >= 0; at--) {
    if (bytes[at] === 0) nul = at;
    next[at] = nul;
  }
  return next;
}

/** Where each value stands, in order; values that stand nowhere are left out. */
function positionsOf(bytes: Uint8Array): { value: number; places: Uint32Array }[] {
  const counts = new Uint32Array(256);
  for (let at = 0; at < bytes.length; at++) counts[bytes[at]!]!++;
  const all = Array.from(counts, (count) => new Uint32Array(count));
  counts.fill(0);
  for (let at = 0; at < bytes.length; at++) {
    const value = bytes[at]!;
    all[value]![counts[value]!++] = at;
  }
  return all.map((places, value) => ({ value, places })).filter(({ places }) => places.length > 0);
}
