import { escapeText } from "../text/escape.ts";
import type { Io } from "./io.ts";
import { terminalProgress } from "./progress.ts";

/** From this many tables on, a run says at its end what it did. */
const WORTH_A_SUMMARY = 100;
/** Tables between two looks at the clock for the progress line. */
const STEP = 500;

/** A clock; `performance` would be loaded for it first, which costs as much as showing a table. */
function milliseconds(): number {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1e3 + nanoseconds / 1e6;
}

/** Keeps count of a run over many tables: shows on a terminal how far it is, and says at the end what it did, on standard error. */
export class Batch {
  readonly #io: Io;
  readonly #start = milliseconds();
  #last = this.#start;
  #done = 0;
  #failed = 0;
  #slowest = { path: "", taken: -1 };
  readonly #counts = new Map<string, number>();
  #line: ReturnType<typeof terminalProgress> | undefined;

  constructor(io: Io) {
    this.#io = io;
  }

  /** A table is done; the time since the one before was its. */
  done(path: string): void {
    const now = milliseconds();
    const taken = now - this.#last;
    this.#last = now;
    if (taken > this.#slowest.taken) this.#slowest = { path, taken };
    if (++this.#done % STEP === 0) {
      this.#line ??= terminalProgress(this.#io);
      this.#line.progress({ step: `${this.#done} tables` });
    }
  }

  /** A table could not be read. */
  fail(): void {
    this.#failed++;
    this.#last = milliseconds();
    this.#line?.clear();
  }

  /** Something to count by name, for the summary: a rule that was broken. */
  count(name: string): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
  }

  /** Ends the progress line, and writes the summary of a large run. */
  finish(): void {
    this.#line?.clear();
    if (this.#io.quiet || this.#done + this.#failed < WORTH_A_SUMMARY) return;
    const seconds = ((milliseconds() - this.#start) / 1000).toFixed(2);
    const { path, taken } = this.#slowest;
    const slowest = path === "" ? "" : `; slowest ${escapeText(path)} (${taken.toFixed(1)} ms)`;
    this.#io.err(`nbft: ${this.#done} tables in ${seconds} s, ${this.#failed} not read${slowest}\n`);
    const counts = [...this.#counts].sort(([a, times], [b, other]) => other - times || (a < b ? -1 : 1));
    for (const [name, times] of counts) this.#io.err(`nbft: ${times} × ${name}\n`);
  }
}
