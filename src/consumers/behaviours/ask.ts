import type { Behaviour, BehaviourEvidence, Program, ReleaseGroup } from "./behaviour.ts";
import { type BehaviourName, type ProgramName, programs } from "./programs.ts";
import {
  beginsWith,
  compareReleases,
  formatRange,
  isInRange,
  isRelease,
  numbersIn,
  type ReleaseRange,
} from "./release.ts";

/** A release of a program, and what is known of it. */
export interface KnownRelease {
  /** Name of the program. */
  readonly program: ProgramName;
  /** As it was asked for: `2.14`, `1.58.1-without-nbft`. */
  readonly release: string;
  /** The release whose behaviour is predicted: the same, unless it is outside the table. */
  readonly predictedAs: string;
  /** Where it is built without its NBFT reader. */
  readonly withoutReader: boolean;
  /** What the knowledge rests on. */
  readonly evidence: BehaviourEvidence;
  /** Releases that behave like it, in words: `2.10 to 2.16`. */
  readonly alike: string;
  /** Where it is outside the table: a sentence that says so, with the newest release known and its date. */
  readonly outside: string | undefined;
}

const WITHOUT_READER = "-without-nbft";

const programOf = (name: ProgramName): Program => programs[name];

/**
 * A release of a program. One that is cut short (`networkmanager@1.54`, `nvme-cli@3`) means the newest known one that begins so and is
 * not a development version; for one outside the table the nearest is taken, and `outside` says so.
 *
 * @returns undefined where the text names no release
 */
export function findRelease(name: ProgramName, text: string): KnownRelease | undefined {
  const { groups, newest } = programOf(name);
  const withoutReader = text.endsWith(WITHOUT_READER);
  const plain = withoutReader ? text.slice(0, -WITHOUT_READER.length) : text;
  if (!isRelease(plain)) return undefined;
  const wanted = completed(groups, plain);
  const inside = groups.find(({ range }) => isInRange(wanted, range));
  const group = inside ?? nearest(groups, wanted);
  const outside = inside
    ? undefined
    : `${name} ${plain} is not known: predicted as ${group.shown}, the nearest; the newest release known is ${newest.release} (${newest.dated} ${newest.date})`;
  return {
    program: name,
    release: text,
    predictedAs: inside ? wanted : group.shown,
    withoutReader,
    evidence: group.evidence,
    alike: formatRange(group.range),
    outside,
  };
}

/** The newest release that begins as a text does, where the text has fewer numbers than the program's releases. */
function completed(groups: readonly ReleaseGroup[], text: string): string {
  if (!/^[\d.]+$/.test(text)) return text;
  // Of a line such as 1.54 the last release is meant, whether it is known by name or not.
  const last = `${text}.999`;
  const given = numbersIn(text);
  const line = text.includes(".") && groups.some(({ shown }) => numbersIn(shown) > given);
  if (line && groups.some(({ range }) => isInRange(last, range))) return last;
  const fitting = groups.filter(({ shown }) => numbersIn(shown) > given && beginsWith(shown, text));
  return fitting.findLast(({ shown }) => /^[\d.]+$/.test(shown))?.shown ?? text;
}

/** The group before a release, or the one after it where that one alone is of the same line. */
function nearest(groups: readonly ReleaseGroup[], release: string): ReleaseGroup {
  const before = groups.findLast(({ shown }) => compareReleases(shown, release) < 0);
  const after = groups.find(({ shown }) => compareReleases(shown, release) > 0);
  const sameLine = (group: ReleaseGroup | undefined) => group && compareReleases(group.shown, release, 1) === 0;
  return (sameLine(after) && !sameLine(before) ? after : before) ?? groups[0]!;
}

/** What a release does, by the names of its program's behaviours. */
export type Does<P extends ProgramName> = Readonly<Record<BehaviourName<P>, boolean>>;

const answers = new Map<string, Readonly<Record<string, boolean>>>();

/**
 * What a release of a program does. The one way in which a model may ask about releases.
 *
 * @param release text such as `2.16`; one outside the table is answered as the nearest
 * @throws {RangeError} where the text names no release
 */
export function behavioursOf<P extends ProgramName>(program: P, release: string): Does<P> {
  const key = `${program}@${release}`;
  let found = answers.get(key);
  if (!found) {
    const known = findRelease(program, release);
    if (!known) throw new RangeError(`${release} is not a release of ${program}`);
    const entries = Object.entries(programOf(program).behaviours).map(
      ([name, behaviour]) =>
        [name, !(known.withoutReader && name === "readsNbft") && does(behaviour, known.predictedAs)] as const,
    );
    found = Object.fromEntries(entries);
    // Releases come from users: what is kept must not grow with them.
    if (answers.size > 200) answers.clear();
    answers.set(key, found);
  }
  return found as Does<P>;
}

