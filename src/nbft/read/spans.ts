import { type ClaimedRange, type ClaimKind, claimsOf } from "./claims.ts";
import type { TableFrame } from "./frame.ts";

/** A run of bytes with one owner. The spans of a table are disjoint, in order, and cover every byte of the input. */
export interface Span {
  readonly offset: number;
  readonly length: number;
  readonly kind:
    | ClaimKind
    /** Heap bytes that nothing refers to. */
    | "unused"
    /** Bytes of the table outside the heap that no structure covers. */
    | "gap"
    /** Bytes after the table. */
    | "trailing";
  /** Owner's model path; `heap`, `gap` or `trailing` where nothing claims the bytes. */
  readonly path: string;
  readonly title: string;
  /** Other paths that refer to exactly the same object. */
  readonly sharedWith?: readonly string[];
  /** The owner's claim, which is longer than the span when an earlier claim has some of its bytes. */
  readonly claim?: ClaimedRange;
}

/**
 * Divides the input into spans. Where claims overlap, structures go before heap objects and earlier ones before later ones;
 * the later claim keeps what is left of it, maybe in pieces. Time follows the input's size, not the sum of all lengths.
 *
 * @param frame of a table that was read: `spansOf(readNbft(bytes).frame)`
 */
export function spansOf(frame: TableFrame): Span[] {
  const { bytes, input } = frame;
  const free = new FreeBytes(bytes.length);
  const owned: Span[] = [];
  const objects = new Map<string, string[]>();
  for (const claim of claimsOf(frame)) {
    const { kind, path, offset, length, title } = claim;
    if (kind === "object") {
      const key = `${offset}+${length}`;
      const others = objects.get(key);
      if (others) {
        others.push(path);
        continue;
      }
      objects.set(key, []);
    }
    free.take(offset, length, (start, size) => owned.push({ offset: start, length: size, kind, path, title, claim }));
  }
  free.take(0, bytes.length, (start, size) => owned.push(...unclaimed(frame, start, start + size)));
  if (input.length > bytes.length) {
    const length = input.length - bytes.length;
    owned.push({ offset: bytes.length, length, kind: "trailing", path: "trailing", title: "Bytes after the table" });
  }
  return owned
    .map((span) => {
      const shared = span.kind === "object" ? objects.get(`${span.claim!.offset}+${span.claim!.length}`)! : [];
      return shared.length > 0 ? { ...span, sharedWith: shared } : span;
    })
    .sort((a, b) => a.offset - b.offset);
}

function unclaimed({ heapStart, heapEnd }: TableFrame, start: number, end: number): Span[] {
  // A heap of no bytes starts where it ends.
  const cuts = [...new Set([start, ...[heapStart, heapEnd].filter((cut) => cut > start && cut < end), end])];
  return cuts.slice(1).map((cut, i) => {
    const offset = cuts[i]!;
    const inHeap = offset >= heapStart && offset < heapEnd;
    return inHeap
      ? { offset, length: cut - offset, kind: "unused", path: "heap", title: "Heap, not referred to" }
      : { offset, length: cut - offset, kind: "gap", path: "gap", title: "Not part of any structure" };
  });
}

/** Which bytes have no owner yet. Each byte is visited once when taken and skipped in almost constant time afterwards. */
class FreeBytes {
  /** For each byte: itself when free, else a byte further on. The last entry is a stop. */
  readonly #next: Int32Array;

  constructor(length: number) {
    this.#next = new Int32Array(length + 1);
    for (let i = 0; i <= length; i++) this.#next[i] = i;
  }

  #find(at: number): number {
    let root = at;
    while (this.#next[root] !== root) root = this.#next[root]!;
    for (let i = at; i !== root; ) {
      const following = this.#next[i]!;
      this.#next[i] = root;
      i = following;
    }
    return root;
  }

  /** Takes the free bytes of a range and reports them as runs. */
  take(offset: number, length: number, run: (start: number, size: number) => void): void {
    const end = Math.min(offset + length, this.#next.length - 1);
    for (let start = this.#find(offset); start < end; ) {
      let stop = start;
      while (stop < end && this.#next[stop] === stop) {
        this.#next[stop] = stop + 1;
        stop++;
      }
      run(start, stop - start);
      start = this.#find(stop);
    }
  }
}
