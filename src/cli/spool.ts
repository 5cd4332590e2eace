import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Io } from "./io.ts";

/** Bytes that are kept in memory before they go to a file. */
const MOST_KEPT = 1 << 18;
/** Bytes that are read at once from the file. */
const PIECE = 1 << 16;

/** Output of which it is not certain yet whether it is written: kept in memory while it is small, in a temporary file otherwise. */
export class Spool {
  readonly #kept = new Uint8Array(MOST_KEPT);
  #length = 0;
  #file: { readonly folder: string; readonly descriptor: number } | undefined;

  /** Takes in a copy of some bytes. */
  add(piece: Uint8Array): void {
    if (this.#length + piece.length > MOST_KEPT) {
      this.#toFile(this.#kept.subarray(0, this.#length));
      this.#length = 0;
    }
    if (piece.length > MOST_KEPT) this.#toFile(piece);
    else {
      this.#kept.set(piece, this.#length);
      this.#length += piece.length;
    }
  }

  #toFile(bytes: Uint8Array): void {
    if (!this.#file) {
      const folder = mkdtempSync(join(tmpdir(), "nbft-"));
      this.#file = { folder, descriptor: openSync(join(folder, "output"), "wx+", 0o600) };
    }
    for (let at = 0; at < bytes.length; ) at += writeSync(this.#file.descriptor, bytes, at);
  }

  /** Writes all of it. */
  write(io: Io): void {
    if (this.#file) {
      const buffer = new Uint8Array(PIECE);
      let at = 0;
      for (;;) {
        const length = readSync(this.#file.descriptor, buffer, 0, buffer.length, at);
        if (length === 0) break;
        io.out(buffer.subarray(0, length));
        at += length;
      }
    }
    if (this.#length > 0) io.out(this.#kept.subarray(0, this.#length));
  }

  /** Removes the file. */
  close(): void {
    if (!this.#file) return;
    closeSync(this.#file.descriptor);
    rmSync(this.#file.folder, { recursive: true, force: true });
    this.#file = undefined;
  }
}
