import { type ListName, listNames } from "../nbft/read/frame.ts";
import type { NbftTable } from "../nbft/table.ts";
import { isObject } from "../text/is-object.ts";

/** One difference between two tables in what they say. */
export interface TableDifference {
  /** Whether both tables have a value there, or only one of them. */
  readonly kind: "changed" | "added" | "removed";
  /** Path in the model; list entries by their index in the first table that has them, for example `ssns#2.traddr`. */
  readonly path: string;
  /** Values in the first and in the second table; absent where there is none. */
  readonly before?: unknown;
  /** Value in the second table; absent where it has none. */
  readonly after?: unknown;
}

type Entry = Readonly<Record<string, unknown>>;

/** Which entry of the second table each entry of the first one is. */
export interface EntryPair {
  /** Positions in the lists. */
  readonly before: number;
  readonly after: number;
}

/**
 * What two tables say differently. Entries of lists are the same when they are the same kind of thing (an interface by MAC, VLAN and
 * address; a subsystem by NQN, namespace, address and interface; a controller by URI and interface) and have the same index; where indexes
 * have moved, the same thing is the same, and references are compared by what they lead to. Offsets, lengths and the order in the heap
 * say nothing.
 */
export function diffTables(before: NbftTable, after: NbftTable): TableDifference[] {
  return new TableDiff(before, after).run();
}

/** For each list, which entries of two tables are the same. */
function pairEntries(before: NbftTable, after: NbftTable): Readonly<Record<ListName, readonly EntryPair[]>> {
  // Subsystems and controllers are known by their interfaces: those come first.
  const hfi = pairList("hfi", before, after, identityOfHfi, identityOfHfi);
  const names = [nameHfis(before, hfi, "before"), nameHfis(after, hfi, "after")] as const;
  const by = (identity: (entry: Entry, hfis: ReadonlyMap<unknown, unknown>) => string) =>
    [(entry: Entry) => identity(entry, names[0]), (entry: Entry) => identity(entry, names[1])] as const;
  return {
    hfi,
    ssns: pairList("ssns", before, after, ...by(identityOfSsns)),
    security: pairList("security", before, after, identityOfProfile, identityOfProfile),
    discovery: pairList("discovery", before, after, ...by(identityOfDiscovery)),
  };
}

type Identify = (entry: Entry) => string | undefined;

function identityOfHfi(entry: Entry): string | undefined {
  const info = entry["transportInfo"] as Entry | undefined;
  return info === undefined ? undefined : JSON.stringify([info["mac"], info["vlan"], info["ipAddress"]]);
}

function identityOfSsns(entry: Entry, hfis: ReadonlyMap<unknown, unknown>): string {
  const keys = ["subsystemNqn", "nid", "nsid", "traddr", "trsvcid"].map((key) => entry[key]);
  const secondary = (entry["secondaryHfis"] as readonly number[] | undefined)?.map((index) => hfis.get(index));
  return JSON.stringify([...keys, hfis.get(entry["primaryHfi"]), secondary]);
}

/** Profiles have no name: one that has got another number says the same. */
function identityOfProfile({ index: _, ...rest }: Entry): string {
  return JSON.stringify(rest);
}

function identityOfDiscovery(entry: Entry, hfis: ReadonlyMap<unknown, unknown>): string {
  return JSON.stringify([entry["uri"], entry["nqn"], hfis.get(entry["hfiIndex"])]);
}

/** A name of each HFI index that is the same in both tables where the HFI is. */
function nameHfis(table: NbftTable, pairs: readonly EntryPair[], side: keyof EntryPair): ReadonlyMap<unknown, unknown> {
  const names = new Map<unknown, unknown>();
  for (const [name, pair] of pairs.entries()) {
    const { index } = table.hfi[pair[side]]!;
    if (!names.has(index)) names.set(index, name);
  }
  for (const { index } of table.hfi) if (!names.has(index)) names.set(index, `${side} ${index}`);
  return names;
}

