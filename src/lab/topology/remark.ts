/** What of the table cannot be built as it is, and what is done instead. */
export interface Remark {
  readonly kind: "refused" | "remapped" | "note";
  /** Where in the tables: `table 1 HFI 2`, `SSNS 3`. */
  readonly about: string;
  readonly text: string;
}

/** Gathers remarks and names what they are about, with the table's number where there are several. */
export interface Remarks {
  readonly all: readonly Remark[];
  add(kind: Remark["kind"], about: string, text: string): void;
  name(record: { readonly table: number }, kind: "HFI" | "SSNS" | "discovery", index: number): string;
}

export function createRemarks(tables: number): Remarks {
  const all: Remark[] = [];
  return {
    all,
    add: (kind, about, text) => {
      all.push({ kind, about, text });
    },
    name: ({ table }, kind, index) => `${tables > 1 ? `table ${table + 1} ` : ""}${kind} ${index}`,
  };
}
