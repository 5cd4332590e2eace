import { checksumFor, sumBytes } from "../acpi/checksum.ts";
import type { Bytes } from "../bytes/bytes.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { type ByteDifference, diffBytes } from "../diff/diff-bytes.ts";
import { diffFrames, type FrameDifference } from "../diff/diff-frames.ts";
import { diffTables, type TableDifference } from "../diff/diff-tables.ts";
import { DecodeError } from "../errors.ts";
import { type NbftReading, readNbft } from "../nbft/read/read.ts";
import { spansOf } from "../nbft/read/spans.ts";
import { nbftHeader } from "../nbft/structures/index.ts";
import { ruleOf, rulesNamed } from "../rules/index.ts";
import { validate } from "../rules/validate.ts";
import { formatHex } from "../text/hex.ts";
import type { Fix } from "./fix.ts";
import { frameFixes } from "./frame-fixes.ts";
import { heapFixes } from "./heap-fixes.ts";
import { hfiFixes } from "./hfi-fixes.ts";
import { hostFixes } from "./host-fixes.ts";
import { discoveryFixes, securityFixes } from "./list-fixes.ts";
import { ssnsFixes } from "./ssns-fixes.ts";
import { undone, unrepairable } from "./unrepaired.ts";

export type { Fix } from "./fix.ts";

/** Every fix but that of the checksum, in the order in which they are applied: the table's frame first, then what needs it. */
export const fixes: readonly Fix[] = [
  ...frameFixes,
  ...hostFixes,
  ...heapFixes,
  ...hfiFixes,
  ...ssnsFixes,
  ...securityFixes,
  ...discoveryFixes,
];

/** The rule whose repair is the last step of every other. */
const CHECKSUM = "H002";

/** Codes of the rules that can be repaired, in the order of the repairs. */
export const repairable: readonly string[] = [...new Set(fixes.map(({ rule }) => rule)), CHECKSUM];

/** Choices of {@link repairNbft}. */
export interface RepairOptions {
  /** Rules to repair, as {@link rulesNamed} takes them: whatever their severity. */
  readonly only?: readonly string[] | undefined;
  /** Repair what is only worth knowing as well; without it findings of severity `info` are left alone. */
  readonly all?: boolean | undefined;
}

/** A repair that was made. */
export interface AppliedFix {
  readonly rule: string;
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
}

/** A finding that is left, and why. */
export interface Unrepaired {
  readonly rule: string;
  readonly path: string;
  readonly reason: string;
}

/** What was repaired, and what was not. */
export interface Repair {
  readonly bytes: Bytes;
  /** Repairs that were made, in order. */
  readonly applied: readonly AppliedFix[];
  /** What `validate` finds in the result. */
  readonly left: readonly Diagnostic[];
  /** Why its errors are left, and warnings and what was asked for by name. */
  readonly unrepaired: readonly Unrepaired[];
}

/** Bytes of the longest field that is told of as it is stored. */
const MOST_STORED = 32;

/** Times that all fixes are gone through: one may bring to light what another mends. */
const MOST_ROUNDS = 4;

/**
 * Repairs what a table's rules find, byte by byte: everything that no fix is about stays as it is and where it is; new objects go to the
 * end of the heap. A fix that would break something else is not made. The checksum is right afterwards, unless it was wrong before and
 * `only` leaves it out.
 *
 * @throws {DecodeError} when the bytes are no NBFT.
 * @throws {RangeError} when `only` names a rule that does not exist or cannot be repaired.
 */
export function repairNbft(input: Uint8Array, { only, all = false }: RepairOptions = {}): Repair {
  const wanted = only && codesOf(only);
  const wants = ({ rule, severity }: Diagnostic) => (wanted ? wanted.has(rule) : all || severity !== "info");
  const wasRight = isSumRight(readNbft(input));
  let bytes: Uint8Array = Uint8Array.from(input);
  const applied: AppliedFix[] = [];
  let found = validate(bytes);
  for (let round = 0; round < MOST_ROUNDS; round++) {
    const before = applied.length;
    for (const fix of fixes) {
      const findings = found.filter((finding) => finding.rule === fix.rule && wants(finding));
      if (findings.length === 0) continue;
      // All at once; one by one where that breaks something.
      const groups = attempt(fix, bytes, findings) ? [findings] : findings.map((finding) => [finding]);
      for (const group of groups) {
        const repaired = attempt(fix, bytes, group);
        if (!repaired) continue;
        applied.push(describe(fix.rule, group.length, bytes, repaired));
        bytes = repaired;
        found = validate(bytes);
      }
    }
    if (applied.length === before) break;
  }
  const mayFix = wasRight || !wanted || wanted.has(CHECKSUM);
  if (mayFix && !isSumRight(readNbft(bytes))) {
    const repaired = withRightSum(bytes);
    if (!wasRight) applied.push(describe(CHECKSUM, 1, bytes, repaired));
    bytes = repaired;
  } else if (!mayFix) bytes[nbftHeader.fields.checksum.at] = input[nbftHeader.fields.checksum.at]!;
  const left = validate(bytes);
  const unrepaired = left
    .filter(
      (finding) =>
        finding.severity === "error" ||
        (!wanted && finding.severity === "warning") ||
        (wants(finding) && repairable.includes(finding.rule)),
    )
    .map((finding) => ({ rule: finding.rule, path: finding.path, reason: reasonOf(finding, bytes, wants(finding)) }));
  return { bytes: new Uint8Array(bytes), applied, left, unrepaired };
}

