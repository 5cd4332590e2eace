/** One line as the tool's reader delivers it. */
export interface RawLine {
  /** Line number from 1. */
  readonly number: number;
  /** First byte of the line in the file. */
  readonly offset: number;
  /** Bytes that the line has in the file, without its line feed. */
  readonly length: number;
  /** 8-bit text without the carriage returns at its end, cut at a NUL; a view of the file where that is 8-bit text, too. */
  readonly text: Uint8Array;
  /**
   * Why the tool stops here: no line feed before the end of the file, 512 or more characters, or a character beyond U+00FF.
   * The first two end reading with an error; the third is an assertion on which the firmware halts.
   */
  readonly stop?: "no-newline" | "too-long" | "wide" | undefined;
  /** A NUL cut the line. */
  readonly cut?: true | undefined;
}

/** Lines of a Config, and how its text is coded. */
export interface RawConfig {
  /** UTF-16LE where the file begins with FF FE. */
  readonly encoding: "8-bit" | "utf-16le";
  /** In file order. */
  readonly lines: readonly RawLine[];
}

/** Characters that a line may have, its carriage returns included (the buffer has 1024 bytes of UTF-16). */
export const lineMax = 511;

/**
 * Splits a Config into lines as the shell library's reader does: 8-bit text, or UTF-16LE where the file begins with FF FE.
 * Reading goes on after a line on which the tool stops, for the sake of the checks; what the tool sees ends there.
 */
export function readLines(bytes: Uint8Array): RawConfig {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { encoding: "utf-16le", lines: readWideLines(bytes) };
  const lines: RawLine[] = [];
  for (let at = 0; at < bytes.length; ) {
    const feed = bytes.indexOf(0x0a, at);
    const end = feed < 0 ? bytes.length : feed;
    lines.push(
      makeLine(lines.length + 1, at, end - at, bytes.subarray(at, Math.min(end, at + lineMax)), end - at, feed >= 0),
    );
    at = end + 1;
  }
  return { encoding: "8-bit", lines };
}

function readWideLines(bytes: Uint8Array): RawLine[] {
  const lines: RawLine[] = [];
  let at = 2;
  while (at < bytes.length) {
    const offset = at;
    const text: number[] = [];
    let characters = 0;
    let ended = false;
    while (at < bytes.length) {
      // Half a character at the end of the file counts as its low byte.
      const code = at + 1 < bytes.length ? bytes[at]! | (bytes[at + 1]! << 8) : bytes[at]!;
      at = Math.min(at + 2, bytes.length);
      if (code === 0x0a) {
        ended = true;
        break;
      }
      characters++;
      if (characters <= lineMax) text.push(code);
    }
    const length = at - offset - (ended ? Math.min(2, at - offset) : 0);
    lines.push(makeLine(lines.length + 1, offset, length, Uint16Array.from(text), characters, ended));
  }
  return lines;
}

function makeLine(
  number: number,
  offset: number,
  length: number,
  codes: Uint8Array | Uint16Array,
  characters: number,
  ended: boolean,
): RawLine {
  const nul = codes.indexOf(0);
  let end = nul < 0 ? codes.length : nul;
  while (end > 0 && codes[end - 1] === 0x0d) end--;
  const part = end === codes.length ? codes : codes.subarray(0, end);
  const isWide = part instanceof Uint16Array && part.some((code) => code > 0xff);
  const tooLong = characters > lineMax;
  const stop = tooLong ? "too-long" : !ended ? "no-newline" : isWide ? "wide" : undefined;
  return {
    number,
    offset,
    length,
    text: part instanceof Uint8Array ? part : new Uint8Array(part),
    stop,
    ...(nul >= 0 && { cut: true as const }),
  };
}
