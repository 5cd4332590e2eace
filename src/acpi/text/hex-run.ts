import { DecodeError } from "../../errors.ts";
import { parseHex } from "../../text/hex.ts";
import { type FoundBytes, fitLength, nbftOrder, type WordOrder } from "./found-bytes.ts";
import { type HexRow, sizeOf } from "./hex-rows.ts";

/** Rows of one dump, in the order of the text. */
export interface HexRun {
  readonly rows: HexRow[];
  /** Rows before which an asterisk stands: the row before repeats up to them. */
  readonly repeated: Set<HexRow>;
  /** An asterisk stands after the last row. */
  repeatedAtEnd: boolean;
  /** The offset alone that ends a dump of hexdump and od. */
  end?: { readonly line: number; readonly end: string };
}

/** Most bytes that asterisks may stand for altogether. */
const mostRepeated = 1 << 16;

const bases = [
  [16, "hexadecimal"],
  [8, "octal"],
  [10, "decimal"],
] as const;

type Base = (typeof bases)[number];

/** A number of an offset. Sixteen digits do not fit a number; the last twelve tell rows apart as well. */
const offsetIn = (digits: string, [base]: Base) => Number.parseInt(base === 16 ? digits.slice(-12) : digits, base);

/** Whether a row may follow another in one dump: same groups, offsets of one form, going up. */
export function follows(before: HexRow, row: HexRow): boolean {
  // The rest of a last row may be shorter than a group.
  const rest = row.groups.length === 1 && row.width < before.width;
  if ((row.width !== before.width && !rest) || row.offset.length < before.offset.length) return false;
  if (row.offset.length !== before.offset.length && row.offset.startsWith("0")) return false;
  return offsetIn(row.offset, bases[0]) > offsetIn(before.offset, bases[0]);
}

/**
 * The bytes of a dump whose first row starts with the table's signature.
 *
 * The base of the offsets is the one in which rows follow each other without holes. Words of several bytes have the order in which the
 * signature is read.
 *
 * @throws {DecodeError} when offsets fit no base, or two.
 */
export function bytesOfRun(run: HexRun): FoundBytes {
  const { rows } = run;
  const [first] = rows;
  const order = nbftOrder(first!.groups)!;
  const width = usualSize(rows);
  const base = baseOf(run, width);
  const edge = rows.find((row) => sizeOf(row) === width)?.ends.at(-1) ?? Number.POSITIVE_INFINITY;
  const start = offsetIn(first!.offset, base);
  const bytes: number[] = [];
  let room = mostRepeated;
  let last: readonly number[] = [];
  const form = `hex dump (${words(first!, order)}, ${base[1]} offsets)`;
  const found = (problem?: FoundBytes["problem"]): FoundBytes => ({
    ...fitLength(Uint8Array.from(bytes), first!.width / 2),
    line: first!.line,
    end: (run.end ?? rows.at(-1)!).line + 1,
    form,
    ...(start >= 0x1000 && { address: start }),
    ...(problem && { problem }),
  });
  /** Fills up to an offset; what is wrong when rows are missing. */
  const fill = (to: number, repeat: boolean, line: number): FoundBytes["problem"] => {
    const gap = to - bytes.length;
    if (gap < 0 || gap > (repeat && last.length > 0 ? room : 0))
      return {
        line,
        message: `line ${line} is for offset 0x${(to + start).toString(16)}, expected 0x${(bytes.length + start).toString(16)}`,
      };
    room -= gap;
    for (let n = 0; n < gap; n++) bytes.push(last[n % last.length]!);
    return undefined;
  };
  for (const row of rows) {
    const problem = fill(offsetIn(row.offset, base) - start, run.repeated.has(row), row.line);
    if (problem) return found(problem);
    last = bytesOfRow(row, order, width, edge);
    for (const byte of last) bytes.push(byte);
  }
  if (run.end) {
    const end = offsetIn(run.end.end, base) - start;
    // A last word that is only half there is printed whole.
    if (end < bytes.length && bytes.length - end < first!.width / 2) bytes.length = end;
    else if (end > bytes.length) {
      const problem = fill(end, run.repeatedAtEnd, run.end.line);
      if (problem) return found(problem);
    }
  }
  return found();
}

/** The bytes of most rows. A row may seem longer where its column of characters looks like digits. */
function usualSize(rows: readonly HexRow[]): number {
  const counts = new Map<number, number>();
  for (const row of rows) counts.set(sizeOf(row), (counts.get(sizeOf(row)) ?? 0) + 1);
  return [...counts].sort(([a, times], [b, other]) => other - times || b - a)[0]![0];
}

function baseOf({ rows, repeated }: HexRun, width: number): Base {
  if (rows.length === 1) return bases[0];
  const digits = rows.map(({ offset }) => offset).join("");
  const possible = bases.filter(([base]) =>
    base === 16 ? true : !rows.some(({ marked }) => marked) && (base === 8 ? /^[0-7]*$/ : /^\d*$/).test(digits),
  );
  const scores = possible.map((base) => {
    let fits = 0;
    let pairs = 0;
    for (const [i, row] of rows.entries()) {
      if (i === 0 || repeated.has(row)) continue;
      pairs++;
      const step = offsetIn(row.offset, base) - offsetIn(rows[i - 1]!.offset, base);
      if (step === Math.min(width, sizeOf(rows[i - 1]!))) fits++;
    }
    return pairs === 0 ? 0 : fits / pairs;
  });
  const best = Math.max(...scores);
  const winners = possible.filter((_, i) => scores[i] === best);
  const at = `the hex dump from line ${rows[0]!.line} on`;
  if (rows.every((row, i) => i === 0 || repeated.has(row))) return possible[0]!;
  if (best < 0.5)
    throw new DecodeError(`${at} has offsets that do not fit its rows: take it again, with xxd or hexdump -C`);
  if (winners.length > 1)
    throw new DecodeError(
      `${at} can be read with ${winners.map(([, name]) => name).join(" or ")} offsets: take it again, with xxd or hexdump -C`,
    );
  return winners[0]!;
}

function bytesOfRow(row: HexRow, order: WordOrder, width: number, edge: number): number[] {
  const bytes: number[] = [];
  for (const [i, group] of row.groups.entries()) {
    if (row.ends[i]! > edge || bytes.length >= width) break;
    const word = [...parseHex(group)!];
    bytes.push(...(order === "low byte first" ? word.reverse() : word));
  }
  return bytes.slice(0, width);
}

function words({ width }: HexRow, order: WordOrder): string {
  return width === 2 ? "bytes" : order === "as bytes" ? `groups of ${width / 2} bytes` : `${4 * width}-bit words`;
}
