import { checksumFor } from "../acpi/checksum.ts";
import { equalBytes } from "../bytes/compare.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { DecodeError } from "../errors.ts";
import { MOST_PATHS } from "../nbft/limits.ts";
import { claimsOf } from "../nbft/read/claims.ts";
import { openTable } from "../nbft/read/open-table.ts";
import { type NbftReading, readNbft } from "../nbft/read/read.ts";
import { nbftHeader } from "../nbft/structures/index.ts";
import { hfisOfSsns } from "../reach/paths.ts";
import { validate } from "../rules/validate.ts";
import type { Fix } from "./fix.ts";
import { changedContent, lostContent, lostReaders, newErrors, newFindings, type Readers, readersOf } from "./harm.ts";
import { undone } from "./unrepaired.ts";

/** A table on its way, with what each step is compared with. Its checksum is right. */
interface Stage {
  readonly bytes: Uint8Array;
  readonly reading: NbftReading;
  readonly findings: readonly Diagnostic[];
  /** Computed when it is asked for. */
  readonly readers: () => Readers;
}

/** A step that was taken. */
interface Step {
  readonly rule: string;
  /** Number of findings that it was about. */
  readonly findings: number;
  readonly before: Stage;
  readonly after: Stage;
}

/** Why a finding is left. */
export interface Refusal {
  readonly reason: string;
  /** The rule does it where it is asked for by its own name. */
  readonly choice: boolean;
}

/** What a run came to. */
export interface RepairResult {
  /** With the right checksum. */
  readonly bytes: Uint8Array;
  readonly steps: readonly Step[];
  /** What is found in them; undefined where nothing was tried. */
  readonly findings: readonly Diagnostic[] | undefined;
  /** Why a finding was left that was tried. */
  readonly refusalOf: (finding: Diagnostic) => Refusal | undefined;
}

type Pass = Omit<RepairResult, "bytes" | "findings"> & { readonly stage: Stage };

/** What may be repaired, and how far. */
export interface RunChoice {
  /** In the order in which they are tried. */
  readonly fixes: readonly Fix[];
  readonly wants: (finding: Diagnostic) => boolean;
  /** Rules that were asked for by name: what they cost some releases is the user's choice. */
  readonly decided: ReadonlySet<string>;
}

/** A table whose repair would take too long to check. */
class TooMuchWork extends Error {}

/** A table whose readers are not predicted. */
class TooManyPaths extends Error {}

/**
 * Work for one table. A check of 128 KB or of two thousand findings takes a tenth of a second, and half a second is enough for any table:
 * what takes more is left as a whole, so that a second run does not go on where the first one stopped.
 */
const MOST_WORK = 3000;

const keyOf = ({ rule, path }: { readonly rule: string; readonly path: string }) => `${rule} ${path}`;

/** A table to repair, with the work that it may take: all runs that start from it share both. */
export class RepairStart {
  readonly bytes: Uint8Array;
  #left: number;
  #hasTooManyPaths = false;
  #stage: Stage | undefined;

  /**
   * @param share of the work that a repair may take
   * @throws {DecodeError} when the bytes are not an NBFT.
   */
  constructor(input: Uint8Array, share = 1) {
    this.bytes = withRightSum(input);
    this.#left = share * MOST_WORK;
  }

  /** @throws {TooMuchWork} */
  get stage(): Stage {
    this.#stage ??= this.stageOf(this.bytes);
    return this.#stage;
  }

