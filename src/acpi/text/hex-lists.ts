import { DecodeError } from "../../errors.ts";
import { parseHex } from "../../text/hex.ts";
import { prefixStripper } from "./clean-lines.ts";
import {
  bytesOfGroups,
  type FoundBytes,
  fitLength,
  lengthOf,
  nbftOrder,
  shortestTable,
  type WordOrder,
} from "./found-bytes.ts";

/** A line that holds numbers and nothing else, as digits of bytes or words. */
interface ListLine {
  readonly groups: readonly string[];
  readonly form: string;
}

const longestLine = 1 << 20;

/**
 * Tables as digits without offsets: `xxd -p`, `xxd -i` and other arrays, `od -A n`, kernel log rows without a prefix, digits with blanks, colons or
 * commas, decimal numbers, also one a line. All lines of a table have the base of its first. A table starts where the signature is; what precedes it there, and a line number, is taken from the lines that follow too. It ends
 * with the first line that has anything else, or with its own Length where that is the end of a line.
 *
 * @throws {DecodeError} when lines of `*` stand for more than the Length can tell.
 */
export function listsIn(text: readonly string[]): FoundBytes[] {
  const { lines, joined } = numbersInOneLine(text);
  const found: FoundBytes[] = [];
  for (let i = 0; i < lines.length; i++) {
    const start = signatureIn(lines[i]!);
    if (start === undefined) continue;
    const listLine = readerFor(lines[i]!.slice(start));
    const first = listLine(lines[i]!.slice(start)) ?? wholeTableOf(lines[i]!.slice(start));
    const order = first && nbftOrder(first.groups);
    if (!first || !order) continue;
    const rows: (ListLine | "*")[] = [first];
    const length = lengthOf(bytesOfGroups(first.groups, order)!) ?? Number.POSITIVE_INFINITY;
    let size = sizeOf(first);
    const prefix = lines[i]!.slice(0, start);
    const strip = offsetStripper(prefix, size, lines[i + 1]) ?? prefixStripper(prefix);
    for (let j = i + 1; j < lines.length; j++) {
      const bare = strip(lines[j]!, size);
      const next = bare.trim() === "*" ? "*" : listLine(bare);
      if (!next || (next !== "*" && !isSameForm(next, first, order))) break;
      // Another table, right below one that is whole.
      if (next !== "*" && size >= length && nbftOrder(next.groups)) break;
      rows.push(next);
      if (next !== "*") size += sizeOf(next);
    }
    const bytes = tableOf(rows, order, i + 1);
    const width = first.groups[0]!.length;
    const form = order === "as bytes" ? first.form : `${first.form}, ${4 * width}-bit words`;
    const end = i + rows.length + (joined.get(i + rows.length - 1) ?? 0);
    if (bytes && bytes.length >= shortestTable)
      found.push({ ...fitLength(bytes, width / 2), line: i + 1, end: end + 1, form });
    i = end - 1;
  }
  return found;
}

/**
 * What takes away the offsets of comma-separated rows of decimal numbers, which nothing but their values tells from the numbers.
 *
 * @param size numbers of the first row, which the offset of the second one is greater by.
 */
function offsetStripper(
  prefix: string,
  size: number,
  second: string | undefined,
): ((line: string, before: number) => string) | undefined {
  const first = /^\s*(\d{1,9})\s*[,;\t]\s*$/.exec(prefix)?.[1];
  if (first === undefined) return undefined;
  const strip = (line: string, before: number): string => {
    const [offset = "", digits] = /^\s*(\d{1,9})\s*[,;\t]/.exec(line) ?? [];
    return Number(digits) === Number(first) + before ? line.slice(offset.length) : "";
  };
  return strip(second ?? "", size) === "" ? undefined : strip;
}

