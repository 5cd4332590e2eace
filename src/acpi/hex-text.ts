import { equalBytes } from "../bytes/compare.ts";
import { DecodeError } from "../errors.ts";
import type { TextReading } from "./acpidump-text.ts";
import { nameTables, signatureOf } from "./found-table.ts";
import { containerFinding } from "./rules.ts";
import { base64In, hasBase64 } from "./text/base64-text.ts";
import { cleanLines } from "./text/clean-lines.ts";
import { type FoundBytes, lengthOf, nbftOrder } from "./text/found-bytes.ts";
import { hasSignature, listsIn } from "./text/hex-lists.ts";
import { type HexRow, hexLineOf } from "./text/hex-rows.ts";
import { bytesOfRun, follows, type HexRun } from "./text/hex-run.ts";

/**
 * NBFTs that a text shows as hexadecimal digits, wherever in it they are: quoted, indented, fenced, after a kernel log's time stamps, with line
 * numbers.
 *
 * Dumps with offsets come first, then digits without. Offsets are hexadecimal, octal or decimal: whichever makes the rows follow each other. Groups
 * of two, four or eight bytes are bytes in their order or little-endian words: whichever begins with `NBFT`. A line of `*` repeats the row before, as
 * hexdump and od mean it. Missing rows end the table with a finding; findings carry the line number, from 1, as `offset`.
 *
 * @throws {DecodeError} when the text can be read in two ways.
 */
export function parseHexDump(text: string): TextReading {
  const lines = cleanLines(text);
  const dumps = runsIn(lines).map(bytesOfRun);
  return readingOf("hex", dumps.length > 0 ? dumps : listsIn(lines));
}

/** Whether a text shows an NBFT as hexadecimal digits. One that can be read in two ways counts, so that its reader says so. */
export function isHexDump(text: string): boolean {
  if (!hasSignature(text)) return false;
  try {
    return parseHexDump(text).tables.length > 0;
  } catch (error) {
    if (error instanceof DecodeError) return true;
    throw error;
  }
}

/** `NBFT` as dumps print it that are not hexadecimal. */
const otherDumps: readonly (readonly [signature: RegExp, what: string])[] = [
  [/\b116 +102 +106 +124\b/, "an octal dump of bytes (hexdump -b)"],
  [/\b041116 +052106\b/, "an octal dump of words (od without options, hexdump -o)"],
  [/\b16974 +21574\b/, "a decimal dump of words (hexdump -d)"],
  [/\b01001110 +01000010 +01000110 +01010100\b/, "a dump of bits (xxd -b)"],
  [/^\S{6,8} +N +B +F +T /m, "a dump of characters (od -c)"],
];

/** What a text is that shows an NBFT in other digits than hexadecimal ones; such a dump has to be taken again. */
export function otherDump(text: string): string | undefined {
  const what = otherDumps.find(([start]) => start.test(text))?.[1];
  return what && `${what}: take it again, with xxd FILE or hexdump -C FILE`;
}

/** NBFTs that a text shows in base64, wherever in it they are. */
export function parseBase64(text: string): TextReading {
  return readingOf("base64", base64In(cleanLines(text)));
}

/** Whether a text shows an NBFT in base64. */
export function isBase64(text: string): boolean {
  return hasBase64(text) && parseBase64(text).tables.length > 0;
}

/** A text with more of them is no report. */
const mostTables = 256;

/** Rows of dumps that begin with the signature, dump by dump. */
function runsIn(lines: readonly string[]): HexRun[] {
  const runs: HexRun[] = [];
  let open: HexRun | undefined;
  let last: HexRow | undefined;
  let repeated = false;
  for (const [i, text] of lines.entries()) {
    const line = hexLineOf(text, i + 1);
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

/** A text that has fewer bytes than its table. */
function lengthProblem(path: string, bytes: Uint8Array, line: number) {
  const length = lengthOf(bytes) ?? 0;
  const message = `the table says ${length} bytes, the text holds ${bytes.length}`;
  return length > bytes.length ? [containerFinding("K002", path, line, 0, message, "Take the dump again")] : [];
}

/** The tables, each once however often a thread quotes it, and a note on the form of each. */
function readingOf(path: string, found: readonly FoundBytes[]): TextReading {
  const once = found.filter(({ bytes }, i) => !found.slice(0, i).some((before) => equalBytes(before.bytes, bytes)));
  return {
    tables: nameTables(
      once.map(({ bytes, line, address }) => ({
        signature: signatureOf(bytes),
        bytes,
        origin: `line ${line}`,
        ...(address !== undefined && { address }),
      })),
    ),
    diagnostics: once.flatMap(({ bytes, line, form, problem }) => [
      containerFinding("K005", path, line, 0, `read as ${form}, ${bytes.length} bytes from line ${line} on`),
      ...(problem ? [] : lengthProblem(path, bytes, line)),
      ...(problem
        ? [
            containerFinding(
              "K001",
              path,
              problem.line,
              0,
              problem.message,
              "Lines of the dump are missing or out of order",
            ),
          ]
        : []),
    ]),
  };
}
