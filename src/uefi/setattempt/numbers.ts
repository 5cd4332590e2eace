/** A value and the number of bytes of the text that were used for it. */
export interface Scanned<T> {
  readonly value: T;
  readonly used: number;
}

const isDigit = (byte: number | undefined) => byte !== undefined && byte >= 0x30 && byte <= 0x39;

/** Value of a hexadecimal digit, or -1. */
function hexDigit(byte: number | undefined): number {
  if (byte === undefined) return -1;
  if (isDigit(byte)) return byte - 0x30;
  const letter = byte | 0x20;
  return letter >= 0x61 && letter <= 0x66 ? letter - 0x57 : -1;
}

const isBlank = (byte: number | undefined) => byte === 0x20 || byte === 0x09;
const maxUintn = 0xffff_ffff_ffff_ffffn;

/**
 * Decimal number as the firmware's library reads it: blanks and tabs skipped, digits up to the first other character, 0
 * without digits, the largest 64-bit number (and `overflow`) when it does not fit.
 */
export function scanDecimal(text: Uint8Array, start = 0): Scanned<bigint> & { readonly overflow: boolean } {
  let at = start;
  while (isBlank(text[at])) at++;
  let value = 0n;
  for (; isDigit(text[at]); at++) {
    value = value * 10n + BigInt(text[at]! - 0x30);
    if (value > maxUintn) return { value: maxUintn, used: at - start, overflow: true };
  }
  return { value, used: at - start, overflow: false };
}

/** One group of an IPv6 address: hexadecimal digits, of which `0x` may stand in front. */
function scanGroup(text: Uint8Array, start: number): Scanned<number> {
  let at = start;
  while (text[at] === 0x30) at++;
  if ((text[at]! | 0x20) === 0x78 && at > start) at++;
  let value = 0;
  // Five digits are refused by the caller, whatever their value.
  for (; hexDigit(text[at]) >= 0; at++) value = ((value << 4) | hexDigit(text[at])) & 0xffff;
  return { value, used: at - start };
}

/** The four bytes of an IPv4 address as the firmware reads it, `/0` to `/32` and anything else after it ignored; or undefined. */
export function scanIpv4(text: Uint8Array): Scanned<Uint8Array> | undefined {
  const address = new Uint8Array(4);
  let at = 0;
  for (let i = 0; i < 4; i++) {
    if (!isDigit(text[at])) return undefined;
    const { value, used, overflow } = scanDecimal(text, at);
    if (overflow || value > 255n) return undefined;
    address[i] = Number(value);
    at += used;
    if (i < 3 && text[at++] !== 0x2e) return undefined;
  }
  while (text[at] === 0x2f && isDigit(text[at + 1])) {
    const { value, used, overflow } = scanDecimal(text, at + 1);
    if (overflow || value > 32n) return undefined;
    at += 1 + used;
  }
  return { value: address, used: text[at] === 0x2f ? at + 1 : at };
}

/**
 * The 16 bytes of an IPv6 address as the firmware reads it: groups of one to four digits, `::` once, an ignored `/0` to
 * `/128`, anything after the address ignored; dotted decimal inside it is not understood. Undefined when it is refused.
 */
export function scanIpv6(text: Uint8Array): Scanned<Uint8Array> | undefined {
  const groups: number[] = [];
  let gap = -1;
  let at = 0;
  for (;;) {
    if (hexDigit(text[at]) < 0) {
      // A second colon in a row, or the first character.
      if (text[at] !== 0x3a || gap >= 0 || groups.length === 8) return undefined;
      gap = groups.length;
      at++;
      if (gap === 0 && text[at++] !== 0x3a) return undefined;
    }
    if (hexDigit(text[at]) < 0) {
      if (text[at] !== 0x2f) break;
      if (gap !== groups.length) return undefined;
    } else {
      const { value, used } = scanGroup(text, at);
      if (used > 4) return undefined;
      groups.push(value);
      at += used;
    }
    if (text[at] === 0x2f) {
      const prefix = scanPrefix(text, at + 1);
      if (prefix === undefined) return undefined;
      at += 1 + prefix;
      break;
    }
    if (text[at] !== 0x3a || groups.length === 8) break;
    at++;
  }
  if ((groups.length === 8) !== gap < 0) return undefined;
  const zeros = new Array<number>(8 - groups.length).fill(0);
  const all = gap < 0 ? groups : [...groups.slice(0, gap), ...zeros, ...groups.slice(gap)];
  return { value: Uint8Array.from(all.flatMap((group) => [group >> 8, group & 0xff])), used: at };
}

/** Length of a prefix of 0 to 128, or undefined. */
function scanPrefix(text: Uint8Array, start: number): number | undefined {
  if (!isDigit(text[start])) return undefined;
  const { value, used, overflow } = scanDecimal(text, start);
  return overflow || value > 128n ? undefined : used;
}

/** EFI_GUID bytes of a text that begins with 8-4-4-4-12 hexadecimal digits; what follows is ignored. Undefined for anything else. */
export function scanGuid(text: Uint8Array): Scanned<Uint8Array> | undefined {
  const order = [3, 2, 1, 0, -1, 5, 4, -1, 7, 6, -1, 8, 9, -1, 10, 11, 12, 13, 14, 15];
  const bytes = new Uint8Array(16);
  let at = 0;
  for (const index of order) {
    if (index < 0) {
      if (text[at++] !== 0x2d) return undefined;
      continue;
    }
    const high = hexDigit(text[at]);
    const low = hexDigit(text[at + 1]);
    if (high < 0 || low < 0) return undefined;
    bytes[index] = (high << 4) | low;
    at += 2;
  }
  return { value: bytes, used: 36 };
}
