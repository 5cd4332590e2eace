/** The known word that is meant by a mistyped one, or undefined. Case, hyphens, underscores and blanks do not count. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  const given = plain(word);
  let best: string | undefined;
  let least = Math.max(2, word.length / 3) + 1;
  for (const candidate of known) {
    const other = plain(candidate);
    const distance = distanceOf(given, other);
    // Of two letters, two changed leave nothing.
    if (distance < least && distance < Math.max(given.length, other.length)) {
      best = candidate;
      least = distance;
    }
  }
  return best;
}

/** `; did you mean "mac"?`, or nothing when no known word is near. */
export function didYouMean(word: string, known: readonly string[]): string {
  const near = nearest(word, known);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, "");
}

/** Number of letters to insert, delete or replace, and of pairs to swap; long words are compared by their beginning. */
function distanceOf(a: string, b: string): number {
  let before: number[] = [];
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= Math.min(a.length, 64); i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const isSwapped = a.length > 2 && i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      next[j] = Math.min(
        next[j - 1]! + 1,
        row[j]! + 1,
        row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1),
        isSwapped ? before[j - 2]! + 1 : Number.POSITIVE_INFINITY,
      );
    }
    before = row;
    row = next;
  }
  return row[b.length]!;
}
