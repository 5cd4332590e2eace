/** CRC-32 (polynomial 04C11DB7h, reflected) of the 16 half bytes. */
const crcTable = Int32Array.of(
  0,
  0x1db71064,
  0x3b6e20c8,
  0x26d930ac,
  0x76dc4190,
  0x6b6b51f4,
  0x4db26158,
  0x5005713c,
  0xedb88320,
  0xf00f9344,
  0xd6d6a3e8,
  0xcb61b38c,
  0x9b64c2b0,
  0x86d3d2d4,
  0xa00ae278,
  0xbdbdf21c,
);

/** CRC-32 as the UEFI boot services compute it. Half a byte at a time: a table of all bytes takes longer to make than most inputs to sum. */
export function crc32(bytes: Uint8Array): number {
  let crc = -1;
  for (let i = 0; i < bytes.length; i++) {
    crc ^= bytes[i]!;
    crc = crcTable[crc & 15]! ^ (crc >>> 4);
    crc = crcTable[crc & 15]! ^ (crc >>> 4);
  }
  return ~crc >>> 0;
}
