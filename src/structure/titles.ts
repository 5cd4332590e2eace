import type { BitField, Field } from "./field.ts";

/** A field or bit in one line: title, abbreviation, unit and meaning, without a full stop. References are titled by their object. */
export function titleOf(field: Field | BitField): string {
  const { title, abbreviation, meaning } = field;
  const unit = "unit" in field ? field.unit : undefined;
  return [
    title.replace(/ Heap Object Reference$/, ""),
    abbreviation === undefined ? "" : ` (${abbreviation})`,
    unit === undefined ? "" : `, in ${unit}`,
    meaning === undefined ? "" : `: ${meaning}`,
  ].join("");
}
