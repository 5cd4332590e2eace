import { sumBytes } from "../acpi/checksum.ts";
import type { Bytes } from "../bytes/bytes.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { DecodeError } from "../errors.ts";
import { openTable } from "../nbft/read/open-table.ts";
import { nbftHeader } from "../nbft/structures/index.ts";
import { tableRulesNamed } from "../rules/index.ts";
import { validate } from "../rules/validate.ts";
import { type AppliedFix, describeFix } from "./describe-fix.ts";
import type { Fix } from "./fix.ts";
import { frameFixes } from "./frame-fixes.ts";
import { CHECKSUM } from "./harm.ts";
import { heapFixes } from "./heap-fixes.ts";
import { hfiFixes } from "./hfi-fixes.ts";
import { hostFixes } from "./host-fixes.ts";
import { discoveryFixes, securityFixes } from "./list-fixes.ts";
import { costsOf, type Refusal, type RepairResult, RepairRun, RepairStart } from "./repair-run.ts";
import { ssnsFixes } from "./ssns-fixes.ts";
import { undone, unrepairable } from "./unrepaired.ts";

export type { AppliedFix } from "./describe-fix.ts";

/** Every fix but that of the checksum, in the order in which they are applied: the table's frame first, then what needs it. */
const fixes: readonly Fix[] = [
  ...frameFixes,
  ...hostFixes,
  ...heapFixes,
  ...hfiFixes,
  ...ssnsFixes,
  ...securityFixes,
  ...discoveryFixes,
];

/** Codes of the rules that can be repaired, in the order of the repairs. */
export const repairable: readonly string[] = [...new Set(fixes.map(({ rule }) => rule)), CHECKSUM];

/** Choices of {@link repairNbft}. */
export interface RepairOptions {
  /**
   * Rules to repair, as `rulesMeant` takes them: whatever their severity. One that is named by its code or name, and not by its
   * letter, is repaired even where a release reads less of the table then, or where more of it can be read and has errors.
   */
  readonly only?: readonly string[] | undefined;
  /** Repair what is only worth knowing as well; without it findings of severity `info` are left alone. */
  readonly all?: boolean | undefined;
}

/** A finding that is left, and why. */
export interface Unrepaired {
  /** Code of the rule, such as `H002`. */
  readonly rule: string;
  /** Path in the model of what it found. */
  readonly path: string;
  /** Without full stop. */
  readonly reason: string;
  /** Whether the repair is made where {@link RepairOptions.only} names the rule: it takes a decision. */
  readonly choice: boolean;
}

/** What was repaired, and what was not. */
export interface Repair {
  /** The repaired table, as a new array. */
  readonly bytes: Bytes;
  /** Repairs that were made, in order. */
  readonly applied: readonly AppliedFix[];
  /** What `validate` finds in the result. */
  readonly left: readonly Diagnostic[];
  /** Why its errors are left, and warnings and what was asked for by name. */
  readonly unrepaired: readonly Unrepaired[];
}

/**
 * Repairs what a table's rules find, byte by byte: everything that no fix is about stays as it is and where it is; new objects go to the
 * end of the heap. The checksum is right afterwards, unless it was wrong before and `only` leaves it out.
 *
 * The result is never worse: it has no error that the table had not, says everything that the table said, no release of libnvme that
 * accepted the table or an entry of it loses that, and repairing it again changes nothing. What needs a decision is left, with
 * {@link Unrepaired.choice}.
 *
 * @throws {DecodeError} when the bytes are not an NBFT.
 * @throws {RangeError} when `only` names a rule that does not exist or cannot be repaired.
 */
export function repairNbft(input: Uint8Array, options: RepairOptions = {}): Repair {
  const { bytes, applied, run, wanted, wants } = applyRepairs(input, options);
  const left = run.findings ? [...run.findings] : validate(bytes);
  const unrepaired = left
    .filter(
      (finding) =>
        finding.severity === "error" ||
        (!wanted && finding.severity === "warning") ||
        (wants(finding) && repairable.includes(finding.rule)),
    )
    .map((finding) => ({ rule: finding.rule, path: finding.path, ...refusalOf(finding, wants(finding), run) }));
  return { bytes, applied, left, unrepaired };
}

