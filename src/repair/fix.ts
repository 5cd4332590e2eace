import { readUint, writeUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import type { NbftTable } from "../nbft/table.ts";
import { valueAt } from "../nbft/value-at.ts";
import { encodeNbft } from "../nbft/write/encode.ts";
import { exactLayoutOf } from "../nbft/write/layout-of.ts";
import type { ExactLayout } from "../nbft/write/layout-part.ts";
import { placeOf } from "../rules/place.ts";

/** A repair of what one rule finds. What it does is said by the rule's own `fix`. */
export interface Fix {
  /** Code of the rule. */
  readonly rule: string;
  /** What the rule finds keeps other rules from looking further: errors may come to light that were there before. */
  readonly reveals?: true;
  /** What it is about is text that it must not lose; other fixes may write zeros over what they are about. */
  readonly keeps?: true;
  /** The repaired bytes, or the same ones where nothing can be done safely. */
  apply(reading: NbftReading, findings: readonly Diagnostic[]): Uint8Array;
}

/** Extras of a fix. */
type Extras = Pick<Fix, "reveals" | "keeps">;

/** A fix that changes bytes where they are. `patch` gets a copy to write into. */
export function patching(
  rule: string,
  patch: (bytes: Uint8Array, finding: Diagnostic, reading: NbftReading) => void,
  extras: Extras = {},
): Fix {
  return {
    rule,
    ...extras,
    apply: (reading, findings) => {
      const bytes = Uint8Array.from(reading.frame.input);
      for (const finding of findings) patch(bytes, finding, reading);
      return bytes;
    },
  };
}

/** A fix that writes a number into the field that a finding is about; nothing where there is none to write. */
export function writing(
  rule: string,
  number: number | ((finding: Diagnostic, reading: NbftReading) => number | undefined),
  extras: Extras = {},
): Fix {
  return patching(
    rule,
    (bytes, finding, reading) => {
      const value = typeof number === "number" ? number : number(finding, reading);
      if (value !== undefined) writeUint(bytes, finding.offset, Math.min(finding.length, 4), value);
    },
    extras,
  );
}

/** A fix that writes zeros over what a finding is about: reserved bytes, addresses that say nothing. */
export function zeroing(rule: string, concerns: (finding: Diagnostic) => boolean = () => true): Fix {
  return patching(rule, (bytes, finding) => {
    if (concerns(finding)) bytes.fill(0, finding.offset, finding.offset + finding.length);
  });
}

/** A fix that clears reserved bits of flags, and writes zeros over reserved bytes. */
export function clearing(rule: string): Fix {
  return patching(rule, (bytes, { path, offset, length }, { table }) => {
    if (/\.reserved\d+$|Ref$/.test(path)) bytes.fill(0, offset, offset + length);
    const reserved = (valueAt(table, path) as { reserved?: number } | undefined)?.reserved;
    if (reserved === undefined) return;
    const size = length as 1 | 2 | 4;
    writeUint(bytes, offset, size, (readUint(bytes, offset, size) & ~reserved) >>> 0);
  });
}

/** A table taken apart to be edited: values, and the places of everything. */
export interface EditedTable {
  readonly table: Editable<NbftTable>;
  readonly layout: { -readonly [K in keyof ExactLayout]: ExactLayout[K] };
}

/** The same type with properties that can be written. */
export type Editable<T> = T extends object ? { -readonly [K in keyof T]: Editable<T[K]> } : T;

/** A fix that edits values; what no longer fits its place goes to the end of the heap. */
export function editing(
  rule: string,
  edit: (draft: EditedTable, findings: readonly Diagnostic[], reading: NbftReading) => void,
  extras: Extras = {},
): Fix {
  return {
    rule,
    ...extras,
    apply: (reading, findings) => {
      const draft: EditedTable = {
        table: structuredClone(reading.table) as Editable<NbftTable>,
        layout: structuredClone(exactLayoutOf(reading)),
      };
      edit(draft, findings, reading);
      return encodeNbft(draft.table as NbftTable, { layout: draft.layout, limits: false });
    },
  };
}

/**
 * A fix of references whose length is not that of what they lead to. With `id` only where the object begins with that structure id.
 */
export function measuring(rule: string, size: (reading: NbftReading) => number, id?: number): Fix {
  return patching(rule, (bytes, { path }, reading) => {
    const { frame } = reading;
    const at = placeOf(frame, `${path.replace(/Ref$/, "")}Ref`).offset;
    const target = readUint(bytes, at, 4);
    const length = size(reading);
    if (target < frame.heapStart || target + length > frame.heapEnd) return;
    if (id === undefined || bytes[target] === id) writeUint(bytes, at + 4, 2, length);
  });
}

/** Index of the only HFI that is valid; undefined where there is none, or a choice. */
export function onlyHfi({ hfi }: Editable<NbftTable> | NbftTable): number | undefined {
  const valid = hfi.filter(({ flags, structureId }) => flags.valid && structureId === undefined);
  return hfi.length === 1 && valid.length === 1 && valid[0]!.index > 0 ? valid[0]!.index : undefined;
}

/** Position in its list of the entry that a path lies in: 1 for `hfi[1].transportInfo.vlan`. */
export function positionIn(path: string): number {
  return Number(/\[(\d+)\]/.exec(path)?.[1] ?? -1);
}
