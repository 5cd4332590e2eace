/** Unsigned little-endian number of 1, 2 or 4 bytes. */
export function readUint(bytes: Uint8Array, at: number, size: 1 | 2 | 4): number {
  if (size === 1) return bytes[at]!;
  const low = bytes[at]! | (bytes[at + 1]! << 8);
  return size === 2 ? low : (low | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24)) >>> 0;
}

/** Writes an unsigned little-endian number; higher bits are cut off. */
export function writeUint(bytes: Uint8Array, at: number, size: number, value: number): void {
  for (let i = 0; i < size; i++) bytes[at + i] = value >>> (8 * i);
}
