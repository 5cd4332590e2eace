import type { ListName } from "../nbft/read/frame.ts";
import type { NbftTable } from "../nbft/table.ts";
import { type Editable, editing, type Fix } from "./fix.ts";

interface Entry {
  index: number;
  readonly structureId?: number | undefined;
  readonly flags: { readonly valid: boolean };
}

/** A place that holds an index of some list. */
interface IndexHolder {
  readonly value: number;
  set(value: number): void;
}

/**
 * A fix that numbers the entries of a list by their position, and takes everything along that refers to them. Nothing where a reference
 * that leads nowhere would then lead to an entry that nobody can say it meant.
 */
export function renumbering(rule: string, list: ListName): Fix {
  return editing(rule, ({ table }) => {
    const entries = table[list] as Entry[];
    const holders = holdersOf(list, table);
    const renamed = firstOfEach(entries);
    const dangling = holders.filter(({ value }) => value !== 0 && !renamed.has(value));
    if (dangling.some(({ value }) => value <= entries.length && !hasLostNumber(list, table, value - 1))) return;
    for (const holder of holders) holder.set(renamed.get(holder.value) ?? holder.value);
    for (const [position, entry] of entries.entries()) rename(list, table, position, entry.index);
  });
}

/** New index of each index: that of the first valid entry that has it, as readers look it up. */
function firstOfEach(entries: readonly Entry[]): Map<number, number> {
  const renamed = new Map<number, number>();
  for (const [position, { index, structureId, flags }] of entries.entries()) {
    if (index !== 0 && structureId === undefined && flags.valid && !renamed.has(index))
      renamed.set(index, position + 1);
  }
  return renamed;
}

/** Whether the entry at a position cannot be meant by its own index, or says elsewhere which one is its own. */
function hasLostNumber(list: ListName, table: Editable<NbftTable>, position: number): boolean {
  const entries = table[list] as readonly Entry[];
  const { index } = entries[position]!;
  if (index === 0 || entries.findIndex((entry) => entry.index === index) < position) return true;
  return list === "hfi" && table.hfi[position]!.transportInfo?.hfiIndex === position + 1;
}

/** Every place outside a list's own entries that holds one of its indexes. */
function holdersOf(list: ListName, table: Editable<NbftTable>): IndexHolder[] {
  switch (list) {
    case "hfi":
      return [
        ...held(table.ssns, "primaryHfi"),
        ...table.ssns.flatMap(({ secondaryHfis }) =>
          (secondaryHfis ?? []).map((_, i) => inList(secondaryHfis as number[], i)),
        ),
        ...held(table.discovery, "hfiIndex"),
      ];
    case "security":
      return [...held(table.ssns, "securityIndex"), ...held(table.discovery, "securityIndex")];
    case "discovery":
      return held(table.ssns, "discoveryIndex");
    case "ssns":
      return [];
  }
}

function held<K extends string>(owners: readonly Record<K, number>[], key: K): IndexHolder[] {
  return owners.map((owner) => ({
    value: owner[key],
    set: (value) => {
      owner[key] = value as Record<K, number>[K];
    },
  }));
}

function inList(list: number[], i: number): IndexHolder {
  return {
    value: list[i]!,
    set: (value) => {
      list[i] = value;
    },
  };
}

/** Gives an entry the index of its position, and the structures that hang on it as far as they have its old one. */
function rename(list: ListName, table: Editable<NbftTable>, position: number, old: number): void {
  const index = position + 1;
  (table[list] as Entry[])[position]!.index = index;
  const info = table.hfi[position]?.transportInfo;
  if (list === "hfi" && info) {
    if (info.hfiIndex === old) info.hfiIndex = index;
    if (info.extendedInfo?.hfiIndex === old) info.extendedInfo.hfiIndex = index;
  }
  const extended = table.ssns[position]?.extendedInfo;
  if (list === "ssns" && extended?.ssnsIndex === old) extended.ssnsIndex = index;
}
