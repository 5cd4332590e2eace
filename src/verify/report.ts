import { type Bytes, checkBytes } from "../bytes/bytes.ts";
import { concatBytes } from "../bytes/concat.ts";
import { latin1Text } from "../bytes/latin1.ts";
import { withoutSecrets } from "../secrets/hide.ts";
/** One thing that a report holds: a file, or what a program said. */
export interface ReportPart {
  /** `tables/NBFT`, `ip-addr.json`, … */
  readonly name: string;
  /** Its contents, as far as they are there. */
  readonly bytes: Uint8Array;
  /** Exit status of what was asked for it; absent where the part was cut off. */
  readonly status: number | undefined;
  /** The mark of its end was there. */
  readonly complete: boolean;
}

/** What one run of the collector reported: before the root file system was mounted, after, … */
export interface ReportStage {
  /** What the collector was told: `early`, `root`, `system`, …; empty for parts that are before any stage. */
  readonly name: string;
  /** In the order of the report. */
  readonly parts: readonly ReportPart[];
  /** The mark that the collector writes last was there. */
  readonly done: boolean;
}

/** A report as it was read. */
export interface CollectorReport {
  /** The first one's where several were put together; undefined where nothing in the input declares a report. */
  readonly nonce: string | undefined;
  /** In the order of the report. */
  readonly stages: readonly ReportStage[];
  /** What was wrong with it, in words. */
  readonly problems: readonly string[];
  /** There are marks of another report in it, whose beginning is missing or which is inside a part. */
  readonly mixed: boolean;
}

/** Limits that no honest report comes near: what lies after them is not looked at. */
const mostParts = 20_000;
const longestMark = 1024;
const mostProblems = 50;

const newline = 0x0a;
const at = 0x40;

/**
 * Reads a report. Every mark stands on a line of its own and carries the report's nonce, so that the content of a part, however hostile, cannot
 * pass for a mark. Truncated, interleaved and flooded input gives what can be told apart, and says what is wrong. Time follows the size of the input.
 *
 * @param nonce the report's nonce where the reader knows it: then everything else is left out. Otherwise every report in the input is read, one after
 * the other; between its parts, each declares a nonce of its own.
 */
export function readReport(bytes: Uint8Array, nonce?: string): CollectorReport {
  checkBytes(bytes);
  const reader = new ReportReader(bytes, nonce);
  reader.run();
  return { nonce: reader.nonce, stages: reader.stages, problems: reader.problems, mixed: reader.mixed };
}

interface OpenPart {
  readonly name: string;
  readonly start: number;
  readonly carriage: boolean;
}

class ReportReader {
  readonly stages: { name: string; parts: ReportPart[]; done: boolean }[] = [];
  readonly problems: string[] = [];
  nonce: string | undefined;
  mixed = false;
  private readonly bytes: Uint8Array;
  /** The nonce that marks carry now. */
  private current: string | undefined;
  private readonly fixed: boolean;
  private parts = 0;
  private open: OpenPart | undefined;

  constructor(bytes: Uint8Array, nonce: string | undefined) {
    this.bytes = bytes;
    this.nonce = nonce;
    this.current = nonce;
    this.fixed = nonce !== undefined;
  }

  run(): void {
    const { bytes } = this;
    for (let found = bytes.indexOf(at); found >= 0 && this.parts <= mostParts; found = bytes.indexOf(at, found + 1)) {
      if (bytes[found + 1] !== at || (found > 0 && bytes[found - 1] !== newline && !isMark(bytes, found))) continue;
      const end = bytes.subarray(found, found + longestMark).indexOf(newline);
      if (end < 0) continue;
      const carriage = bytes[found + end - 1] === 0x0d;
      const line = latin1Text(bytes.subarray(found + 2, found + end - (carriage ? 1 : 0)));
      if (this.mark(line, found, found + end + 1, carriage)) found += end;
    }
    if (this.parts > mostParts) this.problem(`more than ${mostParts} parts`);
    this.close(bytes.length, undefined);
    if (this.nonce === undefined) this.problem("no report is declared in it");
    else if (this.stages.length === 0) this.problem("the report has no stage");
    for (const stage of this.stages) if (!stage.done) this.problem(`stage ${stage.name} stops before its DONE mark`);
  }