  /** @throws {TooMuchWork} */
  stageOf(bytes: Uint8Array): Stage {
    if (this.#hasTooManyPaths) throw new TooManyPaths();
    const reading = readNbft(bytes);
    let paths = 0;
    for (const ssns of reading.table.ssns) {
      paths += hfisOfSsns(ssns).length;
      if (paths <= MOST_PATHS) continue;
      // Every run begins with the same bytes.
      this.#hasTooManyPaths = bytes === this.bytes;
      throw new TooManyPaths();
    }
    // Entries may share objects: what readers have to look at may be many times the table.
    const read = claimsOf(reading.frame).reduce((sum, { length }) => sum + length, 0);
    this.spend(Math.max(read, bytes.length) / 100);
    const findings = validate(reading);
    this.spend(findings.length);
    let readers: Readers | undefined;
    return {
      bytes,
      reading,
      findings,
      readers: () => {
        readers ??= readersOf(bytes);
        return readers;
      },
    };
  }

  /** @throws {TooMuchWork} */
  spend(work: number): void {
    this.#left -= work;
    if (this.#left < 0) throw new TooMuchWork();
  }
}

/** Repairs a table until nothing more can be done. Steps are checked one by one, the result as a whole. */
export class RepairRun {
  readonly #start: RepairStart;
  readonly #choice: RunChoice;

  constructor(start: RepairStart, choice: RunChoice) {
    this.#start = start;
    this.#choice = choice;
  }

  run(): RepairResult {
    const steps: Step[] = [];
    try {
      let { stage } = this.#start;
      // Until a run would do nothing: so does the next one, whoever starts it.
      for (;;) {
        const result = this.#once(stage);
        if (result.steps.length === 0) return { ...result, bytes: stage.bytes, findings: stage.findings, steps };
        steps.push(...result.steps);
        stage = result.stage;
      }
    } catch (error) {
      const refusal = this.#refusalOf(error);
      if (!refusal) throw error;
      return { bytes: this.#start.bytes, findings: undefined, steps: [], refusalOf: () => refusal };
    }
  }

  /** Why a table is left as a whole. */
  #refusalOf(error: unknown): Refusal | undefined {
    if (error instanceof TooManyPaths) return { reason: undone.tooManyPaths, choice: false };
    if (error instanceof TooMuchWork) return { reason: undone.tooMuch, choice: this.#choice.decided.size === 0 };
    return undefined;
  }

  /** Repairs a table without the steps that make it worse as a whole. */
  #once(start: Stage): Pass {
    const without = new Map<string, string>();
    for (;;) {
      const result = this.#toTheEnd(start, without);
      if (result.steps.every(({ rule }) => this.#choice.decided.has(rule))) return result;
      const [error] = newErrors(start.findings, result.stage.findings);
      const [lost] = lostReaders(start.readers(), result.stage.readers());
      const guilty = result.steps.filter(
        (step) =>
          !this.#choice.decided.has(step.rule) &&
          // More can be read, and there are errors in it; or somebody reads less.
          ((error && newErrors(step.before.findings, step.after.findings).length > 0) ||
            (lost && costsOf(step).length > 0)),
      );
      if (guilty.length === 0) return result;
      const why = error ? undone.revealing(`${error.rule} ${error.path}`) : undone.harmful(lost!);
      for (const { rule } of guilty) without.set(rule, why);
    }
  }

  /** Goes through all fixes until none of them changes anything. */
  #toTheEnd(start: Stage, without: ReadonlyMap<string, string>): Pass {
    const steps: Step[] = [];
    const refusals = new Map<string, Refusal>();
    let stage = start;
    for (let before = -1; before !== steps.length; ) {
      before = steps.length;
      for (const fix of this.#choice.fixes) {
        const findings = stage.findings.filter((finding) => finding.rule === fix.rule && this.#choice.wants(finding));
        if (findings.length === 0) continue;
        const excluded = without.get(fix.rule);
        if (excluded !== undefined) {
          for (const each of findings) refusals.set(keyOf(each), { reason: excluded, choice: true });
          continue;
        }
        // All at once; one by one where that breaks something.
        for (const key of ["all", ...(findings.length > 1 ? findings.map(keyOf) : [])]) {
          // Places move with each step.
          const group = key === "all" ? findings : stage.findings.filter((each) => keyOf(each) === key);
          if (group.length === 0) continue;
          const step = this.#attempt(stage, fix, group);
          if ("reason" in step) {
            for (const each of group) refusals.set(keyOf(each), step);
            continue;
          }
          steps.push(step);
          stage = step.after;
          if (key === "all") break;
        }
      }
    }
    return { stage, steps, refusalOf: (finding) => refusals.get(keyOf(finding)) };
  }

  #attempt(before: Stage, fix: Fix, findings: readonly Diagnostic[]): Step | Refusal {
    const fixed = Uint8Array.from(fix.apply(before.reading, findings));
    this.#start.spend(fixed.length / 100);
    // Objects of a table made of overlaps may lie on its header.
    const repaired = isTable(fixed) ? withRightSum(fixed) : before.bytes;
    if (equalBytes(repaired, before.bytes)) return { reason: undone.unclear, choice: false };
    const after = this.#start.stageOf(repaired);
    const brought = fix.reveals ? [] : newFindings(before.findings, after.findings, before.reading.table);
    // A warning may be the price of what was asked for, an error never.
    const worse = brought.find(({ severity }) => severity === "error") ?? brought[0];
    if (worse && !(worse.severity === "warning" && this.#choice.decided.has(fix.rule))) {
      return {
        reason: undone.harmful(`${worse.rule} ${worse.path} would be found then`),
        choice: worse.severity === "warning",
      };
    }
    const count = ({ findings: all }: Stage) => all.filter(({ rule }) => rule === fix.rule).length;
    // One finding may be about several places, of which the next one comes up then.
    const there = after.findings.some((each) => findings.some((other) => keyOf(each) === keyOf(other)));
    if (there && count(after) >= count(before)) return { reason: undone.unclear, choice: false };
    const tables = [before.reading.table, after.reading.table] as const;
    const about = findings.map(({ path }) => path);
    const lost = lostContent(...tables, fix.keeps ? [] : about);
    if (lost !== undefined) return { reason: undone.harmful(`${lost} would be lost`), choice: false };
    const changed = fix.reveals ? undefined : changedContent(...tables, about);
    if (changed !== undefined) return { reason: undone.harmful(`${changed} would change`), choice: false };
    return { rule: fix.rule, findings: findings.length, before, after };
  }
}

/** What releases read before a step and no more, in words. */
export const costsOf = ({ before, after }: Step) => lostReaders(before.readers(), after.readers());

/** Whether the bytes are still an NBFT. */
function isTable(bytes: Uint8Array): boolean {
  try {
    openTable(bytes);
    return true;
  } catch (error) {
    if (error instanceof DecodeError) return false;
    throw error;
  }
}

/** A copy whose bytes add up to zero. */
function withRightSum(bytes: Uint8Array): Uint8Array {
  const { length } = openTable(bytes).bytes;
  const copy = Uint8Array.from(bytes);
  copy[nbftHeader.fields.checksum.at] = checksumFor(copy, length);
  return copy;
}
