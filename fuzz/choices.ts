/** Choices read from bytes: what changes the bytes changes what is made of them, and that stays valid. */
export class Choices {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  /** Whether all bytes are used up; every choice is 0 then. */
  get done(): boolean {
    return this.#at >= this.#bytes.length;
  }

  /** A whole number from 0 to `limit` − 1. */
  below(limit: number): number {
    const low = this.#bytes[this.#at++] ?? 0;
    return (limit > 256 ? low | ((this.#bytes[this.#at++] ?? 0) << 8) : low) % limit;
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }

  chance(): boolean {
    return this.below(2) === 1;
  }

  /** Text of a length up to `most`, in letters, digits and some signs. */
  text(most: number): string {
    const first = this.below(256);
    return Array.from({ length: this.below(most + 1) }, (_, i) => signs[(first + 7 * i) % signs.length]).join("");
  }

  /** Bytes of a length up to `most`. */
  bytes(most: number): Uint8Array {
    const first = this.below(256);
    return Uint8Array.from({ length: this.below(most + 1) }, (_, i) => first + i);
  }
}

const signs = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-:_/";
