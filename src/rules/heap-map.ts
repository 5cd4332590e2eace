import { isFilled } from "../bytes/compare.ts";
import { readUint } from "../bytes/numbers.ts";
import { listNames, listStructures, type TableFrame } from "../nbft/read/frame.ts";
import { hostDescriptor, nbftHeader } from "../nbft/structures/index.ts";
import { maskOf, type RefField, type Structure } from "../structure/index.ts";

/** A reference of a structure, with what the walk needs ready at hand. */
interface Ref {
  readonly key: string;
  readonly at: number;
  readonly isString: boolean;
  readonly target: Shape | undefined;
  /** Bytes of the shortest form of the target. */
  readonly least: number;
  /** Number that has to be at least `whenLeast` under `whenMask` for the reference to be in use; no bytes where it always is. */
  readonly whenAt: number;
  readonly whenSize: 0 | 1 | 2 | 4;
  readonly whenMask: number;
  readonly whenLeast: number;
}

/** What of a structure matters to the walk. */
interface Shape {
  readonly refs: readonly Ref[];
  readonly id: number;
  readonly flagsAt: number;
}

function shapeOf(structure: Structure): Shape {
  const { structureId, flags } = structure.fields;
  return {
    id: structureId?.kind === "uint" ? (structureId.const ?? -1) : -1,
    flagsAt: flags?.at ?? 0,
    refs: Object.entries(structure.fields).flatMap(([key, field]) =>
      field.kind === "ref" ? [refOf(structure, key, field)] : [],
    ),
  };
}

function refOf(structure: Structure, key: string, field: RefField): Ref {
  const { at, object, when } = field;
  const target = object.kind === "structure" ? shapeOf(object.structure) : undefined;
  const least = object.kind === "structure" ? object.structure.minSize : 0;
  const ref = { key, at, isString: object.kind === "string", target, least };
  if (!when) return { ...ref, whenAt: 0, whenSize: 0, whenMask: 0, whenLeast: 0 };
  const [name, bit] = when.field.split(".") as [string, string?];
  const condition = structure.fields[name]!;
  const { low, width } = condition.kind === "flags" && bit !== undefined ? condition.bits[bit]! : { low: 0, width: 32 };
  return {
    ...ref,
    whenAt: condition.at,
    whenSize: condition.size as 1 | 2 | 4,
    whenMask: maskOf(low, width),
    whenLeast: when.atLeast << low,
  };
}

const headerShape = shapeOf(nbftHeader);
const hostShape = shapeOf(hostDescriptor);
const listShapes = listNames.map((name) => ({ name, shape: shapeOf(listStructures[name]) }));

/** An object of the heap and who refers to it. */
export interface HeapUse {
  readonly path: string;
  readonly offset: number;
  readonly length: number;
}

/** Places of the objects of the table that is looked at: kept from table to table, for a map needs them only while it is made. */
let keys = new Float64Array(512);

function growKeys(): void {
  const grown = new Float64Array(2 * keys.length);
  grown.set(keys);
  keys = grown;
}

/** Objects that start in the same place are told apart by their length, at most 65 535. */
const LENGTHS = 0x10000;

/**
 * What the heap holds: one walk over all references that are followed, one sort where they are not in order already, one sweep. The names
 * of the objects are looked up only when something is to be reported.
 */
export class HeapMap {
  /** Strings whose length counts their NUL, and strings with an uncounted one right behind. */
  counted = 0;
  uncounted = 0;
  /** References that lead to an object which another one leads to. */
  shared = 0;
  /** Objects that start inside another. */
  overlapping = 0;
  /** Stretches of bytes that are not zero and that no followed reference leads to. */
  unused = 0;
  readonly #frame: TableFrame;
  #count = 0;
  #last = -1;
  #sorted = true;

  constructor(frame: TableFrame) {
    this.#frame = frame;
    const { heapOffset, heapLength } = frame.header;
    // Objects of a heap that ends outside the table may be anywhere: what lies between them says nothing.
    if (heapOffset + heapLength > frame.bytes.length) return;
    this.#collectAll();
    this.#sweep();
  }

