import type { Bytes } from "../../bytes/bytes.ts";
/** A part of an image that is not zero. */
export interface ImagePart {
  /** Bytes from the start of the image. */
  readonly offset: number;
  /** Contents of the image from `offset` on. */
  readonly bytes: Uint8Array;
}

/** An image that is mostly zeros: parts do not overlap, and everything between them is zero. */
export interface SparseImage {
  /** Bytes altogether. */
  readonly size: number;
  /** In the order of their offsets. */
  readonly parts: readonly ImagePart[];
}

/** An image placed inside a larger one. */
export function shiftParts(image: SparseImage, by: number): ImagePart[] {
  return image.parts.map(({ offset, bytes }) => ({ offset: offset + by, bytes }));
}

/** An image as one array. Only for images that fit into memory. */
export function flattenImage(image: SparseImage): Bytes {
  const bytes = new Uint8Array(image.size);
  for (const part of image.parts) bytes.set(part.bytes, part.offset);
  return bytes;
}
