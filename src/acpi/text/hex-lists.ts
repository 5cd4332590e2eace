import { DecodeError } from "../../errors.ts";
import { prefixStripper } from "./clean-lines.ts";
import { bytesOfGroups, type FoundBytes, fitLength, lengthOf, nbftOrder, type WordOrder } from "./found-bytes.ts";

/** A line that holds digits and nothing else. */
interface ListLine {
  readonly groups: readonly string[];
  readonly form: string;
}

const longestLine = 1 << 20;
/** An ACPI header. Less is the word in an OEM field, or a piece of a row. */
const shortest = 36;

/**
 * Tables as digits without offsets: `xxd -p`, `xxd -i` and other arrays, `od -A n`, kernel log rows without a prefix, digits with blanks, colons or
 * commas. A table starts where the signature is; what precedes it there, and a line number, is taken from the lines that follow too. It ends
 * with the first line that has anything else, or with its own Length where that is the end of a line.
 *
 * @throws {DecodeError} when lines of `*` stand for more than the Length can tell.
 */
export function listsIn(lines: readonly string[]): FoundBytes[] {
  const found: FoundBytes[] = [];
  for (let i = 0; i < lines.length; i++) {
    const start = signatureIn(lines[i]!);
    const first = start === undefined ? undefined : listLine(lines[i]!.slice(start));
    const order = first && nbftOrder(first.groups);
    if (!first || !order) continue;
    const rows: (ListLine | "*")[] = [first];
    const strip = prefixStripper(lines[i]!.slice(0, start));
    for (let j = i + 1; j < lines.length; j++) {
      const bare = strip(lines[j]!);
      const next = bare.trim() === "*" ? "*" : listLine(bare);
      if (!next || (next !== "*" && !isSameForm(next, first, order))) break;
      rows.push(next);
    }
    const bytes = tableOf(rows, order, i + 1);
    const width = first.groups[0]!.length;
    const form = order === "as bytes" ? first.form : `${first.form}, ${4 * width}-bit words`;
    if (bytes && bytes.length >= shortest) found.push({ ...fitLength(bytes, width / 2), line: i + 1, form });
    i += rows.length - 1;
  }
  return found;
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
      `the hex dump from line ${line} on has no offsets, so that what its lines of * stand for is not known: take it again with od -v`,
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

const byte = (value: string) => `(?:0x|\\\\x)?${value}`;
const between = "[\\s,:;-]{0,8}";
const signatures = [
  ["4e", "42", "46", "54"].map(byte).join(between),
  `(?:0x)?424e${between}(?:0x)?5446`,
  "(?:0x)?5446424e",
  "(?:0x)?[0-9a-f]{8}5446424e",
  "78,\\s{0,4}66,\\s{0,4}70,\\s{0,4}84",
].join("|");
const signature = new RegExp(`(?<![0-9a-z])(?:${signatures})`, "i");

/** Where in a line the signature is, as digits. */
function signatureIn(line: string): number | undefined {
  return line.length > longestLine ? undefined : signature.exec(line)?.index;
}

/** Whether a text may hold a table as digits: a quick look before a thorough one. */
export function hasSignature(text: string): boolean {
  return signature.test(text);
}

/** A line of digits, without comments, characters beside them, and the marks of a programming language. */
function listLine(line: string): ListLine | undefined {
  if (line.length > longestLine) return undefined;
  let bare = line;
  if (line.includes("/")) bare = bare.replace(/\/\*.*?\*\/|\/\/.*$/g, "");
  if (/[|<*]\s*$/.test(bare)) bare = bare.replace(/\s(?:\|.*\||>.*<|\*.*\*)\s*$/, "");
  bare = bare.replace(/^[\s"'`|]+|[\s,;)\]}"'\\`]+$/g, "");
  if (/^(?:[0-9a-f]{2})+$/i.test(bare)) return { groups: [bare], form: "hexadecimal digits" };
  // A word with a colon and a blank is an offset.
  if (bare === "" || /^[0-9a-fx]{4,18}:\s/i.test(bare)) return undefined;
  const beside = /^((?:[0-9a-f]{2} ){7,31}[0-9a-f]{2}) {2,}\S.*$/i.exec(bare);
  const words = (beside?.[1] ?? bare).split(/["']?(?:[\s,:;-]+|(?=\\x))["']?/).filter((word) => word !== "");
  if (words.length > 3 && bare.includes(",") && words.every((word) => /^\d{1,3}$/.test(word) && Number(word) < 256))
    return {
      groups: words.map((word) => Number(word).toString(16).padStart(2, "0")),
      form: "array of decimal numbers",
    };
  const groups = words.map((word) => /^(?:0x|\\x)?((?:[0-9a-f]{2})+)$/i.exec(word)?.[1]);
  if (groups.length === 0 || !groups.every((group) => group !== undefined)) return undefined;
  return { groups, form: /0x|\\x/.test(bare) ? "array of hexadecimal numbers" : "hexadecimal digits" };
}