/** Lines of one number each, or that end within one, as one line, the others of them empty; how many those are. */
function numbersInOneLine(text: readonly string[]): { lines: string[]; joined: Map<number, number> } {
  const lines = [...text];
  const joined = new Map<number, number>();
  for (let i = 0; i < lines.length; i++) {
    const wrapped = wrappedDigits(lines, i);
    const numbers: string[] = [];
    while (isNumber(lines[i + numbers.length])) numbers.push(lines[i + numbers.length]!.replace(/,?\s*$/, ""));
    if (wrapped.length < 2 && numbers.length < 4) continue;
    const [count, line] =
      wrapped.length > 1 ? [wrapped.length, wrapped.join("")] : [numbers.length, numbers.join(", ")];
    lines.fill("", i, i + count);
    lines[i] = line;
    joined.set(i, count - 1);
    i += count - 1;
  }
  return { lines, joined };
}

/** Digits of a table that was wrapped at an odd column, so that its lines end within a byte. */
function wrappedDigits(lines: readonly string[], start: number): string[] {
  const first = lines[start]!.trim();
  if (first.length % 2 === 0 || !/^4e424654[0-9a-f]{24,4096}$/i.test(first)) return [];
  const wrapped = [first];
  for (const line of lines.slice(start + 1, start + 1 + longestLine / first.length)) {
    const next = line.trim();
    if (!/^[0-9a-f]{1,4104}$/i.test(next) || next.length > first.length) break;
    wrapped.push(next);
    if (next.length < first.length) break;
  }
  return wrapped;
}

