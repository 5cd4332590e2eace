import type { Names } from "../../structure/index.ts";
import { formatAscii, formatNid } from "../../structure/text-value.ts";
import { highDigit, lowDigit } from "../../text/hex.ts";
import { formatIpv6 } from "../../text/ip.ts";
import { escapeJson } from "../../text/json.ts";
import { LONG_LIST, LONG_TEXT } from "../limits.ts";
import type { TableReader } from "../read/table-reader.ts";

const utf8 = new TextEncoder();

/**
 * JSON text in the making, as UTF-8 bytes. The functions below write one value each at `at`, where the caller has made room, and return where
 * the next byte goes; one that writes nothing returns `at`, because the value is absent.
 */
export class JsonText {
  bytes: Uint8Array<ArrayBuffer>;
  view: DataView<ArrayBuffer>;
  /** First byte behind the text. */
  end = 0;
  /** Set when a value was too long to be written as it is: the text is not to be used. */
  long = false;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.view = new DataView(this.bytes.buffer);
  }

  /** Makes room for some bytes at `at`; `view` is another afterwards when the text had to move. */
  reserve(at: number, size: number): void {
    if (at + size <= this.bytes.length) return;
    const grown = new Uint8Array(Math.max(at + size, 2 * this.bytes.length));
    grown.set(this.bytes.subarray(0, at));
    this.bytes = grown;
    this.view = new DataView(grown.buffer);
  }

  /** Writes a text as it is. */
  text(at: number, text: string): number {
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7f) return at + utf8.encodeInto(text, this.bytes.subarray(at)).written;
      this.bytes[at + i] = code;
    }
    return at + text.length;
  }
}

/** Digits of the numbers below 256 as little-endian bytes, their count in the highest. */
const smallNumbers = Int32Array.from({ length: 256 }, (_, number) => {
  const digits = String(number);
  let word = digits.length << 24;
  for (let i = 0; i < digits.length; i++) word |= digits.charCodeAt(i) << (8 * i);
  return word;
});

const twoDigits = Uint16Array.from({ length: 100 }, (_, n) => (48 + Math.floor(n / 10)) | ((48 + (n % 10)) << 8));

/** Writes a whole number from 0 to 4294967295. */
export function writeNumber(view: DataView, at: number, number: number): number {
  if (number < 256) {
    const word = smallNumbers[number]!;
    view.setInt32(at, word, true);
    return at + (word >>> 24);
  }
  let count = 3;
  for (let power = 1000; number >= power; power *= 10) count++;
  let place = at + count;
  let rest = number;
  while (rest >= 100) {
    const quotient = Math.floor(rest / 100);
    place -= 2;
    view.setUint16(place, twoDigits[rest - quotient * 100]!, true);
    rest = quotient;
  }
  if (rest >= 10) view.setUint16(place - 2, twoDigits[rest]!, true);
  else view.setUint8(place - 1, 48 + rest);
  return at + count;
}

/** A text as little-endian words, the last one padded. */
export interface ConstantText {
  readonly length: number;
  readonly words: Int32Array;
}

/** Texts kept for one field; a hostile table could ask for a new one with every descriptor. */
const MOST_TEXTS = 1024;

/** Texts that are the same whenever a number is: a key with the name of the number, or with the flags it stands for. */
export class NumberTexts {
  readonly #make: (number: number) => string;
  readonly #made = new Map<number, ConstantText>();

  constructor(make: (number: number) => string) {
    this.#make = make;
  }

