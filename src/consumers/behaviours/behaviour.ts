import type { Diagnostic } from "../../diagnostic.ts";
import type { ReleaseRange } from "./release.ts";

/** What a statement about some releases rests on. */
export interface BehaviourEvidence {
  /**
   * `run`: the program was run and compared · `recorded`: compared with a record of what it wrote · `read`: its source was read ·
   * `assumed`: neither, it is taken to be as its neighbours.
   */
  readonly by: "run" | "recorded" | "read" | "assumed";
  /** When, as YYYY-MM-DD. */
  readonly date: string;
  /** What was run, recorded or read: a package, a tag and file, a report. */
  readonly source: string;
}

/** Evidence for some releases only. */
export interface ReleaseEvidence extends BehaviourEvidence {
  /** Releases that it is for. */
  readonly releases: ReleaseRange;
}

/** One thing that some releases of a program do with an NBFT. */
export interface Behaviour {
  /** What they do, to read after the program's name: `rejects a table of minor revision 1`. */
  readonly does: string;
  /** What the other releases that read NBFTs do, where it can be said in a few words. */
  readonly otherwise?: string;
  /** Which of the two does no harm to a table that breaks the rules, so that their `breaks` do not name it. */
  readonly harmless?: "does" | "otherwise";
  /** The releases that do it. */
  readonly releases: ReleaseRange | readonly ReleaseRange[];
  /** Codes of the rules that it concerns: a table that breaks one of them meets this behaviour. */
  readonly rules?: readonly string[];
  /** Of a rule that finds several defects, those that meet it ({@link Diagnostic.defect}), by the rule's code. */
  readonly defects?: Readonly<Record<string, readonly string[]>>;
  /** Where it rests on something else than the release as a whole does. The first that fits counts. */
  readonly evidence?: readonly ReleaseEvidence[];
}

/** Behaviours of a program by name. */
export type Behaviours = Readonly<Record<string, Behaviour>>;

/** Releases of a program that behave alike. */
export interface ReleaseGroup {
  /** First and last release, both included. */
  readonly range: ReleaseRange;
  /** The one that stands for all of them where every release is listed. */
  readonly shown: string;
  /** What our knowledge of them rests on. */
  readonly evidence: BehaviourEvidence;
}

/** A program that reads NBFTs, or that people expect to. */
export interface Program<B extends Behaviours = Behaviours> {
  /** Lower-case name, for example `nvme-cli`. */
  readonly name: string;
  /** How its makers write the name, where that is otherwise. */
  readonly spelling?: string;
  /** What it is, in a few words. */
  readonly title: string;
  /** Oldest first. */
  readonly groups: readonly ReleaseGroup[];
  /** The newest release that is known, and the date of its release, or on which it was seen. */
  readonly newest: { readonly release: string; readonly date: string; readonly dated: "released" | "seen" };
  /** By name: what some of its releases do and others do not. */
  readonly behaviours: B;
}

export const run = (date: string, source: string): BehaviourEvidence => ({ by: "run", date, source });
export const recorded = (date: string, source: string): BehaviourEvidence => ({ by: "recorded", date, source });
export const read = (date: string, source: string): BehaviourEvidence => ({ by: "read", date, source });
export const assumed = (date: string, source: string): BehaviourEvidence => ({ by: "assumed", date, source });

/** Evidence for some releases. */
export const on = (releases: ReleaseRange, evidence: BehaviourEvidence): ReleaseEvidence => ({ releases, ...evidence });