const isNumber = (line: string | undefined) =>
  line !== undefined && line.length < 64 && /^\s*["']?(?:0x[0-9a-f]{1,2}|[0-9a-f]{2}|-?\d{1,3})["']?,?\s*$/i.test(line);

const sizeOf = ({ groups }: ListLine) => groups.reduce((size, group) => size + group.length / 2, 0);

/** A table that is all in one line, with something else behind it: a command, the border of a table, `>`. */
function wholeTableOf(line: string): ListLine | undefined {
  const numbers = /^(?:(?:0x|\\x|%)?[0-9a-f]{2}[\s,:;_-]{0,2}){36,}/i.exec(line)?.[0];
  const digits = numbers?.replace(/0x|\\x|[^0-9a-f]/gi, "");
  const length = digits && lengthOf(parseHex(digits.slice(0, 16))!);
  if (!length || length < shortestTable || digits.length < 2 * length) return undefined;
  return { groups: [digits.slice(0, 2 * length)], form: "hexadecimal digits" };
}

/** Words of another width are something else; digits in their own order may be grouped in any way. */
function isSameForm(line: ListLine, first: ListLine, order: WordOrder): boolean {
  return order === "as bytes" || line.groups[0]!.length === first.groups[0]!.length;
}

function tableOf(rows: readonly (ListLine | "*")[], order: WordOrder, line: number): Uint8Array | undefined {
  const parts = rows.map((row) => (row === "*" ? row : bytesOfGroups(row.groups, order)));
  const stars = parts.filter((part) => part === "*").length;
  const sizes = parts.map((part) => (part === "*" || !part ? 0 : part.length));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  const length = lengthOf(parts[0] as Uint8Array);
  const missing = (length ?? 0) - total;
  if (stars > 0 && !(stars === 1 && missing > 0 && missing < 1 << 16 && missing % sizes[0]! === 0))
    throw new DecodeError(
      `the hex dump from line ${line} on has no offsets, so the bytes for its lines of * are not known: take it again with od -v`,
    );
  const bytes: number[] = [];
  for (const [i, part] of parts.entries()) {
    if (part === "*") {
      const before = parts[i - 1] as Uint8Array;
      for (let n = 0; n < missing; n++) bytes.push(before[n % before.length]!);
    } else for (const byte of part ?? []) bytes.push(byte);
    // What follows is not of the table: a word that looks like digits, the next array.
    if (bytes.length === length) break;
  }
  return Uint8Array.from(bytes);
}

const byte = (value: string) => `(?:0x|\\\\x|%)?${value}`;
const between = "[\\s,:;\"'_-]{0,8}";
const signatures = [
  ["4e", "42", "46", "54"].map(byte).join(between),
  `(?:0x)?424e${between}(?:0x)?5446`,
  "(?:0x)?5446424e",
  "(?:0x)?[0-9a-f]{8}5446424e",
  ["78", "66", "70", "84"].join("(?:,\\s{0,8}|\\s{1,8})"),
].join("|");
const signature = new RegExp(`(?<![0-9a-z])(?:${signatures})`, "i");

/** Where in a line the signature is, as numbers. */
function signatureIn(line: string): number | undefined {
  return line.length > longestLine ? undefined : signature.exec(line)?.index;
}

/** Whether a text may hold a table as numbers: a quick look before a thorough one. */
export function hasSignature(text: string): boolean {
  return signature.test(text);
}

/** What of a line may be numbers: without comments, characters beside them, and the marks of a programming language. */
function bareLine(line: string): string {
  if (line.length > longestLine) return "";
  let bare = line;
  if (line.includes("/")) bare = bare.replace(/\/\*.*?\*\/|\/\/.*$/g, "");
  if (/[|<*]\s*$/.test(bare)) bare = bare.replace(/\s(?:\|.*\||>.*<|\*.*\*)\s*$/, "");
  return bare.replace(/^[\s"'`|“‘]+|[\s,;)\]}"'\\`”’]+$/g, "");
}

/** How the lines of a table are read whose first begins like this. */
function readerFor(first: string): (line: string) => ListLine | undefined {
  if (/^78\b/.test(first)) return decimalLine;
  const isArray = /^(?:0x|\\x)/i.test(first);
  return (line) => digitsLine(line, isArray);
}

/** A line of decimal numbers; Java's and `od -t d1` have a sign. */
function decimalLine(line: string): ListLine | undefined {
  const words = bareLine(line).split(/[\s,;]+/);
  if (!words.every((word) => /^-?\d{1,3}$/.test(word) && Number(word) >= -128 && Number(word) < 256)) return undefined;
  return {
    groups: words.map((word) => (Number(word) & 0xff).toString(16).padStart(2, "0")),
    form: "array of decimal numbers",
  };
}

/** A line of hexadecimal digits, or of numbers as an array has them. */
function digitsLine(line: string, isArray: boolean): ListLine | undefined {
  const bare = bareLine(line);
  if (/^(?:[0-9a-f]{2})+$/i.test(bare)) return { groups: [bare], form: "hexadecimal digits" };
  // A word with a colon and a blank is an offset.
  if (bare === "" || /^[0-9a-fx]{4,18}:\s/i.test(bare)) return undefined;
  const beside = /^((?:[0-9a-f]{2} ){7,31}[0-9a-f]{2}) {2,}\S.*$|^((?:[0-9a-f]{2} ){0,30}[0-9a-f]{2}) +\|.*$/i.exec(
    bare,
  );
  const words = (beside?.[1] ?? beside?.[2] ?? bare)
    .split(/["']?(?:[\s,:;-]+|(?=\\x))["']?/)
    .filter((word) => word !== "");
  const groups = words.map((word) => digitsOf(word, isArray));
  if (groups.length === 0 || !groups.every((group) => group !== undefined)) return undefined;
  return { groups, form: isArray ? "array of hexadecimal numbers" : "hexadecimal digits" };
}

/** The digits of a word; those of a number as Python's `hex` and C's `%#x` print it may be one. */
function digitsOf(word: string, isArray: boolean): string | undefined {
  const digits = /^(?:0x|\\x)?((?:[0-9a-f]{2})+)$/i.exec(word)?.[1];
  if (digits !== undefined || !isArray) return digits;
  const one = /^(?:0x([0-9a-f])|(0))$/i.exec(word);
  return one ? `0${one[1] ?? one[2]}` : undefined;
}