function pairList(
  name: ListName,
  before: NbftTable,
  after: NbftTable,
  identityBefore: Identify,
  identityAfter: Identify,
): EntryPair[] {
  const [left, right] = [entriesOf(before, name), entriesOf(after, name)];
  const partner = new Map<number, number>();
  const free = new Set(right.keys());
  const pair = (keyBefore: Identify, keyAfter: Identify) => {
    const candidates = new Map<string, number[]>();
    for (const position of free) {
      const key = keyAfter(right[position]!);
      if (key === undefined) continue;
      const list = candidates.get(key);
      if (list) list.push(position);
      else candidates.set(key, [position]);
    }
    for (const [position, entry] of left.entries()) {
      const key = partner.has(position) ? undefined : keyBefore(entry);
      const match = key === undefined ? undefined : candidates.get(key)?.shift();
      if (match === undefined) continue;
      partner.set(position, match);
      free.delete(match);
    }
  };
  const index = (entry: Entry) => String(entry["index"]);
  const both = (identity: Identify) => (entry: Entry) => {
    const known = identity(entry);
    return known === undefined ? undefined : `${index(entry)} ${known}`;
  };
  // First the same thing under the same number, then the same thing, then the same number.
  pair(both(identityBefore), both(identityAfter));
  pair(identityBefore, identityAfter);
  pair(index, index);
  return [...partner].sort(([a], [b]) => a - b).map(([from, to]) => ({ before: from, after: to }));
}

function entriesOf(table: NbftTable, name: ListName): readonly Entry[] {
  return table[name] as readonly unknown[] as readonly Entry[];
}

/** Keys that hold an index, with the list that it belongs to. */
const references: Readonly<Record<string, ListName>> = {
  primaryHfi: "hfi",
  secondaryHfis: "hfi",
  hfiIndex: "hfi",
  ssnsIndex: "ssns",
  securityIndex: "security",
  discoveryIndex: "discovery",
};

class TableDiff {
  readonly #before: NbftTable;
  readonly #after: NbftTable;
  readonly #found: TableDifference[] = [];
  readonly #pairs: ReturnType<typeof pairEntries>;
  /** For each list, the index in the second table of what has an index in the first. */
  readonly #renamed: Record<ListName, ReadonlyMap<number, number>>;

  constructor(before: NbftTable, after: NbftTable) {
    this.#before = before;
    this.#after = after;
    this.#pairs = pairEntries(before, after);
    this.#renamed = {
      hfi: this.#renames("hfi"),
      ssns: this.#renames("ssns"),
      security: this.#renames("security"),
      discovery: this.#renames("discovery"),
    };
  }

  run(): TableDifference[] {
    for (const name of ["header", "control", "host"] as const) {
      this.#compare(name, this.#before[name], this.#after[name]);
    }
    for (const name of listNames) this.#list(name);
    return this.#found;
  }

  #renames(name: ListName): Map<number, number> {
    const renamed = new Map<number, number>();
    for (const { before, after } of this.#pairs[name]) {
      const index = this.#before[name][before]!.index;
      // 0 names no entry, even where one has it.
      if (index !== 0 && !renamed.has(index)) renamed.set(index, this.#after[name][after]!.index);
    }
    return renamed;
  }

  #list(name: ListName): void {
    const [left, right] = [entriesOf(this.#before, name), entriesOf(this.#after, name)];
    const partner = new Map(this.#pairs[name].map(({ before, after }) => [before, after]));
    for (const [position, entry] of left.entries()) {
      const path = `${name}#${String(entry["index"])}`;
      const match = partner.get(position);
      if (match === undefined) this.#found.push({ kind: "removed", path, before: entry });
      else this.#compare(path, entry, right[match]);
    }
    const matched = new Set(partner.values());
    for (const [position, entry] of right.entries()) {
      if (!matched.has(position))
        this.#found.push({ kind: "added", path: `${name}#${String(entry["index"])}`, after: entry });
    }
  }

  #compare(path: string, before: unknown, after: unknown): void {
    if (before === undefined && after === undefined) return;
    if (before === undefined) this.#found.push({ kind: "added", path, after });
    else if (after === undefined) this.#found.push({ kind: "removed", path, before });
    else if (isObject(before) && isObject(after)) {
      for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
        this.#compare(`${path}.${key}`, before[key], after[key]);
      }
    } else if (JSON.stringify(this.#expected(path, before)) !== JSON.stringify(after)) {
      this.#found.push({ kind: "changed", path, before, after });
    }
  }

  /** A value as the second table would have it if it said the same: indexes of entries that have got another one are renamed. */
  #expected(path: string, value: unknown): unknown {
    const list = references[path.slice(path.lastIndexOf(".") + 1)];
    if (list === undefined) return value;
    const renamed = this.#renamed[list];
    const rename = (index: unknown) => renamed.get(index as number) ?? index;
    return Array.isArray(value) ? value.map(rename) : rename(value);
  }
}
