import type { Assignment } from "../emulate.ts";
import { configKeys, upperAscii } from "../keys.ts";
import { lineText, type TextFinding, type TextRule, textRule } from "./rule.ts";

/** Property that an assignment sets. */
export function pathOf({ key, attempt }: Assignment): string {
  if (!key) return "";
  return key.scope === "global" ? key.field : `attempts[${attempt}].${key.field}`;
}

/** The tag's place in its line. */
function atTag(assignment: Assignment): Pick<TextFinding, "line" | "start" | "length"> {
  const { line } = assignment;
  const text = lineText(line);
  const start = text.length - text.trimStart().length;
  return { line, start, length: Math.max(1, text.indexOf(":") - start) };
}

/** Different unknown keys that are looked up; a file with more of them is not a Config with mistakes. */
const MOST_SUGGESTED = 64;

const upperKeys = configKeys.map(({ name }) => ({ name, upper: upperAscii(name) }));

/** The known key that a tag was probably meant to be. */
function nearestKey(tag: string): string | undefined {
  const given = upperAscii(tag);
  let best: { name: string; distance: number } | undefined;
  for (const { name, upper } of upperKeys) {
    const distance = editDistance(given, upper);
    if (distance <= 2 && distance < (best?.distance ?? 3)) best = { name, distance };
  }
  return best?.name;
}

