import { sumView } from "../../acpi/checksum.ts";
import type { Names } from "../../structure/index.ts";
import { parseNid, parsePci } from "../../structure/text-value.ts";
import { parseHex } from "../../text/hex.ts";
import { parseIp } from "../../text/ip.ts";
import { parseMac } from "../../text/mac.ts";
import { parseUuid } from "../../text/uuid.ts";

/** Longest string that a reference can name with its NUL. */
export const MAX_STRING_BYTES = 0xfffe;
/** Larger tables are left to the encoder that follows the descriptions. */
const MAX_PACKED = 1 << 22;
/** Room that is kept from one table to the next. */
const KEPT = 1 << 16;

const utf8 = new TextEncoder();

/** Numbers by name. */
export function reversed(names: Names): ReadonlyMap<unknown, number> {
  return new Map(Object.entries(names).map(([number, name]) => [name, Number(number)]));
}

/** The number behind a name; what is no name stays what it is. */
export function numberOf(names: ReadonlyMap<unknown, number>, value: unknown): unknown {
  return typeof value === "string" ? (names.get(value) ?? value) : value;
}

/** Values of hexadecimal digits by character code, -1 for others. */
const digitValues = new Int8Array(128).fill(-1);
for (let i = 0; i < 10; i++) digitValues[48 + i] = i;
for (let i = 0; i < 6; i++) digitValues[97 + i] = digitValues[65 + i] = 10 + i;

/** The byte of two hexadecimal digits of a text, or a negative number. */
function byteAt(text: string, at: number): number {
  const high = text.charCodeAt(at);
  const low = text.charCodeAt(at + 1);
  return high < 128 && low < 128 ? (digitValues[high]! << 4) | digitValues[low]! : -1;
}

/**
 * Bytes of a table in a canonical layout in the making. It knows no words for what is wrong: it sets `refused`, and the table is encoded by
 * its descriptions then, which do.
 */
export class Packer {
  bytes = new Uint8Array(KEPT);
  view = new DataView(this.bytes.buffer);
  /** First byte behind everything written so far; the bytes behind are zero. */
  end = 0;
  refused = false;
  /** A NUL stands behind every object, and no length counts it: the layout of the Timberland driver. */
  #edk2 = false;

  begin(edk2: boolean): void {
    if (this.bytes.length > KEPT) {
      this.bytes = new Uint8Array(KEPT);
      this.view = new DataView(this.bytes.buffer);
    } else this.bytes.fill(0, 0, this.end);
    this.end = 0;
    this.refused = false;
    this.#edk2 = edk2;
  }

  refuse(): void {
    this.refused = true;
  }

  /** Room for some bytes behind everything. */
  reserve(size: number): number {
    const at = this.end;
    this.end += size;
    if (this.end > this.bytes.length) {
      if (this.end > MAX_PACKED) {
        this.refused = true;
        this.end = at;
        return 0;
      }
      const grown = new Uint8Array(2 * this.end);
      grown.set(this.bytes);
      this.bytes = grown;
      this.view = new DataView(grown.buffer);
    }
    return at;
  }

  /** Refuses an object with other keys than these; it has them all and in this order when it was decoded. */
  keys(value: object, keys: readonly string[]): void {
    if (typeof value !== "object" || value === null) throw refusal;
    let i = 0;
    for (const key in value) {
      if (key === keys[i]) i++;
      else {
        const at = keys.indexOf(key);
        if (at >= 0) i = at + 1;
        else if ((value as Record<string, unknown>)[key] !== undefined) this.refused = true;
      }
    }
  }

  /** The same for flags, of which even absent ones must be known. */
  flagKeys(value: object, keys: readonly string[]): void {
    if (typeof value !== "object" || value === null) throw refusal;
    let i = 0;
    for (const key in value) {
      if (key === keys[i]) i++;
      else {
        const at = keys.indexOf(key);
        if (at < 0) this.refused = true;
        i = at + 1;
      }
    }
  }

  number(value: unknown, max: number, otherwise: number): number {
    if (value === undefined) return otherwise;
    if (typeof value === "number" && value >>> 0 === value && value <= max) return value;
    this.refused = true;
    return 0;
  }

