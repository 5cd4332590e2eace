import { readUint, writeUint } from "../bytes/numbers.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { MAX_TEXT_BYTES } from "../nbft/limits.ts";
import { claimsOf } from "../nbft/read/claims.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import { valueAt } from "../nbft/value-at.ts";
import { exactLayoutOf } from "../nbft/write/layout-of.ts";
import { placeOf } from "../rules/place.ts";
import { type EditedTable, editing, type Fix, patching, zeroing } from "./fix.ts";

/** Gives texts that lack their NUL a place of their own with one; only where all of the text is known. */
function moveTexts({ table, layout }: EditedTable, findings: readonly Diagnostic[]): void {
  const objects = { ...layout.objects };
  for (const { path, length } of findings) {
    if (!path.endsWith("Ref") && length < MAX_TEXT_BYTES && typeof valueAt(table, path) === "string")
      delete objects[path];
  }
  layout.objects = objects;
}

/** Adds a byte to the end of a heap that is the end of the table, for the NUL of its last text. */
function addNul(draft: EditedTable, findings: readonly Diagnostic[], { frame }: NbftReading): void {
  const { layout } = draft;
  const { header, size = 0 } = layout;
  const end = header.heapOffset + header.heapLength;
  if (end !== frame.input.length || findings.some(({ offset, length }) => offset + length !== end)) {
    moveTexts(draft, findings);
    return;
  }
  layout.size = size + 1;
  layout.header = { ...header, heapLength: header.heapLength + 1 };
  if (layout.strings === "uncounted") return;
  const counted = findings.map(({ path, offset, length }) => [path, { offset, length: length + 1 }]);
  layout.objects = { ...layout.objects, ...Object.fromEntries(counted) };
}

export const heapFixes: readonly Fix[] = [
  // With a length something was meant: nobody knows what.
  patching("P002", (bytes, { offset }) => {
    if (readUint(bytes, offset + 4, 2) === 0) bytes.fill(0, offset, offset + 4);
  }),
  patching("P004", (bytes, _, { frame }) => {
    for (const { kind, path, offset } of claimsOf(frame)) {
      if (kind !== "terminator") continue;
      const at = placeOf(frame, `${path}Ref`).offset;
      writeUint(bytes, at + 4, 2, offset + 1 - readUint(bytes, at, 4));
    }
  }),
  editing("P005", moveTexts, { keeps: true }),
  editing("O005", moveTexts, { keeps: true }),
  editing("P006", addNul, { keeps: true }),
  patching(
    "P007",
    (bytes, { path, offset }, reading) => {
      const at = placeOf(reading.frame, `${path}Ref`).offset;
      if (offset === readUint(bytes, at, 4)) return;
      const counted = exactLayoutOf(reading).strings === "uncounted" ? 0 : 1;
      writeUint(bytes, at + 4, 2, offset - readUint(bytes, at, 4) + counted);
    },
    { keeps: true },
  ),
  zeroing("P012"),
];
