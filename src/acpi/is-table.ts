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
