import { DecodeError } from "../../errors.ts";
import { type FoundBytes, lengthOf, shortestTable } from "./found-bytes.ts";

/** The signature as the start of a string, its letters as they are or escaped. */
const letters = ["N4e116", "B42102", "F46106", "T54124"].map(
  ([letter, high, low, ...octal]) => `(?:${letter}|\\\\x${high}${low}|\\\\0?${octal.join("")}|\\\\u00${high}${low})`,
);
const signature = new RegExp(`${letters.join("")}(?=.{0,16}\\\\)`, "i");

/** Whether a text may hold a table as a string: a quick look before a thorough one. */
export function hasEscapes(text: string): boolean {
  return signature.test(text);
}

/**
 * Tables as strings of a programming language: Python's `b'NBFT\xb4\x03\x00…'`, C's and the shell's with `\x` or octal escapes, JSON's with `\u00`. Strings
 * that follow each other are one.
 *
 * @throws {DecodeError} when a string has characters that stand for no byte.
 */
export function stringsIn(lines: readonly string[]): FoundBytes[] {
  const found: FoundBytes[] = [];
  for (let i = 0; i < lines.length; i++) {
    const start = signature.exec(lines[i]!)?.index;
    if (start === undefined) continue;
    const { bytes, end } = bytesFrom(lines, i, start);
    const line = i + 1;
    i = end - 1;
    // A sentence with the word may have a backslash too.
    if (bytes.length < shortestTable || !hasLength(bytes)) continue;
    found.push({
      bytes: bytes.subarray(0, lengthOf(bytes)),
      line,
      end,
      form: "a string with escapes",
    });
  }
  return found;
}

/** Whether the bytes have the Length of a table. */
function hasLength(bytes: Uint8Array): boolean {
  const length = lengthOf(bytes) ?? 0;
  return length >= shortestTable && length <= 1 << 24;
}

/** The bytes of the string that starts at a place, and of those that follow it. */
function bytesFrom(lines: readonly string[], first: number, start: number): { bytes: Uint8Array; end: number } {
  const bytes: number[] = [];
  let quote = /["'`]/.exec(lines[first]!.charAt(start - 1))?.[0];
  let [line, at] = [first, start];
  for (;;) {
    const text = lines[line]!;
    const next = characterAt(text, at, quote);
    if (next && next.byte > 0xff && hasLength(Uint8Array.from(bytes.slice(0, 8))))
      throw new DecodeError(
        `the string from line ${first + 1} on has characters that are not bytes: take it again, with base64 or xxd`,
      );
    if (next && next.byte <= 0xff) {
      bytes.push(next.byte);
      at += next.size;
      continue;
    }
    const more =
      bytes.length < (lengthOf(Uint8Array.from(bytes.slice(0, 8))) ?? 8)
        ? continued(lines, line, at, quote)
        : undefined;
    if (!more) return { bytes: Uint8Array.from(bytes), end: line + 1 };
    ({ line, at, quote } = more);
  }
}

const named: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  e: 27,
  E: 27,
  "\\": 92,
  "'": 39,
  '"': 34,
  "`": 96,
  "?": 63,
  "/": 47,
};

/** The character of a string at a place; undefined where the string ends. */
function characterAt(text: string, at: number, quote: string | undefined): { byte: number; size: number } | undefined {
  const character = text[at];
  if (character === undefined || character === quote) return undefined;
  if (quote === undefined && /[\s"'`]/.test(character)) return undefined;
  if (character !== "\\") return { byte: text.codePointAt(at)!, size: 1 };
  const [whole, hex, octal] = /^\\(?:(?:x|u00)([0-9a-f]{2})|([0-7]{1,3}))/i.exec(text.slice(at, at + 6)) ?? [];
  if (whole !== undefined) return { byte: Number.parseInt(hex ?? octal!, hex ? 16 : 8), size: whole.length };
  const byte = named[text[at + 1] ?? ""];
  return byte === undefined ? undefined : { byte, size: 2 };
}

interface Place {
  readonly line: number;
  readonly at: number;
  readonly quote: string | undefined;
}

/** Where a string goes on: in the next one of the line or of the next line, or in the next line where one ends without a quote. */
function continued(lines: readonly string[], line: number, at: number, quote: string | undefined): Place | undefined {
  if (quote === undefined) return undefined;
  const text = lines[line]!;
  const next = lines[line + 1];
  if (at === text.length || text.slice(at) === "\\")
    return next === undefined ? undefined : { line: line + 1, at: 0, quote };
  if (text[at] !== quote) return undefined;
  const here = another.exec(text.slice(at + 1));
  if (here) return { line, at: at + 1 + here[0].length, quote: here[1] };
  if (next === undefined || !/^[\s\\+.,]*$/.test(text.slice(at + 1))) return undefined;
  const below = another.exec(next);
  return below ? { line: line + 1, at: below[0].length, quote: below[1] } : undefined;
}

/** The start of another string. */
const another = /^[\s+.,]{0,64}[bru]{0,2}(["'`])/;