  #collectAll(): void {
    const { hostOffset, lists, configured, view } = this.#frame;
    this.#collect(headerShape, 0);
    if (!configured) return;
    if (hostOffset !== undefined) this.#collect(hostShape, hostOffset);
    for (let k = 0; k < listShapes.length; k++) {
      const { name, shape } = listShapes[k]!;
      const { offset, stride, count } = lists[name];
      for (let i = 0, at = offset; i < count; i++, at += stride) {
        const valid = view.getUint8(at) === shape.id && (view.getUint8(at + shape.flagsAt) & 1) !== 0;
        if (valid) this.#collect(shape, at);
      }
    }
  }

  #collect({ refs }: Shape, base: number): void {
    const { bytes, view, heapStart, heapEnd } = this.#frame;
    for (let i = 0; i < refs.length; i++) {
      const ref = refs[i]!;
      const at = base + ref.at;
      const length = view.getUint16(at + 4, true);
      if (length === 0 || !inUse(ref, bytes, base)) continue;
      const offset = view.getUint32(at, true);
      const end = offset + length;
      if (offset < heapStart || end > heapEnd) continue;
      if (ref.isString) {
        if (bytes[end - 1] === 0) this.counted++;
        else if (end < heapEnd && bytes[end] === 0) this.uncounted++;
      }
      const key = offset * LENGTHS + length;
      if (key < this.#last) this.#sorted = false;
      this.#last = key;
      if (this.#count === keys.length) growKeys();
      keys[this.#count++] = key;
      const { target } = ref;
      if (target && length >= ref.least && bytes[offset] === target.id) this.#collect(target, offset);
    }
  }

  #sweep(): void {
    const count = this.#count;
    if (!this.#sorted) keys.subarray(0, count).sort();
    const { bytes, heapStart, heapEnd } = this.#frame;
    let end = heapStart;
    let previous = -1;
    for (let i = 0; i < count; i++) {
      const key = keys[i]!;
      if (key === previous) {
        this.shared++;
        continue;
      }
      previous = key;
      const offset = Math.floor(key / LENGTHS);
      const stop = offset + (key - offset * LENGTHS);
      if (offset < end) this.overlapping++;
      else if (offset > end && !isFilled(bytes, 0, end, offset)) this.unused++;
      if (stop > end) end = stop;
    }
    if (end < heapEnd && !isFilled(bytes, 0, end, heapEnd)) this.unused++;
  }

  /** Every use of an object, in the order of their places; `everything` takes in descriptors that are not valid and unused references. */
  uses(everything = false): HeapUse[] {
    const { bytes, view, hostOffset, lists, configured, heapStart, heapEnd } = this.#frame;
    const uses: HeapUse[] = [];
    const walk = ({ refs }: Shape, base: number, owner: string) => {
      for (const ref of refs) {
        const offset = view.getUint32(base + ref.at, true);
        const length = view.getUint16(base + ref.at + 4, true);
        if (length === 0 || !(everything || inUse(ref, bytes, base))) continue;
        if (offset < heapStart || offset + length > heapEnd) continue;
        const path = `${owner}.${ref.key}`;
        uses.push({ path, offset, length });
        if (ref.target && length >= ref.least && bytes[offset] === ref.target.id) walk(ref.target, offset, path);
      }
    };
    walk(headerShape, 0, "header");
    if (configured && hostOffset !== undefined) walk(hostShape, hostOffset, "host");
    for (const { name, shape } of configured ? listShapes : []) {
      const { offset, stride, count } = lists[name];
      for (let i = 0, at = offset; i < count; i++, at += stride) {
        const valid = view.getUint8(at) === shape.id && (view.getUint8(at + shape.flagsAt) & 1) !== 0;
        if (valid || everything) walk(shape, at, `${name}[${i}]`);
      }
    }
    return uses.sort((a, b) => a.offset - b.offset || a.length - b.length);
  }

  /**
   * Stretches from the first to the last byte that is not zero, between the objects; those of descriptors that are not valid are no
   * leftovers.
   */
  leftovers(): { offset: number; length: number }[] {
    const { heapStart, heapEnd, bytes } = this.#frame;
    const left: { offset: number; length: number }[] = [];
    const gap = (start: number, stop: number) => {
      let from = start;
      let to = stop;
      while (from < to && bytes[from] === 0) from++;
      while (to > from && bytes[to - 1] === 0) to--;
      if (from < to) left.push({ offset: from, length: to - from });
    };
    let end = heapStart;
    for (const { offset, length } of this.uses(true)) {
      if (offset > end) gap(end, offset);
      end = Math.max(end, offset + length);
    }
    gap(end, heapEnd);
    return left;
  }
}

function inUse({ whenAt, whenSize, whenMask, whenLeast }: Ref, bytes: Uint8Array, base: number): boolean {
  return whenSize === 0 || (readUint(bytes, base + whenAt, whenSize) & whenMask) >>> 0 >= whenLeast;
}
