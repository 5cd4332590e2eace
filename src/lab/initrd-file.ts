import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { concatBytes } from "../bytes/concat.ts";

/** An initramfs with archives after it, each at a multiple of 512 bytes, and others before it. */
export function appendArchives(
  folder: string,
  name: string,
  base: string,
  behind: readonly Uint8Array[],
  before: readonly Uint8Array[] = [],
): void {
  const bytes = readFileSync(base);
  const padding = new Uint8Array((512 - (bytes.length % 512)) % 512);
  writeFileSync(join(folder, name), concatBytes([...before, bytes, padding, ...behind]));
}
