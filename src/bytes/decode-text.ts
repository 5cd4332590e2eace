import { latin1Text } from "./latin1.ts";

/** Text of a file, and what had to be found out to read it. */
export interface DecodedText {
  readonly text: string;
  /** The encoding, where it is UTF-16 and nothing in the file says so. */
  readonly guessed?: string;
  /** The first place, counted from 1, where the bytes are not Unicode text: what is there was not read as it was written. */
  readonly damage?: { readonly line: number; readonly column: number };
}

/** Bytes that are looked at to check a file. */
const headSize = 4096;

/** Whether bytes may be text of some encoding. NUL bytes are allowed: some old programs leave them in lines. */
export function looksLikeText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, headSize);
  if (markOf(head) !== undefined || wideOrder(head) !== undefined) return true;
  let odd = 0;
  for (const byte of head) if (byte !== 0 && !isTextByte(byte)) odd++;
  return head.length > 0 && odd * 50 < head.length && head.some((byte) => byte >= 32 && byte < 127);
}

/** Whether every byte is one that texts have: a damaged table has zeros. */
export function isPlainText(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, headSize);
  if (markOf(head) !== undefined || wideOrder(head) !== undefined) return true;
  return head.length > 0 && head.every(isTextByte);
}

/**
 * The text in bytes: UTF-8, UTF-16 (with a byte order mark, or of Latin characters, as PowerShell's redirection of old releases leaves it), else one
 * character a byte.
 */
export function decodeText(bytes: Uint8Array): DecodedText {
  const mark = markOf(bytes);
  if (mark !== undefined) return decodeAs(mark, bytes);
  const wide = wideOrder(bytes.subarray(0, headSize));
  if (wide !== undefined)
    return { ...decodeAs(wide, bytes), guessed: `${wide.toUpperCase()} without a byte order mark` };
  const read = decodeAs("utf-8", bytes);
  return read.damage ? { ...read, text: latin1Text(bytes) } : read;
}

function decodeAs(encoding: string, bytes: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    const before = text.slice(0, text.indexOf("\ufffd")).split("\n");
    return { text, damage: { line: before.length, column: before.at(-1)!.length + 1 } };
  }
}

/** Tab to carriage return, escape, and what is printed; not DEL. */
function isTextByte(byte: number): boolean {
  return (byte >= 32 && byte !== 127) || (byte >= 9 && byte <= 13) || byte === 27;
}

/** The encoding that a byte order mark says. */
function markOf([first, second, third]: Uint8Array): "utf-8" | "utf-16le" | "utf-16be" | undefined {
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return first === 0xef && second === 0xbb && third === 0xbf ? "utf-8" : undefined;
}

/** UTF-16 without a mark: every other byte zero but for a few, and the ones between them text. */
function wideOrder(head: Uint8Array): "utf-16le" | "utf-16be" | undefined {
  const units = head.length >> 1;
  if (units < 4) return undefined;
  const zeros = [0, 0];
  for (let at = 0; at < 2 * units; at++) {
    if (head[at] === 0) zeros[at & 1]!++;
    else if (!isTextByte(head[at]!)) return undefined;
  }
  const [even = 0, odd = 0] = zeros;
  if (even === 0 && odd * 20 > units * 19) return "utf-16le";
  return odd === 0 && even * 20 > units * 19 ? "utf-16be" : undefined;
}
