import { bareText } from "./text/bare-text.ts";
import { stringsIn } from "./text/escaped-strings.ts";
import { type FoundBytes, linesOutside, nbftOrder } from "./text/found-bytes.ts";
import { listsIn } from "./text/hex-lists.ts";
import { type HexRow, hexLineOf } from "./text/hex-rows.ts";
import { bytesOfRun, follows, type HexRun } from "./text/hex-run.ts";

/**
 * The tables of lines as digits, in the order of the text.
 *
 * @throws {DecodeError} when they can be read in two ways.
 */
export function hexIn(lines: readonly string[]): FoundBytes[] {
  const dumps = runsIn(lines).map(bytesOfRun);
  const strings = stringsIn(linesOutside(lines, dumps));
  const lists = listsIn(linesOutside(lines, [...dumps, ...strings]));
  return [...dumps, ...strings, ...lists].sort((a, b) => a.line - b.line);
}

/** `NBFT` as dumps print it that are not hexadecimal. */
const otherDumps: readonly (readonly [signature: RegExp, what: string])[] = [
  [/\b116 +102 +106 +124\b/, "an octal dump of bytes (hexdump -b)"],
  [/\b041116 +052106\b/, "an octal dump of words (od without options, hexdump -o)"],
  [/\b16974 +21574\b/, "a decimal dump of words (hexdump -d)"],
  [/^[ \t]*\d{1,8} +78 +66 +70 +84\b/m, "a decimal dump of bytes (od -t u1, od -t d1)"],
  [/\b01001110 +01000010 +01000110 +01010100\b/, "a dump of bits (xxd -b)"],
  [/<Buffer 4e 42 46 54[^>]{0,160} more bytes>/, "the start of a Buffer, which is all that Node.js prints"],
  [/^\S{6,8} +N +B +F +T /m, "a dump of characters (od -c)"],
];

/** What a text is that shows an NBFT in other digits than hexadecimal ones; such a dump has to be taken again. */
export function otherDump(shown: string): string | undefined {
  const { text } = bareText(shown);
  const what = otherDumps.find(([start]) => start.test(text))?.[1];
  return what && `${what}: take it again, with xxd FILE or hexdump -C FILE`;
}

/** A text with more of them is not a report. */
const mostTables = 256;

/** Rows of dumps that begin with the signature, dump by dump. */
function runsIn(lines: readonly string[]): HexRun[] {
  const runs: HexRun[] = [];
  let open: HexRun | undefined;
  let last: HexRow | undefined;
  let repeated = false;
  for (const [i, text] of lines.entries()) {
    const line = hexLineOf(text, i + 1, open && last);
    if (!line) continue;
    if ("repeat" in line) repeated = true;
    else if ("end" in line) {
      if (open && last && line.end.length === last.offset.length && line.line - last.line <= 2) {
        open.end = line;
        open.repeatedAtEnd = repeated;
        open = undefined;
      }
      repeated = false;
    } else {
      if (open && last && follows(last, line)) {
        open.rows.push(line);
        if (repeated) open.repeated.add(line);
        last = line;
      } else if (runs.length < mostTables && nbftOrder(line.groups)) {
        open = { rows: [line], repeated: new Set(), repeatedAtEnd: false };
        runs.push(open);
        last = line;
      }
      repeated = false;
    }
  }
  return runs;
}
