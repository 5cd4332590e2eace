import { type ByteDifference, diffBytes } from "../diff/diff-bytes.ts";
import { diffFrames, type FrameDifference } from "../diff/diff-frames.ts";
import { diffTables, type TableDifference } from "../diff/diff-tables.ts";
import { type NbftReading, readNbft } from "../nbft/read/read.ts";
import { spansOf } from "../nbft/read/spans.ts";
import { tableRule } from "../rules/index.ts";
import { formatHex } from "../text/hex.ts";

/** A repair that was made. */
export interface AppliedFix {
  /** Code of the rule, such as `H002`. */
  readonly rule: string;
  /** Name of the rule, such as `checksum`. */
  readonly name: string;
  /** What was done, in words. */
  readonly title: string;
  /** Number of findings it was about. */
  readonly findings: number;
  /** What the table says differently now. */
  readonly changes: readonly TableDifference[];
  /** What its frame states differently now. */
  readonly frame: readonly FrameDifference[];
  /** Where only bytes differ: reserved ones, leftovers, references; empty where the table says something differently. */
  readonly bytes: readonly ByteDifference[];
  /** What releases read before and no more, where the repair was asked for by its rule: `nvme-cli@2.13 no longer reads the table`. */
  readonly costs: readonly string[];
}

/** Bytes of the longest field that is shown as it is stored. */
const MOST_STORED = 32;

/** Describes a repair by the bytes before and after it. */
export function describeFix(
  rule: string,
  findings: number,
  before: Uint8Array,
  after: Uint8Array,
  costs: readonly string[] = [],
): AppliedFix {
  const { name, fix = "" } = tableRule(rule)!;
  const [a, b] = [readNbft(before), readNbft(after)];
  const changes = diffTables(a.table, b.table);
  const frame = diffFrames(a, b);
  const shown = changes.length > 0 || frame.some(({ path }) => path !== "header.checksum");
  return { rule, name, title: fix, findings, changes, frame, bytes: shown ? [] : bytesOf(a, b), costs };
}

/** Where bytes differ, but for those of the checksum: that is shown with the frame. */
function bytesOf(before: NbftReading, after: NbftReading): ByteDifference[] {
  const found = diffBytes(before, after).filter(({ path }) => path !== "header.checksum");
  return found.length > 0 ? found : storedOf(before, after);
}

/** Fields that are stored otherwise, where nothing else shows it: a reference to what cannot be read. */
function storedOf({ frame }: NbftReading, { frame: other }: NbftReading): ByteDifference[] {
  return spansOf(frame).flatMap(({ path, offset, length }) => {
    const [before, after] = [frame, other].map(({ input }) => formatHex(input.subarray(offset, offset + length)));
    if (path === "header.checksum" || before === after || length > MOST_STORED) return [];
    return [
      { kind: "bytes", path, before: { offset, length, bytes: before! }, after: { offset, length, bytes: after! } },
    ];
  });
}
