import type { Io } from "../io.ts";

/** Raised by what a small bundle has not. */
export class NotPlain extends Error {}

/**
 * Runs an action that either does all it should or nothing: what it prints is held back until it is done.
 *
 * @returns false, with nothing printed or written, when it failed for any reason: then the whole program runs it from the
 * start and says why.
 */
export function runHeld(io: Io, action: (held: Io) => void): boolean {
  const printed: (() => void)[] = [];
  const held: Io = {
    out: (data) => printed.push(() => io.out(data)),
    err: (text) => printed.push(() => io.err(text)),
    stdin: notPlain,
    env: io.env,
    get outIsTty() {
      return io.outIsTty;
    },
    get errIsTty() {
      return io.errIsTty;
    },
    exitCode: 0,
  };
  try {
    action(held);
  } catch {
    return false;
  }
  for (const print of printed) print();
  io.exitCode = Math.max(io.exitCode, held.exitCode);
  return true;
}

/** Stands for what a small bundle has not. */
export function notPlain(): never {
  throw new NotPlain();
}