function does({ releases }: Behaviour, release: string): boolean {
  return rangesOf(releases).some((range) => isInRange(release, range));
}

function rangesOf(releases: Behaviour["releases"]): readonly ReleaseRange[] {
  return Array.isArray(releases) ? (releases as readonly ReleaseRange[]) : [releases as ReleaseRange];
}

/** What is known of one behaviour in one group of releases. */
export interface BehaviourCell {
  /** The releases. */
  readonly group: ReleaseGroup;
  /** Whether they do it. */
  readonly does: boolean;
  /** What that rests on. */
  readonly evidence: BehaviourEvidence;
}

/** One behaviour of one program through all releases that read NBFTs. */
export interface BehaviourRow {
  /** Name of the program. */
  readonly program: ProgramName;
  /** Name of the behaviour, such as `readsNbft`. */
  readonly name: string;
  /** The behaviour in words, and the releases that have it. */
  readonly behaviour: Behaviour;
  /** One for each group of releases, oldest first; only those that read NBFTs, except in the row `readsNbft`. */
  readonly cells: readonly BehaviourCell[];
}

/** Every behaviour, in the order of the table. Releases that do not read NBFTs are only in the rows `readsNbft`. */
export function behaviourRows(): readonly BehaviourRow[] {
  return (Object.keys(programs) as ProgramName[]).flatMap((program) => {
    const { groups, behaviours } = programOf(program);
    return Object.entries(behaviours).map(([name, behaviour]) => ({
      program,
      name,
      behaviour,
      cells: groups
        .filter(({ shown }) => name === "readsNbft" || does(behaviours["readsNbft"]!, shown))
        .map((group) => ({ group, does: does(behaviour, group.shown), evidence: evidenceOf(behaviour, group) })),
    }));
  });
}

function evidenceOf({ evidence = [] }: Behaviour, group: ReleaseGroup): BehaviourEvidence {
  return evidence.find(({ releases }) => isInRange(group.shown, releases)) ?? group.evidence;
}

/** What releases of a program do to a table that breaks a rule. */
export interface RuleBehaviour {
  /** Name of the program. */
  readonly program: ProgramName;
  /** Name of the behaviour. */
  readonly name: string;
  /** Releases in words: `2.5 to 2.x`, `3.0 and later`. */
  readonly releases: string;
  /** What they do, to read after program and releases. */
  readonly does: string;
  /** The defects that meet it, where only some that the rule finds do. */
  readonly defects?: readonly string[];
  /** The best of what that rests on in these releases. */
  readonly evidence: BehaviourEvidence;
}

/** What releases of programs do wrong, or otherwise than meant, with a table that breaks a rule, by the rule's code: its `breaks`. */
export function behavioursOfRule(code: string): readonly RuleBehaviour[] {
  return behaviourRows()
    .filter(({ behaviour }) => behaviour.rules?.includes(code))
    .flatMap(({ program, name, behaviour, cells }) => {
      const parts = [
        [behaviour.harmless === "does" ? undefined : behaviour.does, cells.filter((cell) => cell.does)],
        [behaviour.harmless === "otherwise" ? undefined : behaviour.otherwise, cells.filter((cell) => !cell.does)],
      ] as const;
      const defects = behaviour.defects?.[code];
      return parts.flatMap(([text, some]) => {
        if (text === undefined || some.length === 0) return [];
        const releases = rangesInWords(cells, some);
        return [{ program, name, releases, does: text, ...(defects && { defects }), evidence: best(some) }];
      });
    });
}

const strength = { run: 3, recorded: 2, read: 1, assumed: 0 } as const;

function best(cells: readonly BehaviourCell[]): BehaviourEvidence {
  return cells.map(({ evidence }) => evidence).reduce((a, b) => (strength[b.by] >= strength[a.by] ? b : a));
}

/** Ranges of some groups, those that follow each other as one. */
function rangesInWords(all: readonly BehaviourCell[], some: readonly BehaviourCell[]): string {
  if (some.length === all.length && all.length > 1) return "every release that reads NBFTs";
  const ranges: { first: number; last: number }[] = [];
  for (const cell of some) {
    const at = all.indexOf(cell);
    const before = ranges.at(-1);
    if (before?.last === at - 1) before.last = at;
    else ranges.push({ first: at, last: at });
  }
  return ranges
    .map(({ first, last }) => {
      const { from } = all[first]!.group.range;
      const { to } = all[last]!.group.range;
      return formatRange({ ...(from ? { from } : {}), ...(to && last < all.length - 1 ? { to } : {}) });
    })
    .join(", ");
}
