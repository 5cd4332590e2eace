import type { NbftReading } from "../nbft/read/read.ts";
import { type Span, spansOf } from "../nbft/read/spans.ts";
import { valueAt } from "../nbft/value-at.ts";
import type { Field } from "../structure/index.ts";
import { formatHex } from "../text/hex.ts";

/** How two tables differ in bytes, apart from what they say. */
export interface ByteDifference {
  /** What is different of the bytes: their place, their number, whether they are there at all, or themselves. */
  readonly kind: "moved" | "resized" | "only in the first" | "only in the second" | "bytes";
  /** Owner of the bytes, in the table that has them. */
  readonly path: string;
  /** Place in the first and the second table. */
  readonly before?: BytePlace;
  /** Place in the second table; absent where it has none. */
  readonly after?: BytePlace;
}

export interface BytePlace {
  readonly offset: number;
  readonly length: number;
  /** Hexadecimal digits, where it is the bytes that differ: the first 32 of them. */
  readonly bytes?: string;
}

/** Bytes that are shown of a difference. */
const SHOWN = 32;

/**
 * What stands elsewhere in two tables, or is made of other bytes, though it says the same: objects, lists and structures that have moved,
 * strings that count their NUL or not, numbers that follow from places, reserved bytes, leftovers. What the tables say differently is the
 * business of {@link diffTables}, and left out.
 */
export function diffBytes(before: NbftReading, after: NbftReading): ByteDifference[] {
  const left = byOwner(spansOf(before.frame));
  const right = byOwner(spansOf(after.frame));
  const found: ByteDifference[] = [];
  for (const [key, a] of left) {
    const b = right.get(key);
    if (!b) {
      if (!saysOtherwise(a, before, after))
        found.push({ kind: "only in the first", path: a.path, before: place(a, before) });
    } else if (!saysOtherwise(a, before, after)) found.push(...difference(a, b, before, after));
  }
  for (const [key, b] of right) {
    if (left.has(key) || saysOtherwise(b, before, after)) continue;
    found.push({ kind: "only in the second", path: b.path, after: place(b, after) });
  }
  return found;
}

function difference(a: Span, b: Span, before: NbftReading, after: NbftReading): ByteDifference[] {
  const places = {
    path: a.path,
    before: { offset: a.offset, length: a.length },
    after: { offset: b.offset, length: b.length },
  };
  if (a.length !== b.length) return [{ kind: "resized", ...places }];
  const { input } = before.frame;
  const other = after.frame.input;
  let same = true;
  for (let i = 0; i < a.length && same; i++) same = input[a.offset + i] === other[b.offset + i];
  const moved: ByteDifference[] = a.offset === b.offset ? [] : [{ kind: "moved", ...places }];
  // A reference says nothing but where its object is, and that is told of the object.
  if (same || isReference(a.claim?.field)) return moved;
  return [...moved, { kind: "bytes", path: a.path, before: place(a, before), after: place(b, after) }];
}

function place({ offset, length }: Span, { frame }: NbftReading): BytePlace {
  return { offset, length, bytes: formatHex(frame.input.subarray(offset, offset + Math.min(length, SHOWN))) };
}

function isReference(field: Field | undefined): boolean {
  return field?.kind === "ref";
}

/** Whether a span holds a value of the model that the other table has otherwise, or not at all. */
function saysOtherwise({ kind, path, claim }: Span, before: NbftReading, after: NbftReading): boolean {
  if (kind !== "field" && kind !== "object" && kind !== "terminator") return false;
  if (claim?.field && "derived" in claim.field && claim.field.derived) return false;
  const model = path.replace(/Ref$/, "");
  const [a, b] = [valueAt(before.table, model), valueAt(after.table, model)];
  // What cannot be read says nothing in either table.
  return (a !== undefined || b !== undefined) && JSON.stringify(a) !== JSON.stringify(b);
}

/** Spans by owner and kind, numbered where an owner has several. */
function byOwner(spans: readonly Span[]): Map<string, Span> {
  const owned = new Map<string, Span>();
  const counts = new Map<string, number>();
  for (const span of spans) {
    const name = `${span.kind} ${span.path}`;
    const count = counts.get(name) ?? 0;
    counts.set(name, count + 1);
    owned.set(`${name} ${count}`, span);
  }
  return owned;
}
