import { readUint } from "../bytes/numbers.ts";

const NBFT = [0x4e, 0x42, 0x46, 0x54];

/**
 * Whether a file is an NBFT, and not a text that begins with the word: `NBFT @ 0x…` of acpidump, `NBFT1 @ 0x…` of fwts.
 *
 * @param head the first 16 bytes or more, all there are of a shorter file
 */
export function isTable(head: Uint8Array): boolean {
  return NBFT.every((byte, i) => head[i] === byte) && (head.length < 16 || !head.subarray(0, 16).every(isPrintable));
}

function isPrintable(byte: number): boolean {
  return (byte >= 32 && byte < 127) || byte === 9 || byte === 10 || byte === 13;
}

/**
 * What to say of a table that went through an editor or a page as UTF-8: each byte from 80h up that was not UTF-8 is U+FFFD there, and cannot be known
 * again. Undefined for every other table.
 */
export function lostAsText(table: Uint8Array): string | undefined {
  // Three bytes stand for one: the length is never right.
  if (table.length < 8 || readUint(table, 4, 4) === table.length) return undefined;
  let lost: number;
  try {
    lost = new TextDecoder("utf-8", { fatal: true }).decode(table).split("\ufffd").length - 1;
  } catch {
    return undefined;
  }
  if (lost === 0) return undefined;
  const bytes = lost === 1 ? "1 byte is" : `${lost} bytes are`;
  return `a table that was saved as text: ${bytes} lost (80h and above became EF BF BD); copy the file as it is, or its text by xxd`;
}
