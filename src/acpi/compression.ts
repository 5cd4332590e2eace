const compressions: readonly (readonly [name: string, magic: readonly number[]])[] = [
  ["gzip", [0x1f, 0x8b]],
  ["bzip2", [0x42, 0x5a, 0x68]],
  ["xz", [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00]],
  ["zstd", [0x28, 0xb5, 0x2f, 0xfd]],
  ["LZ4", [0x02, 0x21, 0x4c, 0x18]],
  ["LZ4", [0x04, 0x22, 0x4d, 0x18]],
  ["LZMA", [0x5d, 0x00, 0x00]],
  ["LZO", [0x89, 0x4c, 0x5a, 0x4f]],
];

/** Name of the compression that some bytes start with, of those that Linux knows for an initramfs. */
export function compressionOf(head: Uint8Array): string | undefined {
  return compressions.find(([, magic]) => magic.every((byte, i) => head[i] === byte))?.[0];
}