  private mark(line: string, start: number, next: number, carriage: boolean): boolean {
    const declared = /^nbft-report (\d+) ([0-9a-zA-Z-]{8,64})$/.exec(line);
    if (declared && !this.open) {
      if (declared[1] !== "1") this.problem(`a report of version ${declared[1]}, which is not known here`);
      else if (!this.fixed) {
        this.nonce ??= declared[2];
        this.current = declared[2];
      }
      return true;
    }
    const other = /^([0-9a-zA-Z-]{8,64}) (?:STAGE|BEGIN|END|DONE)(?: |$)/.exec(line);
    // What guests say is inside a part, and carries marks of its own; a run of the lab does not.
    if (other && !this.fixed && other[1] !== this.current && !this.mixed && (!this.open || / STAGE lab$/.test(line))) {
      this.mixed = true;
      this.problem(`marks of another report${this.open ? " inside a part" : ", whose beginning is missing"}`);
    }
    const [word, ...rest] =
      this.current !== undefined && line.startsWith(`${this.current} `)
        ? line.slice(this.current.length + 1).split(" ")
        : [];
    switch (word) {
      case "STAGE":
        this.close(start, undefined);
        this.stages.push({ name: rest.join(" "), parts: [], done: false });
        return true;
      case "BEGIN":
        this.close(start, undefined);
        this.open = { name: rest.join(" "), start: next, carriage };
        this.parts++;
        return true;
      case "END":
        this.end(start, rest);
        return true;
      case "DONE":
        this.close(start, undefined);
        this.done(rest.join(" "));
        return true;
      default:
        return false;
    }
  }

  private end(start: number, rest: readonly string[]): void {
    const status = Number(rest.at(-1));
    const name = rest.slice(0, -1).join(" ");
    if (this.open?.name !== name) this.problem(`an END mark for ${name || "nothing"}, which is not open`);
    else this.close(start, Number.isInteger(status) ? status : undefined);
  }

  private done(name: string): void {
    const stage = this.stages.findLast((candidate) => candidate.name === name);
    if (stage) stage.done = true;
    else this.problem(`a DONE mark for stage ${name}, which never began`);
  }

  /** Ends the open part: with a status where its END mark was met, as cut off otherwise. */
  private close(end: number, status: number | undefined): void {
    const part = this.open;
    if (!part) return;
    this.open = undefined;
    // Each mark brings a line end of its own before it.
    let stop = end > part.start && this.bytes[end - 1] === newline ? end - 1 : end;
    if (part.carriage && stop > part.start && this.bytes[stop - 1] === 0x0d) stop--;
    const raw = this.bytes.subarray(part.start, Math.max(part.start, stop));
    const bytes = part.carriage ? withoutCarriage(raw) : raw;
    const complete = status !== undefined;
    if (!complete) this.problem(`part ${part.name} is cut off`);
    if (this.stages.length === 0) this.stages.push({ name: "", parts: [], done: false });
    this.stages.at(-1)!.parts.push({ name: part.name, bytes, status, complete });
  }

  private problem(text: string): void {
    if (this.problems.length < mostProblems) this.problems.push(text);
  }
}

/** Whether what is before a position is a byte order mark, as editors put it at the start of a file. */
function isMark(bytes: Uint8Array, position: number): boolean {
  return position === 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
}

/** A terminal puts a CR before each LF; taking exactly that one away gives the bytes that were written. */
function withoutCarriage(bytes: Uint8Array): Uint8Array {
  const clean = new Uint8Array(bytes.length);
  let length = 0;
  for (let i = 0; i < bytes.length; i++) {
    if (bytes[i] === 0x0d && bytes[i + 1] === newline) continue;
    clean[length++] = bytes[i]!;
  }
  return clean.subarray(0, length);
}

/** Text of a part's bytes, UTF-8 with replacement characters for what is none; without keys, should another collector have let some through. */
export function partText(part: ReportPart | undefined): string | undefined {
  return part && withoutSecrets(new TextDecoder().decode(part.bytes));
}

/** Writes a report with one stage: what {@link readReport} reads back. */
export function encodeReport(
  nonce: string,
  stage: string,
  parts: readonly { readonly name: string; readonly bytes: Uint8Array; readonly status?: number }[],
): Bytes {
  const text = (line: string) => new TextEncoder().encode(line);
  const pieces: Uint8Array[] = [text(`@@nbft-report 1 ${nonce}\n@@${nonce} STAGE ${stage}\n`)];
  for (const { name, bytes, status } of parts)
    pieces.push(text(`\n@@${nonce} BEGIN ${name}\n`), bytes, text(`\n@@${nonce} END ${name} ${status ?? 0}\n`));
  pieces.push(text(`\n@@${nonce} DONE ${stage}\n`));
  return concatBytes(pieces);
}
