import { prefixStripper } from "./clean-lines.ts";
import { type FoundBytes, lengthOf } from "./found-bytes.ts";

/** Characters of `NBFT` in base64, but for the last, which the fifth byte shares. */
const start = "TkJGV";
const digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/** Tables in base64: from the signature on, lines of one length and a last one that may be shorter. */
export function base64In(lines: readonly string[]): FoundBytes[] {
  const found: FoundBytes[] = [];
  for (let i = 0; i < lines.length; i++) {
    const at = new RegExp(`(?<![A-Za-z0-9+/_-])${start}`).exec(lines[i]!)?.index;
    if (at === undefined) continue;
    const first = /^[A-Za-z0-9+/_-]*={0,2}/.exec(lines[i]!.slice(at))![0];
    const rows = [first];
    const length = lengthOf(decode(first)) ?? Number.POSITIVE_INFINITY;
    let characters = first.length;
    // The first line may follow a word; the rows after it are alone on theirs.
    const whole = /^["'\\,`]*\s*$/.test(lines[i]!.slice(at + first.length));
    const strip = prefixStripper(lines[i]!.slice(0, at));
    for (let j = i + 1; whole && !first.endsWith("=") && j < lines.length; j++) {
      const row = /^[\s"'|]*([A-Za-z0-9+/_-]+={0,2})["'\\,`]*\s*$/.exec(strip(lines[j]!))?.[1];
      if (
        row === undefined ||
        // Another table, right below one that is whole.
        (row.startsWith(start) && decodedSize(characters) >= length) ||
        row.length > rows.at(-1)!.length ||
        (rows.length > 1 && rows.at(-1)!.length < first.length)
      )
        break;
      rows.push(row);
      characters += row.length;
      if (row.endsWith("=")) break;
    }
    const bytes = tableOf(rows);
    if (bytes) found.push({ bytes, line: i + 1, end: i + 1 + rows.length, form: "base64" });
    i += rows.length - 1;
  }
  return found;
}

/** The bytes of all rows, or of as many as the table's own Length takes. */
function tableOf(rows: readonly string[]): Uint8Array | undefined {
  const length = lengthOf(decode(rows[0]!));
  let characters = 0;
  const end = rows.findIndex((row) => {
    characters += unpadded(row).length;
    return decodedSize(characters) === length;
  });
  const bytes = decode((end < 0 ? rows : rows.slice(0, end + 1)).join(""));
  return bytes.length >= 8 ? bytes : undefined;
}

const unpadded = (text: string) => text.replace(/=+$/, "");
const decodedSize = (characters: number) => Math.floor((characters * 3) / 4);

/** Bytes of base64 digits, those for URLs too (RFC 4648, section 5); padding may be missing. */
function decode(padded: string): Uint8Array {
  const text = unpadded(padded).replaceAll("-", "+").replaceAll("_", "/");
  const bytes = new Uint8Array(decodedSize(text.length));
  let word = 0;
  let at = 0;
  for (let i = 0; i < text.length; i++) {
    word = ((word << 6) | digits.indexOf(text.charAt(i))) & 0xffffff;
    if (i % 4 > 0 && at < bytes.length) bytes[at++] = (word >> (6 - 2 * (i % 4))) & 0xff;
  }
  return bytes;
}

/** Whether a text may hold a table in base64. */
export function hasBase64(text: string): boolean {
  return text.includes(start);
}
