/** What every descriptor of a list has. */
export interface ListEntry {
  readonly structureId?: number | undefined;
  readonly flags: { readonly valid: boolean };
  readonly index: number;
}

/** Whether a descriptor is what its list holds, and says that it is valid. */
export function isValid(entry: ListEntry): boolean {
  return entry.structureId === undefined && entry.flags.valid;
}

/** The descriptors of a list, found by their index. */
export class IndexedList<T extends ListEntry> {
  readonly entries: readonly T[];
  /** Whether every index is the entry's place in the list, counted from 1: then none is there twice. */
  readonly inOrder: boolean;
  /** Whether the list was read to its end, so that an index it lacks is missing for sure. */
  readonly complete: boolean;
  #positions: Map<number, number> | undefined;

  constructor(entries: readonly T[], complete: boolean) {
    this.entries = entries;
    this.complete = complete;
    let inOrder = true;
    for (let i = 0; i < entries.length; i++) if (entries[i]!.index !== i + 1) inOrder = false;
    this.inOrder = inOrder;
  }

  /** Position of the first valid descriptor with an index, or -1. */
  positionOf(index: number): number {
    if (!this.inOrder) return this.#search(index);
    const entry = this.entries[index - 1];
    return entry !== undefined && isValid(entry) ? index - 1 : -1;
  }

  #search(index: number): number {
    if (!this.#positions) {
      this.#positions = new Map();
      for (let i = this.entries.length - 1; i >= 0; i--) {
        const entry = this.entries[i]!;
        if (isValid(entry)) this.#positions.set(entry.index, i);
      }
    }
    return this.#positions.get(index) ?? -1;
  }

  /** Whether a valid descriptor has the index. */
  has(index: number): boolean {
    return this.positionOf(index) >= 0;
  }

  /** The first valid descriptor with an index. */
  get(index: number): T | undefined {
    const position = this.positionOf(index);
    return position < 0 ? undefined : this.entries[position];
  }

  /** Whether an index is missing for sure: the list was read to its end and no valid descriptor has it. */
  lacks(index: number): boolean {
    return this.positionOf(index) < 0 && this.complete;
  }
}
