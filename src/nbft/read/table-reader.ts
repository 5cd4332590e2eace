import { readUint } from "../../bytes/numbers.ts";
import type { Names } from "../../structure/index.ts";
import { formatHex, hex, specHex } from "../../text/hex.ts";
import { formatIp, formatIpv4, formatIpv6 } from "../../text/ip.ts";
import { MAX_LIST_ENTRIES, MAX_OBJECT_BYTES, MAX_TEXT_BYTES } from "../limits.ts";
import type { DefectCode, Problem } from "./defects.ts";

/** Heaps up to this size are turned into text at once, and strings cut out of that. */
const WHOLE_HEAP_TEXT = 0x10000;

const utf8 = new TextDecoder("utf-8");
/** Made when the first text is not plain ASCII. */
let strictUtf8: TextDecoder | undefined;

/**
 * Bounds of one table and what was noticed while reading it. Every heap object is read through here: nothing outside the
 * heap, nothing past the object, and at most a limited part of it.
 */
export class TableReader {
  readonly bytes: Uint8Array;
  readonly view: DataView;
  readonly heapStart: number;
  readonly heapEnd: number;
  readonly problems: Problem[];
  /** Model path of the descriptor being read, without its position. */
  owner = "";
  /** Position in the list, or -1. */
  position = -1;
  #heapText: string | undefined;
  #nuls: Int32Array | undefined;

  /** @param bytes the table, cut at its end */
  constructor(bytes: Uint8Array, view: DataView, heapStart: number, heapEnd: number, problems: Problem[] = []) {
    this.problems = problems;
    this.bytes = bytes;
    this.view = view;
    this.heapStart = heapStart;
    this.heapEnd = heapEnd;
  }

  /** Notes a defect of the object at `suffix` below the descriptor being read. */
  problem(code: DefectCode, suffix: string, offset: number, length: number, message: string): void {
    const owner = this.position < 0 ? this.owner : `${this.owner}[${this.position}]`;
    const path = owner === "" ? suffix.slice(1) : owner + suffix;
    this.problems.push({ code, path, offset, length, message });
  }

  /** Whether a reference leads to at least `least` bytes inside the heap; absent objects are silent. */
  object(offset: number, length: number, least: number, path: string): boolean {
    if (length === 0) {
      if (offset !== 0) this.problem("P002", `${path}Ref`, offset, 0, `length is 0 but offset is ${hex(offset)}`);
      return false;
    }
    if (offset < this.heapStart || offset + length > this.heapEnd) {
      if (offset === 0) this.problem("P002", `${path}Ref`, 0, 0, `offset is 0 but length is ${length}`);
      this.problem(
        "P001",
        `${path}Ref`,
        offset,
        length,
        `${length} bytes at ${hex(offset)} are not inside the heap (${hex(this.heapStart)} to ${hex(this.heapEnd)})`,
      );
      return false;
    }
    if (length < least) {
      const code = path.endsWith(".transportInfo") ? "T001" : path.includes(".transportInfo.") ? "X001" : "E001";
      this.problem(code, path, offset, length, `object has ${length} bytes, expected ${least}`);
      return false;
    }
    return true;
  }

  /** Text of a string object up to its first NUL. */
  string(offset: number, length: number, path: string): string | undefined {
    if (!this.object(offset, length, 1, path)) return undefined;
    const limit = offset + length;
    const plainEnd = length > MAX_TEXT_BYTES ? offset : this.#endOfPlainText(offset, limit);
    // Nearly every string is plain text with its NUL at the end or right behind.
    if (plainEnd >= limit - 1 && (plainEnd < limit ? this.bytes[plainEnd] === 0 : this.#nulBehind(limit))) {
      return this.#plainText(offset, plainEnd);
    }
    return this.#unusualText(offset, length, path);
  }

  /** First byte from `at` that is no printable ASCII character, four bytes at a time. */
  #endOfPlainText(at: number, limit: number): number {
    const { view, bytes } = this;
    let i = at;
    for (; i + 4 <= limit; i += 4) {
      const word = view.getInt32(i, true);
      // A byte's top bit is set in one of the terms when it is above 7Eh or below 20h.
      if (((word | (word - 0x20202020) | (word + 0x01010101)) & 0x80808080) !== 0) break;
    }
    while (i < limit && bytes[i]! - 0x20 < 0x5f && bytes[i]! >= 0x20) i++;
    return i;
  }