/** A table after its repairs, and how they were chosen. */
interface AppliedRepairs {
  readonly bytes: Bytes;
  readonly applied: readonly AppliedFix[];
  readonly run: RepairResult;
  readonly wanted: ReadonlySet<string> | undefined;
  readonly wants: (finding: Diagnostic) => boolean;
}

/** The same without what is left: a table that is not repaired is not checked for it. */
export function applyRepairs(input: Uint8Array, { only, all = false }: RepairOptions = {}): AppliedRepairs {
  const wanted = only && codesOf(only);
  const wants = ({ rule, severity }: Diagnostic) => (wanted ? wanted.has(rule) : all || severity !== "info");
  const decided = new Set(only?.flatMap((word) => (word.length > 1 ? [...codesOf([word])] : [])));
  const result = new RepairRun(new RepairStart(input), { fixes, wants, decided }).run();

  const table = openTable(input).bytes;
  const wasRight = sumBytes(table) === 0;
  // libnvme sums the whole file: where what follows the table stays, the sum that is right for the table is wrong there.
  const wholeWasRight = table.length < input.length && sumBytes(input) === 0;
  const staysWhole = wholeWasRight && result.bytes.length === input.length;
  const mayFix = wasRight || (wanted ? wanted.has(CHECKSUM) : !staysWhole);
  const keepsWhole = wholeWasRight && !mayFix;
  const asItWas = (bytes: Uint8Array) =>
    wasRight ? bytes : withChecksum(bytes, keepsWhole ? checksumIn(bytes) - sumBytes(bytes) : checksumIn(input));
  const applied = result.steps.map((step) =>
    describeFix(
      step.rule,
      step.findings,
      asItWas(step.before.bytes),
      asItWas(step.after.bytes),
      decided.has(step.rule) ? costsOf(step) : [],
    ),
  );
  const bytes = new Uint8Array(mayFix ? result.bytes : asItWas(result.bytes));
  if (mayFix && !wasRight) applied.push(describeFix(CHECKSUM, 1, asItWas(bytes), bytes));
  // The findings are those of a table with the right checksum.
  const run: RepairResult = { ...result, findings: mayFix ? result.findings : undefined };
  return { bytes, applied, run, wanted, wants };
}

/**
 * Codes of the rules among some findings that {@link repairNbft} would repair, each asked for alone, as far as that can be found out with
 * half the work of one repair. Bytes that are not an NBFT have none.
 */
export function fixableRules(bytes: Uint8Array, findings: readonly Diagnostic[]): ReadonlySet<string> {
  const codes = new Set(findings.map(({ rule }) => rule).filter((code) => repairable.includes(code)));
  try {
    const start = new RepairStart(bytes, 0.5);
    const isMade = (code: string) => {
      if (code === CHECKSUM) return true;
      const wants = ({ rule }: Diagnostic) => rule === code;
      return new RepairRun(start, { fixes, wants, decided: new Set([code]) }).run().steps.length > 0;
    };
    return new Set([...codes].filter(isMade));
  } catch (error) {
    if (error instanceof DecodeError) return new Set();
    throw error;
  }
}

/** Why a finding is left. */
function refusalOf(finding: Diagnostic, wanted: boolean, { refusalOf: why }: RepairResult): Refusal {
  if (!repairable.includes(finding.rule))
    return { reason: unrepairable.get(finding.rule) ?? undone.unclear, choice: false };
  if (!wanted) return { reason: undone.unasked, choice: false };
  const other = finding.rule === CHECKSUM ? undone.countsAll : undone.unclear;
  return why(finding) ?? { reason: other, choice: finding.rule === CHECKSUM };
}

/** The codes that some words mean. */
function codesOf(words: readonly string[]): Set<string> {
  const codes = new Set<string>();
  for (const word of words) {
    const named = tableRulesNamed(word);
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

const checksumIn = (bytes: Uint8Array) => bytes[nbftHeader.fields.checksum.at]!;

function withChecksum(bytes: Uint8Array, checksum: number): Uint8Array {
  const copy = Uint8Array.from(bytes);
  copy[nbftHeader.fields.checksum.at] = checksum;
  return copy;
}
