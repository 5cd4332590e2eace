/** Sizes of a build's flash image, in bytes. */
export interface StoreGeometry {
  readonly fileSize: number;
  /** Byte of the file after the volume and before its end. */
  readonly filler: number;
  readonly volumeSize: number;
  /** Records with both headers. */
  readonly liveSize: number;
  readonly workingBlockAt: number;
  readonly workingBlockSize: number;
  /** Block map of the volume header. */
  readonly blocks: number;
  readonly blockSize: number;
  readonly volumeAttributes: number;
}

/** Flash images by the size that OVMF builds are named by, and the one of ArmVirt builds (AAVMF). */
export const storeGeometries = {
  "4M": {
    fileSize: 0x84000,
    filler: 0xff,
    volumeSize: 0x84000,
    liveSize: 0x40000,
    workingBlockAt: 0x41000,
    workingBlockSize: 0x1000,
    blocks: 0x84,
    blockSize: 0x1000,
    volumeAttributes: 0x4feff,
  },
  "2M": {
    fileSize: 0x20000,
    filler: 0xff,
    volumeSize: 0x20000,
    liveSize: 0xe000,
    workingBlockAt: 0xf000,
    workingBlockSize: 0x1000,
    blocks: 0x20,
    blockSize: 0x1000,
    volumeAttributes: 0x4feff,
  },
  aavmf: {
    fileSize: 0x4000000,
    filler: 0,
    volumeSize: 0xc0000,
    liveSize: 0x40000,
    workingBlockAt: 0x40000,
    workingBlockSize: 0x40000,
    blocks: 0x100,
    blockSize: 0x40000,
    volumeAttributes: 0xe36,
  },
} as const satisfies Record<string, StoreGeometry>;

/** Name of a flash image's size. */
export type StoreSize = keyof typeof storeGeometries;
