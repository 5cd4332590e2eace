/** A line of a dump: an offset, then some bytes in groups. */
export interface HexRow {
  /** Number of the line, from 1. */
  readonly line: number;
  /** Digits of the offset as written, without `0x`. */
  readonly offset: string;
  /** The offset says that it is hexadecimal: `0x`, an `h`, or a letter. */
  readonly marked: boolean;
  /** Digits of each group, all of `width` characters; a last one may be shorter. */
  readonly groups: readonly string[];
  /** Digits in a group: 2 for single bytes, 4, 8, 16 for words. */
  readonly width: number;
  /** Column where each group ends, counted from the first one's start. */
  readonly ends: readonly number[];
}

/** What a line is to a hex dump: a row of bytes, an offset alone (the end), an asterisk (the row before, repeated), or nothing. */
export type HexLine = HexRow | { readonly line: number; readonly end: string } | { readonly repeat: true } | undefined;

interface Word {
  readonly text: string;
  readonly at: number;
}

/** Words before the offset: line numbers, a name. */
const mostBefore = 6;
/** Groups in a row: `xxd -c 256`. */
const mostGroups = 256;
const longestLine = 2048;

/** The row before, repeated: also as a string of JSON, in backticks, or an element. */
const repeatWord = /^(?:\+|\S{0,64}["'`>:])?\*(?:\\n)?(?:["'`<]\S{0,256})?$/;

/**
 * Reads one line, cleaned of quotes and time stamps, as a row of a dump.
 *
 * @param before the row before it in its dump
 */
export function hexLineOf(line: string, number: number, before?: HexRow): HexLine {
  if (line.length > longestLine) return undefined;
  const words = wordsOf(line);
  if (words.length === 0) return undefined;
  const last = words.at(-1)!.text;
  if (repeatWord.test(last) && words.length <= mostBefore) return { repeat: true };
  // With another pane of a terminal beside it.
  if (words[0]!.text === "*" && words[1]!.at >= 32) return { repeat: true };
  let best: HexRow | undefined;
  for (let i = 0; i < Math.min(mostBefore, words.length - 1); i++) {
    const row = rowAt(words, i, number);
    if (row && (!best || isBetter(row, best, before))) best = row;
  }
  if (best) return best;
  const end = words.length <= 2 && /^(?:0x)?([0-9a-f]{5,16})h?:?$/i.exec(last);
  return end ? { line: number, end: end[1]! } : undefined;
}

/**
 * The form of the row before; else more bytes; of about as many, the longer offset: the shorter one is the number of a line. A short last row has fewer
 * bytes than a number before it that is taken for an offset.
 */
function isBetter(row: HexRow, than: HexRow, before: HexRow | undefined): boolean {
  const [goesOn, thanGoesOn] = [row, than].map((each) => before !== undefined && hasFormOf(before, each));
  if (goesOn !== thanGoesOn) return goesOn!;
  return row.offset.length > Math.max(than.offset.length, 2)
    ? sizeOf(row) + 1 >= sizeOf(than)
    : sizeOf(row) > sizeOf(than);
}

function hasFormOf(before: HexRow, row: HexRow): boolean {
  // 100 follows 90.
  const isLonger = row.offset.length > before.offset.length && !row.offset.startsWith("0");
  if (row.width !== before.width || !(row.offset.length === before.offset.length || isLonger)) return false;
  return [16, 10, 8].some((base) => {
    const [to, from] = [row, before].map(({ offset }) => Number.parseInt(offset.slice(-12), base));
    return to! > from! && (to! - from!) % sizeOf(before) === 0;
  });
}

/** Bytes that a row's groups stand for. */
export function sizeOf(row: HexRow): number {
  return row.groups.reduce((size, group) => size + group.length / 2, 0);
}

/** A row of comma-separated values, or with semicolons or tabs: an offset, then bytes or words, each or all of them in quotes. */
const csvRow =
  /^\s*"?(?:0x)?[0-9a-f]{1,16}h?"? ?(?:([,;\t]) ?"?(?:0x)?(?:[0-9a-f]{2}){1,8}"?\s*(?:\1|$)|(?<=" ?)[,;] ?"[0-9a-f]{2})/i;

/** Words between blanks; the hyphen after the eighth byte (`00-01`, UEFI Shell, which writes it after the last of eight as well) is a blank. */
function wordsOf(line: string): Word[] {
  const words: Word[] = [];
  // A row of a table in Markdown, of hexyl, or of comma-separated values. Columns stay where they are.
  let bare = line;
  if (/^\s*[|│]/.test(line)) bare = line.replace(/[|`│┊]/g, " ");
  else if (csvRow.test(line)) {
    const unquoted = line.replaceAll('"', " ");
    bare = unquoted.replace(/(?<=[0-9a-f])h?\s*[,;\t]/i, ": ").replace(/[,;]/g, " ");
  }
  for (const { 0: text, index } of bare.matchAll(/\S+/g)) {
    const pair = /^([0-9a-f]{2})-([0-9a-f]{2})?$/i.exec(text);
    if (pair) {
      words.push({ text: pair[1]!, at: index });
      if (pair[2] !== undefined) words.push({ text: pair[2], at: index + 3 });
    } else if (text !== "-") words.push({ text, at: index });
    if (words.length > mostGroups + 8) break;
  }
  return words;
}

/**
 * An offset; one of a single digit has a colon or brackets. Before it may stand: WinDbg's mark of a physical address, a diff's mark of what it adds, a fence,
 * an element or a JSON string that begins in its line, what `grep -n` and logs put there.
 */
const offsetWord =
  /^(?:[#+]|\S{0,64}["'`([\]}>]|(?:[^\s:]{1,64}:){1,2})?(0x)?([0-9a-f]{2,16}|[0-9a-f](?=[:)\]]))(h?)[)\]]?[:|]?$/i;

/** The row whose offset is the word at `i`. */
function rowAt(words: readonly Word[], i: number, line: number): HexRow | undefined {
  // WinDbg has a mark in a long address.
  const offset = offsetWord.exec(words[i]!.text.replace(/(?<=[0-9a-f])`(?=[0-9a-f])/i, ""));
  if (!offset) return undefined;
  let next = i + 1;
  // GDB names a symbol, and the colon may stand apart.
  if (/^<[^>]{1,64}>:?$/.test(words[next]?.text ?? "")) next++;
  if (/^[:|]$/.test(words[next]?.text ?? "")) next++;
  const groups: string[] = [];
  const ends: number[] = [];
  const start = words[next]?.at ?? 0;
  let width = 0;
  for (const { text, at } of words.slice(next, next + mostGroups)) {
    const digits = /^(?:0x)?((?:[0-9a-f]{2}){1,8})(?:["'`][,;]?)?$/i.exec(text)?.[1];
    if (digits === undefined) break;
    if (width === 0) width = digits.length;
    // An odd byte at the end of xxd's pairs.
    const shorter = digits.length !== width;
    if (shorter && digits.length > width) break;
    groups.push(digits);
    ends.push(at + text.length - start);
    if (shorter) break;
  }
  // The last bytes of a dump may be less than a group.
  if (groups.length === 0 || (groups.length > 1 && ![2, 4, 8, 16].includes(width))) return undefined;
  const [, zeroX, digits, h] = offset;
  return {
    line,
    offset: digits!,
    marked: zeroX !== undefined || h !== "" || /[a-f]/i.test(digits!),
    groups,
    width,
    ends,
  };
}
