import type { NbftTable } from "../nbft/table.ts";

/** One difference between two tables in what they say. */
export interface TableDifference {
  readonly kind: "changed" | "added" | "removed";
  /** Path in the model; list entries by their own index, for example `ssns#2.traddr`. */
  readonly path: string;
  /** Values in the first and in the second table; absent where there is none. */
  readonly before?: unknown;
  readonly after?: unknown;
}

type Entry = Readonly<Record<string, unknown>>;

const lists = ["hfi", "ssns", "security", "discovery"] as const;

/**
 * What two tables say differently. Entries of lists are the same when they have the same index and are of the same kind of
 * thing; where indexes have moved, an entry that names the same interface, namespace path or controller is the same. Offsets,
 * lengths and the order in the heap say nothing.
 */
export function diffTables(before: NbftTable, after: NbftTable): TableDifference[] {
  const found: TableDifference[] = [];
  for (const name of ["header", "control", "host"] as const) compare(name, before[name], after[name], found);
  for (const name of lists)
    diffLists(name, before[name] as readonly unknown[] as Entry[], after[name] as readonly unknown[] as Entry[], found);
  return found;
}

function diffLists(
  name: (typeof lists)[number],
  before: readonly Entry[],
  after: readonly Entry[],
  found: TableDifference[],
): void {
  const left = new Set(after);
  const pairs = new Map<Entry, Entry>();
  const pair = (same: (entry: Entry) => string | undefined) => {
    const candidates = new Map<string, Entry[]>();
    for (const entry of left) {
      const key = same(entry);
      if (key !== undefined) candidates.set(key, [...(candidates.get(key) ?? []), entry]);
    }
    for (const entry of before) {
      const key = same(entry);
      const match = key === undefined || pairs.has(entry) ? undefined : candidates.get(key)?.shift();
      if (!match) continue;
      pairs.set(entry, match);
      left.delete(match);
    }
  };
  // First the entries that are the same thing under the same number, then the same thing, then the same number.
  const identity = (entry: Entry) => identityOf(name, entry);
  pair((entry) => (identity(entry) === undefined ? undefined : `${String(entry["index"])} ${identity(entry)}`));
  pair(identity);
  pair((entry) => String(entry["index"]));
  for (const [position, entry] of before.entries()) {
    const path = `${name}#${String(entry["index"])}`;
    const match = pairs.get(entry);
    if (match) compare(path, entry, match, found);
    else found.push({ kind: "removed", path, before: before[position] });
  }
  for (const entry of after) {
    if (left.has(entry)) found.push({ kind: "added", path: `${name}#${String(entry["index"])}`, after: entry });
  }
}

/** What an entry is, whatever its number: an interface, a way to a namespace, a controller. */
function identityOf(name: (typeof lists)[number], entry: Entry): string | undefined {
  const info = entry["transportInfo"] as Entry | undefined;
  switch (name) {
    case "hfi":
      return info === undefined ? undefined : JSON.stringify([info["mac"], info["vlan"], info["ipAddress"]]);
    case "ssns":
      return JSON.stringify([
        entry["subsystemNqn"],
        entry["nid"],
        entry["nsid"],
        entry["traddr"],
        entry["trsvcid"],
        entry["primaryHfi"],
        entry["secondaryHfis"],
      ]);
    case "discovery":
      return JSON.stringify([entry["uri"], entry["nqn"], entry["hfiIndex"]]);
    case "security":
      return undefined;
  }
}

function compare(path: string, before: unknown, after: unknown, found: TableDifference[]): void {
  if (before === undefined && after === undefined) return;
  if (before === undefined) found.push({ kind: "added", path, after });
  else if (after === undefined) found.push({ kind: "removed", path, before });
  else if (isObject(before) && isObject(after)) {
    for (const key of new Set([...Object.keys(before), ...Object.keys(after)]))
      compare(`${path}.${key}`, before[key], after[key], found);
  } else if (JSON.stringify(before) !== JSON.stringify(after)) found.push({ kind: "changed", path, before, after });
}

function isObject(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
