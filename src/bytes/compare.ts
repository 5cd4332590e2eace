/** Whether two byte strings are equal. Four bytes at a time where both are aligned alike. */
export function equalBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let at = 0;
  if (a.length >= 64 && ((a.byteOffset ^ b.byteOffset) & 3) === 0) {
    for (; ((a.byteOffset + at) & 3) !== 0; at++) if (a[at] !== b[at]) return false;
    const count = (a.length - at) >> 2;
    const words = new Int32Array(a.buffer, a.byteOffset + at, count);
    const others = new Int32Array(b.buffer, b.byteOffset + at, count);
    for (let i = 0; i < count; i++) if (words[i] !== others[i]) return false;
    at += 4 * count;
  }
  for (; at < a.length; at++) if (a[at] !== b[at]) return false;
  return true;
}

/** Whether every byte of a range has one value; an empty range has. Four bytes at a time where they are aligned. */
export function isFilled(bytes: Uint8Array, value: number, start = 0, end = bytes.length): boolean {
  let at = start;
  if (end - start >= 64) {
    const aligned = start + (-(bytes.byteOffset + start) & 3);
    for (; at < aligned; at++) if (bytes[at] !== value) return false;
    const words = new Int32Array(bytes.buffer, bytes.byteOffset + at, (end - at) >> 2);
    const word = Math.imul(value, 0x01010101);
    for (let i = 0; i < words.length; i++) if (words[i] !== word) return false;
    at += 4 * words.length;
  }
  for (; at < end; at++) if (bytes[at] !== value) return false;
  return true;
}