  of(number: number): ConstantText {
    const made = this.#made.get(number);
    if (made !== undefined) return made;
    const text = constantText(this.#make(number));
    if (this.#made.size < MOST_TEXTS) this.#made.set(number, text);
    return text;
  }
}

/** A text ready to be written again and again. */
export function constantText(text: string): ConstantText {
  const bytes = utf8.encode(text);
  const padded = new Uint8Array((bytes.length + 3) & ~3);
  padded.set(bytes);
  const view = new DataView(padded.buffer);
  const words = Int32Array.from({ length: padded.length / 4 }, (_, i) => view.getInt32(4 * i, true));
  return { length: bytes.length, words };
}

/** Writes a text in words; what the last one has too much is overwritten by what follows. */
export function writeConstant(view: DataView, at: number, { length, words }: ConstantText): number {
  for (let i = 0; i < words.length; i++) view.setInt32(at + 4 * i, words[i]!, true);
  return at + length;
}

const quote = 0x22;

function writeDigits(view: DataView, at: number, bytes: Uint8Array, from: number, count: number): number {
  let place = at;
  for (let i = from; i < from + count; i++, place += 2) {
    const byte = bytes[i]!;
    view.setUint16(place, highDigit(byte) | (lowDigit(byte) << 8), true);
  }
  return place;
}

function writeCharacters(view: DataView, at: number, text: string): number {
  for (let i = 0; i < text.length; i++) view.setUint8(at + i, text.charCodeAt(i));
  return at + text.length;
}

/** Writes ASCII text that needs no escapes. */
export function writeSafeText(view: DataView, at: number, text: string | undefined): number {
  if (text === undefined) return at;
  view.setUint8(at, quote);
  const end = writeCharacters(view, at + 1, text);
  view.setUint8(end, quote);
  return end + 1;
}

export function writeUuid(view: DataView, at: number, bytes: Uint8Array, from: number): number {
  view.setUint8(at, quote);
  let end = writeDigits(view, at + 1, bytes, from, 4);
  for (const [part, count] of uuidParts) {
    view.setUint8(end, 0x2d);
    end = writeDigits(view, end + 1, bytes, from + part, count);
  }
  view.setUint8(end, quote);
  return end + 1;
}

const uuidParts = [
  [4, 2],
  [6, 2],
  [8, 2],
  [10, 6],
] as const;

export function writeMac(view: DataView, at: number, bytes: Uint8Array, from: number): number {
  view.setUint8(at, quote);
  for (let i = 0; i < 6; i++) {
    writeDigits(view, at + 1 + 3 * i, bytes, from + i, 1);
    view.setUint8(at + 3 + 3 * i, 0x3a);
  }
  view.setUint8(at + 18, quote);
  return at + 19;
}

/** Writes an address; nothing when all of it is zero and that means none. */
export function writeIp(view: DataView, at: number, table: DataView, bytes: Uint8Array, from: number): number {
  const first = table.getInt32(from, true) | table.getInt32(from + 4, true);
  const third = table.getInt32(from + 8, true);
  if (first === 0 && third === -0x10000) {
    view.setUint8(at, quote);
    let end = at + 1;
    for (let i = 12; i < 16; i++) {
      end = writeNumber(view, end, bytes[from + i]!);
      view.setUint8(end++, 0x2e);
    }
    view.setUint8(end - 1, quote);
    return end;
  }
  if ((first | third | table.getInt32(from + 12, true)) === 0) return at;
  return writeSafeText(view, at, formatIpv6(bytes, from));
}

export function writeNid(view: DataView, at: number, type: number, bytes: Uint8Array, from: number): number {
  return type === 3 ? writeUuid(view, at, bytes, from) : writeSafeText(view, at, formatNid(type, bytes, from));
}

/** Writes fixed-length ASCII without its trailing NULs. */
export function writeAscii(out: JsonText, at: number, bytes: Uint8Array, from: number, size: number): number {
  const { view } = out;
  let end = from + size;
  while (end > from && bytes[end - 1] === 0) end--;
  view.setUint8(at, quote);
  for (let i = from; i < end; i++) {
    const byte = bytes[i]!;
    if (!isSafe(byte)) return out.text(at, escapeJson(JSON.stringify(formatAscii(bytes, from, size))));
    view.setUint8(at + 1 + i - from, byte);
  }
  view.setUint8(at + 1 + end - from, quote);
  return at + 2 + end - from;
}

/** Whether a byte is an ASCII character that stands for itself in JSON text. */
function isSafe(byte: number): boolean {
  return byte >= 0x20 && byte < 0x7f && byte !== quote && byte !== 0x5c;
}

/** Whether all four bytes of a word are safe; sometimes no although they are. */
function areSafe(word: number): boolean {
  const quotes = word ^ 0x22222222;
  const backslashes = word ^ 0x5c5c5c5c;
  // The top bit of a byte is set in one of the terms when the byte is below 20h, above 7Eh, or one of the two.
  const terms = word | (word - 0x20202020) | (word + 0x01010101) | (quotes - 0x01010101) | (backslashes - 0x01010101);
  return (terms & 0x80808080) === 0;
}

/** Writes a string object as {@link TableReader.string} reads it. */
export function writeString(
  out: JsonText,
  at: number,
  reader: TableReader,
  offset: number,
  length: number,
  path: string,
): number {
  if (!reader.object(offset, length, 1, path)) return at;
  if (length > LONG_TEXT) return writeUnusual(out, at, reader.string(offset, length, path)!);
  const { view } = out;
  const { view: table, bytes } = reader;
  const limit = offset + length;
  view.setUint8(at, quote);
  let from = offset;
  let end = at + 1;
  for (; from + 4 <= limit; from += 4, end += 4) {
    const word = table.getInt32(from, true);
    if (!areSafe(word)) break;
    view.setInt32(end, word, true);
  }
  for (; from < limit; from++, end++) {
    const byte = bytes[from]!;
    if (byte === 0) break;
    if (!isSafe(byte)) return writeUnusual(out, at, reader.string(offset, length, path)!);
    view.setUint8(end, byte);
  }
  if (end - at > LONG_TEXT) out.long = true;
  view.setUint8(end, quote);
  return end + 1;
}

function writeUnusual(out: JsonText, at: number, text: string): number {
  if (text.length >= LONG_TEXT) {
    out.long = true;
    return at;
  }
  return out.text(at, escapeJson(JSON.stringify(text)));
}

/** Writes an address object. */
export function writeIpObject(
  out: JsonText,
  at: number,
  reader: TableReader,
  offset: number,
  length: number,
  path: string,
): number {
  if (!reader.object(offset, length, 16, path)) return at;
  const end = writeIp(out.view, at, reader.view, reader.bytes, offset);
  return end === at ? writeSafeText(out.view, at, "::") : end;
}

/** Writes the hexadecimal digits of a binary object. */
export function writeHexObject(
  out: JsonText,
  at: number,
  reader: TableReader,
  offset: number,
  length: number,
  path: string,
): number {
  if (!reader.object(offset, length, 1, path)) return at;
  if (2 * length >= LONG_TEXT) {
    out.long = true;
    return at;
  }
  out.view.setUint8(at, quote);
  const end = writeDigits(out.view, at + 1, reader.bytes, offset, length);
  out.view.setUint8(end, quote);
  return end + 1;
}

/** Writes the number of a four-byte object. */
export function writeNumberObject(
  out: JsonText,
  at: number,
  reader: TableReader,
  offset: number,
  length: number,
  path: string,
): number {
  return reader.object(offset, length, 4, path) ? writeNumber(out.view, at, reader.view.getUint32(offset, true)) : at;
}

/** Writes a list object. */
export function writeList(
  out: JsonText,
  at: number,
  reader: TableReader,
  offset: number,
  length: number,
  path: string,
  itemSize: 1 | 2,
  names: Names,
): number {
  if (!reader.object(offset, length, 1, path)) return at;
  const count = Math.floor(length / itemSize);
  if (count >= LONG_LIST) {
    out.long = true;
    return at;
  }
  const { view } = out;
  let end = at;
  for (let i = 0; i < count; i++) {
    view.setUint8(end++, i === 0 ? 0x5b : 0x2c);
    const number = itemSize === 1 ? reader.bytes[offset + i]! : reader.view.getUint16(offset + 2 * i, false);
    const name = names[number];
    end = name === undefined ? writeNumber(view, end, number) : writeSafeText(view, end, name);
  }
  if (count === 0) view.setUint8(end++, 0x5b);
  view.setUint8(end, 0x5d);
  return end + 1;
}
