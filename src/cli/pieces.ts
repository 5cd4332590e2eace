import type { Io } from "./io.ts";

/** Text is written in pieces of about this many characters. What is twice as long gets pages of its own from the system, which costs more than all else. */
const PIECE = 1 << 16;

/** Writes text as it is made, in pieces that are large enough to cost little and small enough to stay in memory. */
export class Pieces {
  readonly #io: Io;
  #text = "";

  constructor(io: Io) {
    this.#io = io;
  }

  add(text: string): void {
    this.#text += text;
    if (this.#text.length >= PIECE) this.finish();
  }

  /** Writes what is left. */
  finish(): void {
    if (this.#text !== "") this.#io.out(this.#text);
    this.#text = "";
  }
}
