import type { NbftReading } from "../nbft/read.ts";
import { type Span, spansOf } from "../nbft/spans.ts";

/** How two tables differ in bytes, apart from what they say. */
export interface ByteDifference {
  /** Owner of the bytes in the table that has them. */
  readonly path: string;
  readonly kind: "moved" | "resized" | "only in the first" | "only in the second" | "bytes";
  /** Place in the first and the second table. */
  readonly before?: { readonly offset: number; readonly length: number };
  readonly after?: { readonly offset: number; readonly length: number };
}

/** Spans that stand elsewhere, have another length or other bytes, or are in one table only; fields of structures that moved are told once, by their first. */
export function diffBytes(before: NbftReading, after: NbftReading): ByteDifference[] {
  const left = byOwner(spansOf(before.frame));
  const right = byOwner(spansOf(after.frame));
  const found: ByteDifference[] = [];
  for (const [key, a] of left) {
    const b = right.get(key);
    const place = { offset: a.offset, length: a.length };
    if (!b) found.push({ path: a.path, kind: "only in the first", before: place });
    else {
      const places = { before: place, after: { offset: b.offset, length: b.length } };
      if (a.length !== b.length) found.push({ path: a.path, kind: "resized", ...places });
      else if (a.offset !== b.offset) found.push({ path: a.path, kind: "moved", ...places });
      else if (!same(before.frame.input, after.frame.input, a)) found.push({ path: a.path, kind: "bytes", ...places });
    }
  }
  for (const [key, b] of right) {
    if (!left.has(key))
      found.push({ path: b.path, kind: "only in the second", after: { offset: b.offset, length: b.length } });
  }
  return found;
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

function same(a: Uint8Array, b: Uint8Array, { offset, length }: Span): boolean {
  for (let at = offset; at < offset + length; at++) if (a[at] !== b[at]) return false;
  return true;
}
