/** A part of a program's releases: from one to another, both included. Without `from` it begins with the first, without `to` it is open. */
export interface ReleaseRange {
  readonly from?: string;
  readonly to?: string;
}

/** Every release from this one on. */
export const since = (from: string): ReleaseRange => ({ from });

/** Every release up to this one; `2.16` includes 2.16.1, `2` all of 2.x. */
export const upTo = (to: string): ReleaseRange => ({ to });

export const between = (from: string, to: string): ReleaseRange => ({ from, to });

export const only = (release: string): ReleaseRange => ({ from: release, to: release });

/** Numbers of a release, and what follows them: `-rc1`, `-dev`. */
interface ParsedRelease {
  readonly numbers: readonly number[];
  readonly suffix: string;
}

const parsed = new Map<string, ParsedRelease | undefined>();

/**
 * Epoch, numbers, release candidate, and what packages and `git describe` put behind: `1:1.54.0-1.fc43`, `3.0~rc1-1`, `2.16-r0`,
 * `2.11+22.gd31b1a01-150700.3.3.2`, `3.0-rc1-75-ge117ee680`.
 */
const RELEASE = /^(?:\d+:)?v?(\d+(?:\.\d+)*)(?:[-~.](a\.?\d+|b\.?\d+|rc\d+|dev))?(?:-r?\d[\w.+~-]*|\+[\w.+~-]+)?$/;

/**
 * Parts of a release's name; undefined where it does not begin with a number. Epoch and revision of a distribution (`1:2.16-1`) are left
 * out. One prediction compares the same thirty releases two thousand times.
 */
function parseRelease(text: string): ParsedRelease | undefined {
  if (!parsed.has(text)) {
    const found = RELEASE.exec(text);
    // Releases come from users: what is kept must not grow with them.
    if (parsed.size > 200) parsed.clear();
    parsed.set(text, found ? { numbers: found[1]!.split(".").map(Number), suffix: found[2] ?? "" } : undefined);
  }
  return parsed.get(text);
}

/** Whether a text names a release. */
export function isRelease(text: string): boolean {
  return parseRelease(text) !== undefined;
}

/** How many numbers a release has: 2 for `2.16`. */
export function numbersIn(release: string): number {
  return parseRelease(release)?.numbers.length ?? 0;
}

/**
 * Order of two releases: negative where `a` is older. Missing numbers are 0; a release candidate is older than the release.
 *
 * @param digits compare only this many numbers
 */
export function compareReleases(a: string, b: string, digits?: number): number {
  return order(parseRelease(a), parseRelease(b), digits);
}

function order(left: ParsedRelease | undefined, right: ParsedRelease | undefined, digits?: number): number {
  if (!left || !right) return 0;
  const length = digits ?? Math.max(left.numbers.length, right.numbers.length);
  for (let i = 0; i < length; i++) {
    const difference = (left.numbers[i] ?? 0) - (right.numbers[i] ?? 0);
    if (difference !== 0) return difference;
  }
  if (digits !== undefined || left.suffix === right.suffix) return 0;
  if (left.suffix === "") return 1;
  if (right.suffix === "") return -1;
  return left.suffix < right.suffix ? -1 : 1;
}

/** Whether a release is in a range. */
export function isInRange(release: string, { from, to }: ReleaseRange): boolean {
  const wanted = parseRelease(release);
  if (from !== undefined && order(wanted, parseRelease(from)) < 0) return false;
  const last = to === undefined ? undefined : parseRelease(to);
  // The end includes every release that begins with its numbers.
  return order(wanted, last, last?.suffix === "" ? last.numbers.length : undefined) <= 0;
}

/** Whether the numbers of `release` begin with those of `start`: `1.54.1` with `1.54`. */
export function beginsWith(release: string, start: string): boolean {
  return compareReleases(release, start, numbersIn(start)) === 0;
}

/** A range in words: `2.5 to 2.16`, `3.0 and later`, `up to 2.4`. */
export function formatRange({ from, to }: ReleaseRange): string {
  if (from === undefined) return to === undefined ? "every release" : `up to ${to}`;
  if (to === undefined) return `${from} and later`;
  const all = numbersIn(to) < numbersIn(from) ? ".x" : "";
  return from === to ? from : `${from} to ${to}${all}`;
}
