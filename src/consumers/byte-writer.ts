import type { Bytes } from "../bytes/bytes.ts";

const encoder = new TextEncoder();

/** Output made of text and raw bytes: text from tables goes through as it is, valid UTF-8 or not. */
export class ByteWriter {
  #bytes = new Uint8Array(4096);
  #length = 0;

  /** Appends text as UTF-8. Character by character while it is ASCII: most texts are a few characters. */
  text(text: string): this {
    // At most three bytes a UTF-16 unit.
    this.#reserve(3 * text.length);
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code > 0x7e) {
        this.#length += encoder.encodeInto(text.slice(i), this.#bytes.subarray(this.#length)).written;
        break;
      }
      this.#bytes[this.#length++] = code;
    }
    return this;
  }

  bytes(bytes: Uint8Array): this {
    this.#reserve(bytes.length);
    this.#bytes.set(bytes, this.#length);
    this.#length += bytes.length;
    return this;
  }

  /** How many bytes were written. */
  get length(): number {
    return this.#length;
  }

  /** Everything written so far; what is written next begins anew. */
  finish(): Bytes {
    return this.drain().slice();
  }

  /** The same without a copy: it changes with what is written next. */
  drain(): Bytes {
    const written = this.#bytes.subarray(0, this.#length);
    this.#length = 0;
    return written;
  }

  #reserve(more: number): void {
    if (this.#length + more <= this.#bytes.length) return;
    const bytes = new Uint8Array(Math.max(2 * this.#bytes.length, this.#length + more));
    bytes.set(this.#bytes.subarray(0, this.#length));
    this.#bytes = bytes;
  }
}