  #nulBehind(limit: number): boolean {
    return limit < this.heapEnd && this.bytes[limit] === 0;
  }

  #plainText(start: number, end: number): string {
    const { heapStart, heapEnd } = this;
    if (heapEnd - heapStart > WHOLE_HEAP_TEXT) return utf8.decode(this.bytes.subarray(start, end));
    this.#heapText ??= maskedText(this.view, this.bytes, heapStart, heapEnd);
    return this.#heapText.substring(start - heapStart, end - heapStart);
  }

  /** Text that is long, not ASCII, or not ended as it should be. */
  #unusualText(offset: number, length: number, path: string): string {
    const end = this.#endOfString(offset, length, path);
    let shown = end;
    if (end - offset > MAX_TEXT_BYTES) {
      shown = offset + MAX_TEXT_BYTES;
      // A character is shown whole or not at all.
      while (shown > offset && (this.bytes[shown]! & 0xc0) === 0x80) shown--;
    }
    if (!this.#oddText(offset, shown, path)) return this.#plainText(offset, shown);
    const text = this.bytes.subarray(offset, shown);
    try {
      strictUtf8 ??= new TextDecoder("utf-8", { fatal: true });
      return strictUtf8.decode(text);
    } catch {
      this.problem("P008", path, offset, length, "text is not valid UTF-8");
      return utf8.decode(text);
    }
  }

  /** Notes control characters; whether any byte is above 7Fh. */
  #oddText(start: number, end: number, path: string): boolean {
    let high = false;
    let control = -1;
    for (let i = end - 1; i >= start; i--) {
      const byte = this.bytes[i]!;
      if (byte < 0x20 || byte === 0x7f) control = i;
      else if (byte > 0x7f) high = true;
    }
    if (control >= 0) {
      this.problem("P009", path, control, 1, `text holds the control character ${specHex(this.bytes[control]!)}`);
    }
    return high;
  }

  /** First NUL of a string object, or its end. */
  #endOfString(offset: number, length: number, path: string): number {
    const limit = offset + length;
    let end = offset;
    // Hundreds of references may name (parts of) one long object: it is searched once.
    if (length > MAX_TEXT_BYTES) end = Math.min(this.#nextNul(offset), limit);
    else while (end < limit && this.bytes[end] !== 0) end++;
    if (end < limit) {
      if (end < limit - 1)
        this.problem("P007", path, end, limit - end, `NUL before the end of the ${length}-byte object`);
    } else if (limit >= this.heapEnd) {
      this.problem("P006", path, offset, length, "no NUL inside, and the one after would lie outside the heap");
    } else if (this.bytes[limit] !== 0) {
      this.problem("P005", path, offset, length, "no NUL inside the object and none right after it");
    }
    return end;
  }

  /** First NUL of the heap at or after an offset, or the heap's end. */
  #nextNul(offset: number): number {
    const { heapStart, heapEnd, bytes } = this;
    if (this.#nuls === undefined) {
      this.#nuls = new Int32Array(heapEnd - heapStart);
      let next = heapEnd;
      for (let at = heapEnd - 1; at >= heapStart; at--) {
        if (bytes[at] === 0) next = at;
        this.#nuls[at - heapStart] = next;
      }
    }
    return this.#nuls[offset - heapStart]!;
  }

  /** Text of a 16-byte address object. */
  ip(offset: number, length: number, path: string): string | undefined {
    if (!this.object(offset, length, 1, path)) return undefined;
    if (length !== 16) this.problem("S007", path, offset, length, `object has ${length} bytes, expected 16`);
    return length < 16 ? undefined : formatIp(this.bytes, offset);
  }

  /** Hexadecimal digits of a binary object. */
  hex(offset: number, length: number, path: string): string | undefined {
    if (!this.object(offset, length, 1, path)) return undefined;
    return formatHex(this.bytes.subarray(offset, offset + Math.min(length, MAX_OBJECT_BYTES)));
  }

  /** Little-endian number of a four-byte object. */
  number(offset: number, length: number, path: string): number | undefined {
    if (!this.object(offset, length, 1, path)) return undefined;
    if (length !== 4) this.problem("X006", path, offset, length, `object has ${length} bytes, expected 4`);
    return length < 4 ? undefined : readUint(this.bytes, offset, 4);
  }

  /** Entries of a list object, by name where they have one. */
  list<N extends Names>(
    offset: number,
    length: number,
    path: string,
    itemSize: 1 | 2,
    names: N,
  ): readonly (N[keyof N] | number)[] | undefined {
    if (!this.object(offset, length, 1, path)) return undefined;
    const entries: (N[keyof N] | number)[] = [];
    const end = offset + Math.min(length - (length % itemSize), MAX_LIST_ENTRIES * itemSize);
    for (let at = offset; at < end; at += itemSize) {
      const number = itemSize === 1 ? this.bytes[at]! : this.view.getUint16(at, false);
      entries.push(named(names, number));
    }
    return entries;
  }
}

const masked = new Uint8Array(WHOLE_HEAP_TEXT);
const maskedView = new DataView(masked.buffer);

/**
 * Text of some bytes with their top bits cleared: right wherever they are ASCII, and as long as they are. Decoders are five times as fast on
 * ASCII as on anything else, and a heap is text with a few binary objects in between.
 */
function maskedText(view: DataView, bytes: Uint8Array, start: number, end: number): string {
  const length = end - start;
  let i = 0;
  for (; i + 4 <= length; i += 4) maskedView.setInt32(i, view.getInt32(start + i, true) & 0x7f7f7f7f, true);
  for (; i < length; i++) masked[i] = bytes[start + i]! & 0x7f;
  return utf8.decode(masked.subarray(0, length));
}

/** A number's name, or the number. */
export function named<const N extends Names>(names: N, number: number): N[keyof N] | number {
  return (names[number] as N[keyof N] | undefined) ?? number;
}

/** Text of a 16-byte address, nothing where all of it is zero. */
export function formatIpOrNone(view: DataView, bytes: Uint8Array, at: number): string | undefined {
  const first = view.getInt32(at, true) | view.getInt32(at + 4, true);
  if (first !== 0) return formatIpv6(bytes, at);
  const third = view.getInt32(at + 8, true);
  // ::ffff:0:0/96, the bytes 00 00 ff ff as a little-endian number.
  if (third === -0x10000) return formatIpv4(bytes, at + 12);
  return (third | view.getInt32(at + 12, true)) === 0 ? undefined : formatIpv6(bytes, at);
}