function editDistance(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next.push(Math.min(row[j]! + 1, next[j - 1]! + 1, row[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length]!;
}

/** Rules about keys and blocks. */
export const keyRules: readonly TextRule[] = [
  textRule({
    code: "A006",
    name: "unknown-key",
    severity: "error",
    summary: "Every key is one that the tool knows.",
    why: "With one unknown key, nothing in the file is stored.",
    hint: "Correct the key; nbft attempt format writes all keys in their usual spelling",
    example: { bad: "Nqnn:nqn.x" },
    *check({ all }) {
      // The same mistake tends to stand in every attempt.
      const known = new Map<string, string | undefined>();
      for (const assignment of all.assignments) {
        const { tag, key, ignored } = assignment;
        if (key || ignored === "empty" || upperAscii(tag) === "ENABLED") continue;
        if (!known.has(tag) && known.size < MOST_SUGGESTED) known.set(tag, nearestKey(tag));
        const nearest = known.get(tag);
        const message = `The tool does not know the key ${tag === "" ? "(empty)" : tag}, so nothing is stored`;
        yield { ...atTag(assignment), message, ...(nearest && { hint: `Did you mean ${nearest}?` }) };
      }
    },
  }),
  textRule({
    code: "A007",
    name: "enabled-case",
    severity: "error",
    summary: "`Enabled` is written with a capital E and small letters.",
    why: "It is the only case-sensitive key: in another case it is unknown, and nothing is stored.",
    hint: "Write Enabled",
    example: { bad: "enabled:1" },
    *check({ all }) {
      for (const assignment of all.assignments) {
        const { tag, key, ignored } = assignment;
        if (key || ignored === "empty" || upperAscii(tag) !== "ENABLED") continue;
        const message = `${tag} is not Enabled, the one key whose case matters, so nothing is stored`;
        yield { ...atTag(assignment), message, hint: "Write Enabled" };
      }
    },
  }),
  textRule({
    code: "A008",
    name: "tag-too-long",
    severity: "error",
    summary: "A tag has at most 39 characters without its blanks.",
    why: "The tool writes past its buffer, into the host identifier and then the host NQN.",
    hint: "Correct the key: all known keys are shorter",
    example: { bad: `${"X".repeat(45)}:1` },
    *check({ all }) {
      for (const assignment of all.assignments) {
        const { text } = assignment.line;
        const colon = text.indexOf(0x3a);
        if (colon < 40) continue;
        const { length } = text.subarray(0, colon).filter((b) => b !== 0x20);
        if (length < 40) continue;
        yield { ...atTag(assignment), message: `The tag has ${length} characters, the tool's buffer has room for 39` };
      }
    },
  }),
  textRule({
    code: "A020",
    name: "empty-value",
    severity: "info",
    summary: "A key has a value.",
    why: "The tool ignores the line; the field keeps its value.",
    hint: "Give a value, or leave the line out",
    example: { bad: "Gateway:" },
    *check({ all }) {
      for (const assignment of all.assignments) {
        const { ignored, tag } = assignment;
        if (ignored === "empty") yield { ...atTag(assignment), message: `${tag} has no value: the line is ignored` };
      }
    },
  }),
  textRule({
    code: "A021",
    name: "duplicate-key",
    severity: "warning",
    summary: "A key occurs once in a block, a key of the host once in the file.",
    why: "The last one wins silently.",
    hint: "Keep the key in one place",
    example: { bad: "NQN:nqn.2014-08.org.example:other" },
    *check({ all }) {
      const seen = new Map<string, Assignment>();
      for (const assignment of all.assignments) {
        const path = pathOf(assignment);
        if (!assignment.key || assignment.ignored === "empty") continue;
        const first = seen.get(path);
        if (first) {
          const message = `${assignment.key.name} was already given in line ${first.line.number}: the last one wins`;
          yield { ...atTag(assignment), path, message };
        }
        seen.set(path, assignment);
      }
    },
  }),
  textRule({
    code: "A022",
    name: "not-counted",
    severity: "error",
    summary: "Every attempt is closed by `$End`.",
    why: "Attempts are counted by `$End`: the driver ignores everything after the last one.",
    hint: "Close the block with $End",
    example: { bad: "$Start\nNQN:nqn.2014-08.org.example:b", line: 2 },
    *check({ all }) {
      const open = all.assignments.find(
        ({ key, attempt, ignored }) => key?.scope === "attempt" && ignored !== "empty" && attempt === all.attemptCount,
      );
      if (!open) return;
      const message = "No $End follows: this attempt is stored but not counted";
      yield { ...atTag(open), path: pathOf(open), message, hint: "Close the block with $End" };
    },
  }),
  textRule({
    code: "A023",
    name: "outside-block",
    severity: "warning",
    summary: "Keys of an attempt are between `$Start` and `$End`.",
    why: "`$Start` has no meaning for the tool: keys in front of it belong to the attempt that the next `$End` closes.",
    hint: "Put the key after $Start",
    example: { bad: "$End\nRouteMetric:1\n$Start", line: 2 },
    *check({ all }) {
      // Both lists follow the file.
      let next = 0;
      for (const assignment of all.assignments) {
        if (assignment.key?.scope !== "attempt" || assignment.ignored === "empty") continue;
        while (all.markers[next] && all.markers[next]!.line.number < assignment.line.number) next++;
        const [before, after] = [all.markers[next - 1], all.markers[next]];
        if ((before && !before.end) || !after || after.end) continue;
        const message = `${assignment.key.name} stands before $Start and belongs to the attempt that follows`;
        yield { ...atTag(assignment), path: pathOf(assignment), message };
      }
    },
  }),
  textRule({
    code: "A024",
    name: "no-attempts",
    severity: "warning",
    summary: "There is at least one attempt.",
    why: "With a count of 0 the driver does nothing and publishes no NBFT.",
    hint: "Add an attempt: $Start, its keys, $End",
    *check({ all }) {
      const line = all.input.lines.at(-1);
      if (all.attemptCount === 0 && line) yield { line, length: 0, message: "The file has no $End: 0 attempts" };
    },
  }),
  textRule({
    code: "A025",
    name: "too-many-attempts",
    severity: "error",
    summary: "There are at most seven attempts.",
    why: "The tool refuses the eighth; from the ninth on it writes over its caller's memory.",
    hint: "Leave out attempts: the driver takes seven, its setup menu four",
    example: { bad: "$End\n$End\n$End\n$End\n$End\n$End\n$End\n$End", line: 8 },
    *check({ all }) {
      const ends = all.markers.filter(({ end }) => end);
      const eighth = ends[7];
      if (!eighth) return;
      const what = ends.length === 8 ? "nothing is stored" : "memory after the tool's array is overwritten";
      yield { line: eighth.line, message: `There are ${ends.length} attempts, at most 7 can be stored: ${what}` };
    },
  }),
];