/** Codes of the rules among some findings that {@link repairNbft} would repair, each asked for alone. Bytes that are no NBFT have none. */
export function fixableRules(bytes: Uint8Array, findings: readonly Diagnostic[]): ReadonlySet<string> {
  const codes = new Set(findings.map(({ rule }) => rule).filter((code) => repairable.includes(code)));
  const isMade = (code: string) => repairNbft(bytes, { only: [code] }).applied.some(({ rule }) => rule === code);
  try {
    return new Set([...codes].filter(isMade));
  } catch (error) {
    if (error instanceof DecodeError) return new Set();
    throw error;
  }
}

/** Why a finding is left. */
function reasonOf(finding: Diagnostic, bytes: Uint8Array, wanted: boolean): string {
  const able = fixes.filter(({ rule }) => rule === finding.rule);
  if (able.length === 0 && finding.rule !== CHECKSUM) return unrepairable.get(finding.rule) ?? undone.unclear;
  if (!wanted) return undone.unasked;
  const reading = readNbft(bytes);
  return able.some((fix) => !equal(fix.apply(reading, [finding]), bytes)) ? undone.harmful : undone.unclear;
}

/** The codes that some words mean. */
function codesOf(words: readonly string[]): Set<string> {
  const codes = new Set<string>();
  for (const word of words) {
    const named = rulesNamed(word);
    if (named.length === 0) throw new RangeError(`no such rule: ${word}`);
    const able = named.filter(({ code }) => repairable.includes(code));
    if (able.length === 0) {
      const reason = unrepairable.get(named[0]!.code);
      throw new RangeError(`${word} cannot be repaired${reason === undefined ? "" : `: ${reason}`}`);
    }
    for (const { code } of able) codes.add(code);
  }
  return codes;
}

/** The bytes after a fix; undefined when it changes nothing, or breaks what was whole. */
function attempt(fix: Fix, bytes: Uint8Array, findings: readonly Diagnostic[]): Uint8Array | undefined {
  const fixed = Uint8Array.from(fix.apply(readNbft(bytes), findings));
  // Objects of a table made of overlaps may lie on its header.
  if (!isTable(fixed)) return undefined;
  const repaired = isSumRight(readNbft(bytes)) ? withRightSum(fixed) : fixed;
  if (equal(repaired, bytes)) return undefined;
  const before = validate(bytes);
  const after = validate(repaired);
  const helped =
    after.filter(({ rule }) => rule === fix.rule).length < before.filter(({ rule }) => rule === fix.rule).length;
  // Where more can be read now, what comes to light was there before.
  const whole = fix.reveals ? helped : !after.some((finding) => isNew(finding, before, after));
  return whole ? repaired : undefined;
}

const ranks = { error: 2, warning: 1, info: 0 };
const placeIn = ({ path }: Diagnostic) => path.replace(/Ref$/, "");

/** Whether a finding tells of something that a repair broke: it was not there before, nor anything as bad in its place that is gone now. */
function isNew(finding: Diagnostic, before: readonly Diagnostic[], after: readonly Diagnostic[]): boolean {
  // The checksum is seen to at the end; of a table that ends early it could not be judged before.
  if (finding.severity === "info" || finding.rule === CHECKSUM) return false;
  const same =
    ({ rule, path }: Diagnostic) =>
    (each: Diagnostic) =>
      each.rule === rule && each.path === path;
  if (before.some(same(finding))) return false;
  return !before.some(
    (each) =>
      placeIn(each) === placeIn(finding) && ranks[each.severity] >= ranks[finding.severity] && !after.some(same(each)),
  );
}

function describe(rule: string, findings: number, before: Uint8Array, after: Uint8Array): AppliedFix {
  const { name, fix = "" } = ruleOf(rule)!;
  const [a, b] = [readNbft(before), readNbft(after)];
  const changes = diffTables(a.table, b.table);
  const frame = diffFrames(a, b);
  const told = changes.length > 0 || frame.some(({ path }) => path !== "header.checksum");
  return { rule, name, title: fix, findings, changes, frame, bytes: told ? [] : bytesOf(a, b) };
}

/** Where bytes differ, but for those of the checksum: that is told of the frame. */
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

/** Whether the bytes are still an NBFT. */
function isTable(bytes: Uint8Array): boolean {
  try {
    readNbft(bytes);
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

function isSumRight({ frame }: NbftReading): boolean {
  return sumBytes(frame.bytes) === 0;
}

function withRightSum(bytes: Uint8Array): Uint8Array {
  const { length } = readNbft(bytes).frame.bytes;
  const copy = Uint8Array.from(bytes);
  copy[nbftHeader.fields.checksum.at] = checksumFor(copy, length);
  return copy;
}

function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, i) => byte === b[i]);
}
