import { escapeText } from "../../text/escape.ts";
import type { ObjectShape } from "./shape.ts";

/** `, did you mean "mac"?` for a key that an object has not; else the keys that it has. */
export function suggestion(key: string, shape: ObjectShape<unknown>): string {
  const known = Object.keys(shape.fields).filter((name) => !name.startsWith("$"));
  const word = plain(key);
  const synonym = Object.entries(shape.synonyms ?? {}).find(([other]) => plain(other) === word)?.[1];
  const near = synonym ?? known.find((name) => plain(name) === word) ?? nearest(word, known);
  const name = key.length > 40 ? `${key.slice(0, 37)}...` : key;
  if (near) return ` "${escapeText(name)}" in ${shape.name}: did you mean "${near}"?`;
  return ` "${escapeText(name)}" in ${shape.name}: known are ${known.join(", ")}`;
}

/** Keys are compared without case, hyphens and underscores. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, "");
}

function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > 40) return undefined;
  let best: string | undefined;
  let least = Math.max(2, Math.floor(word.length / 3)) + 1;
  for (const name of known) {
    const distance = editDistance(word, plain(name));
    if (distance < least) {
      least = distance;
      best = name;
    }
  }
  return best;
}

/** Levenshtein distance, with one row of memory. */
function editDistance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1));
    }
    row = next;
  }
  return row[b.length]!;
}
