import { listNames, listStructures } from "../nbft/read/frame.ts";
import { readNbft } from "../nbft/read/read.ts";
import { hostDescriptor } from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import { exactLayoutOf } from "../nbft/write/layout-of.ts";
import type { ListLayout, ObjectLayout } from "../nbft/write/layout-part.ts";
import type { Prng } from "./prng.ts";

/** Choices of {@link rearranged}. */
export interface Arrangement {
  /** Bytes that descriptors of a list have beyond what is known of them, as a later revision may add some. */
  readonly wider?: number;
  /** Whether equal objects stand in the heap once. */
  readonly shared?: boolean;
  /** Most unused bytes between objects. */
  readonly holes?: number;
  /** Offsets of objects are multiples of this. */
  readonly align?: number;
  /** Whether lists stand in another order. */
  readonly lists?: boolean;
}

/** A sound table with the same content in places where nobody writes it but readers have to find it: heap objects in any order. */
export function rearranged(table: NbftTable, prng: Prng, arrangement: Arrangement = {}): Uint8Array {
  const { wider = 0, shared = false, holes = 0, align = 1 } = arrangement;
  const canonical = encodeNbft(table);
  const layout = exactLayoutOf(readNbft(canonical));
  let end = 128 + (table.host ? hostDescriptor.size : 0);
  const places: Partial<Record<(typeof listNames)[number], ListLayout>> = {};
  for (const name of arrangement.lists ? shuffled(listNames, prng) : listNames) {
    const count = table[name].length;
    const length = listStructures[name].size + wider;
    if (count > 0) places[name] = { offset: end, length, version: 1, entries: count };
    end += count * length;
  }
  const heapOffset = end;
  const objects: Record<string, ObjectLayout> = {};
  const known = new Map<string, ObjectLayout>();
  for (const [path, { offset, length }] of shuffled(Object.entries(layout.objects ?? {}), prng)) {
    const content = `${canonical.subarray(offset, offset + length)}`;
    // Structures hold indexes of their owner and references: no two are equal for long.
    const twin = shared ? known.get(content) : undefined;
    if (!twin) {
      end += prng.below(holes + 1);
      end += (align - (end % align)) % align;
    }
    objects[path] = twin ?? { offset: end, length };
    if (twin) continue;
    known.set(content, objects[path]);
    end += length;
  }
  const header = { heapOffset, heapLength: end - heapOffset };
  return encodeNbft(table, { layout: { ...layout, ...places, size: end, header, objects, bytes: [] } });
}

function shuffled<T>(things: readonly T[], prng: Prng): T[] {
  const left = [...things];
  for (let i = left.length - 1; i > 0; i--) {
    const j = prng.below(i + 1);
    [left[i], left[j]] = [left[j]!, left[i]!];
  }
  return left;
}