  bit(value: unknown, otherwise: number): number {
    if (value === true) return 1;
    if (value === false) return 0;
    return this.number(value, 1, otherwise);
  }

  put8(at: number, value: number): void {
    this.bytes[at] = value;
  }

  put16(at: number, value: number): void {
    this.view.setUint16(at, value, true);
  }

  put32(at: number, value: number): void {
    this.view.setUint32(at, value, true);
  }

  /** Writes bytes that a text stands for, or refuses. */
  #parsed(at: number, bytes: Uint8Array | undefined): void {
    if (bytes) this.bytes.set(bytes, at);
    else this.refused = true;
  }

  ascii(at: number, text: string | undefined, size: number): void {
    if (text === undefined) return;
    if (typeof text !== "string" || text.length > size) {
      this.refused = true;
      return;
    }
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0xff) this.refused = true;
      this.bytes[at + i] = code;
    }
  }

  uuid(at: number, text: string | undefined): void {
    if (text === undefined) return;
    if (typeof text !== "string") this.refused = true;
    else if (!this.#quickUuid(at, text)) this.#parsed(at, parseUuid(text));
  }

  #quickUuid(at: number, text: string): boolean {
    if (text.length !== 36 || !hyphensStand(text)) return false;
    let place = at;
    for (let i = 0; i < 36; i += 2) {
      if (i === 8 || i === 13 || i === 18 || i === 23) i++;
      const byte = byteAt(text, i);
      if (byte < 0) return false;
      this.bytes[place++] = byte;
    }
    return true;
  }

  mac(at: number, text: string | undefined): void {
    if (text === undefined) return;
    if (typeof text !== "string") this.refused = true;
    else if (!this.#quickMac(at, text)) this.#parsed(at, parseMac(text));
  }

  #quickMac(at: number, text: string): boolean {
    if (text.length !== 17) return false;
    for (let i = 0; i < 6; i++) {
      const byte = byteAt(text, 3 * i);
      if (byte < 0 || (i < 5 && text.charCodeAt(3 * i + 2) !== 0x3a)) return false;
      this.bytes[at + i] = byte;
    }
    return true;
  }

  ip(at: number, text: string | undefined): void {
    if (text === undefined) return;
    if (typeof text !== "string") this.refused = true;
    else if (!this.#quickIpv4(at, text)) this.#parsed(at, parseIp(text));
  }

  #quickIpv4(at: number, text: string): boolean {
    let part = 0;
    let digits = 0;
    let place = at + 12;
    if (text.length > 15) return false;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 0x2e) {
        if (digits === 0 || part > 255 || place === at + 15) return false;
        this.bytes[place++] = part;
        part = digits = 0;
      } else if (code >= 0x30 && code <= 0x39 && digits < 3) {
        part = 10 * part + code - 0x30;
        digits++;
      } else return false;
    }
    if (digits === 0 || part > 255 || place !== at + 15) return false;
    this.bytes[place] = part;
    this.bytes[at + 10] = this.bytes[at + 11] = 0xff;
    return true;
  }

  pci(at: number, text: string | undefined): void {
    if (text === undefined) return;
    if (typeof text !== "string") this.refused = true;
    else if (!this.#quickPci(at, text)) {
      const value = parsePci(text);
      if (value === undefined) this.refused = true;
      else this.put32(at, value);
    }
  }

  /** `0000:00:04.0`, as it is written by us; other spellings take longer. */
  #quickPci(at: number, text: string): boolean {
    const [high, low, bus, device] = [byteAt(text, 0), byteAt(text, 2), byteAt(text, 5), byteAt(text, 8)];
    const fn = text.charCodeAt(11) - 0x30;
    const separators =
      text.charCodeAt(4) === 0x3a && text.charCodeAt(7) === 0x3a && text.charCodeAt(10) === 0x2e && text.length === 12;
    if (!separators || (high | low | bus | device) < 0 || device > 0x1f || fn < 0 || fn > 7) return false;
    this.put32(at, (high << 24) | (low << 16) | (bus << 8) | (device << 3) | fn);
    return true;
  }

  nid(at: number, text: string | undefined): void {
    if (text === undefined) return;
    if (typeof text !== "string") this.refused = true;
    else if (!this.#quickUuid(at, text)) this.#parsed(at, parseNid(text));
  }

  /** Stores a reference to an object of some bytes, which stands at the end, and makes room for it. */
  #refer(at: number, length: number, counted: number): number {
    const offset = this.reserve(length + (this.#edk2 ? 1 : counted));
    this.put32(at, offset);
    this.put16(at + 4, this.#edk2 ? length : length + counted);
    return offset;
  }

  /** Room for a structure that a reference leads to. */
  structure(at: number, length: number): number {
    return this.#refer(at, length, 0);
  }

  string(at: number, text: string | undefined, max: number): void {
    if (text === undefined) return;
    if (typeof text !== "string" || text.length > max) {
      this.refused = true;
      return;
    }
    if (text.length === 0) {
      if (!this.#edk2) this.#refer(at, 0, 1);
      return;
    }
    const start = this.end;
    this.#refer(at, text.length, 1);
    if (this.refused) return;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      // A NUL ends strings in the heap, and the rest is for the encoder of UTF-8.
      if (code === 0 || code > 0x7f) {
        this.#unicode(at, start, text, max);
        return;
      }
      this.bytes[start + i] = code;
    }
  }

  #unicode(at: number, start: number, text: string, max: number): void {
    const bytes = utf8.encode(text);
    if (bytes.length > max || text.includes("\0")) {
      this.refused = true;
      return;
    }
    this.bytes.fill(0, start, this.end);
    this.end = start;
    const offset = this.#refer(at, bytes.length, 1);
    if (!this.refused) this.bytes.set(bytes, offset);
  }

  ipObject(at: number, text: string | undefined): void {
    if (text === undefined) return;
    const offset = this.#refer(at, 16, 0);
    if (!this.refused) this.ip(offset, text);
  }

  hexObject(at: number, text: string | undefined): void {
    if (text === undefined) return;
    const bytes = typeof text === "string" ? parseHex(text) : undefined;
    if (!bytes || bytes.length > 0xffff) this.refused = true;
    else if (bytes.length > 0) {
      const offset = this.#refer(at, bytes.length, 0);
      if (!this.refused) this.bytes.set(bytes, offset);
    }
  }

  numberObject(at: number, value: number | undefined): void {
    if (value === undefined) return;
    const number = this.number(value, 0xffffffff, 0);
    const offset = this.#refer(at, 4, 0);
    if (!this.refused) this.put32(offset, number);
  }

  list(at: number, list: readonly unknown[] | undefined, itemSize: 1 | 2, names: ReadonlyMap<unknown, number>): void {
    if (list === undefined) return;
    if (!Array.isArray(list) || list.length * itemSize > 0xffff) {
      this.refused = true;
      return;
    }
    if (list.length === 0) return;
    const offset = this.#refer(at, list.length * itemSize, 0);
    if (this.refused) return;
    for (let i = 0; i < list.length; i++) {
      const item: unknown = list[i];
      // A hole is no number.
      if (item === undefined) this.refused = true;
      const number = this.number(numberOf(names, item), itemSize === 1 ? 0xff : 0xffff, 0);
      if (itemSize === 1) this.bytes[offset + i] = number;
      else this.view.setUint16(offset + 2 * i, number, false);
    }
  }

  /** The finished table, its checksum right. */
  finish(checksumAt: number): Uint8Array<ArrayBuffer> {
    this.bytes[checksumAt] = 0;
    this.bytes[checksumAt] = -sumView(this.view, 0, this.end);
    return this.bytes.slice(0, this.end);
  }
}

function hyphensStand(text: string): boolean {
  return (
    text.charCodeAt(8) === 0x2d &&
    text.charCodeAt(13) === 0x2d &&
    text.charCodeAt(18) === 0x2d &&
    text.charCodeAt(23) === 0x2d
  );
}

/** Thrown where there is nothing to go on with. */
export const refusal = new Error("refused");
