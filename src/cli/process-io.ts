import { fstatSync, readFileSync, type Stats, statSync, writeSync } from "node:fs";
import { withName } from "../node/file-error.ts";
import { asciiText, hasUtf8 } from "./ascii-text.ts";
import type { Io } from "./io.ts";

/** The outside world as this process has it. */
export function processIo(): Io {
  let input: Uint8Array | undefined;
  return {
    out: (data) => writeAll(1, typeof data === "string" ? readable(1, data) : data),
    err: (text) => writeAll(2, readable(2, text)),
    stdin: () => {
      try {
        input ??= readFileSync(0);
      } catch (error) {
        throw withName("standard input", error);
      }
      return input;
    },
    isOut: (path) => {
      const [named, out] = [statOf(() => statSync(path)), statOf(() => fstatSync(1))];
      return named !== undefined && named.dev === out?.dev && named.ino === out.ino;
    },
    env: process.env,
    get outIsTty() {
      return isTerminal(1) && process.stdout.isTTY === true;
    },
    get errIsTty() {
      return isTerminal(2) && process.stderr.isTTY === true;
    },
    exitCode: 0,
  };
}

function statOf(stat: () => Stats): Stats | undefined {
  try {
    return stat();
  } catch {
    return undefined;
  }
}

/**
 * Whether a descriptor may be a terminal: a character device that is not one of memory (`/dev/null`). Asking `process.stdout` loads streams
 * and sockets, a tenth of the time in which a table is shown.
 */
function isTerminal(fd: number): boolean {
  try {
    const stat = fstatSync(fd);
    return stat.isCharacterDevice() && stat.rdev >> 8 !== 1;
  } catch {
    // A closed descriptor.
    return false;
  }
}

/** Text as it can be shown where it goes: a terminal without UTF-8 gets ASCII. */
function readable(fd: number, text: string): string {
  return !hasUtf8(process.env) && isTerminal(fd) && /[^\0-\x7f]/.test(text) ? asciiText(text) : text;
}

/** Where text becomes bytes: a buffer for each piece of output would cost more than what is in it. Made when it is first used. */
let encoded: Buffer | undefined;
const MOST_ENCODED = 3 << 17;

function bytesOf(text: string): Uint8Array {
  // At most three bytes a UTF-16 unit.
  if (3 * text.length > MOST_ENCODED) return Buffer.from(text);
  encoded ??= Buffer.allocUnsafeSlow(MOST_ENCODED);
  return encoded.subarray(0, encoded.write(text));
}

/** Outputs that nobody reads any more. */
const closed = new Set<number>();

/**
 * Writes to a descriptor. Where the reader has gone away the rest is dropped and the command goes on: what it has to write to files,
 * and its exit code, do not depend on who reads what it says.
 */
function writeAll(fd: number, data: string | Uint8Array): void {
  if (closed.has(fd)) return;
  const bytes = typeof data === "string" ? bytesOf(data) : data;
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(fd, bytes, at);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      // There is nowhere to complain of a log that takes no more, and what was to be done can be done all the same.
      if (code === "EPIPE" || (fd === 2 && code !== "EAGAIN")) {
        closed.add(fd);
        return;
      }
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
