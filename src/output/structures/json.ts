import { recordKey, type Structure } from "../../structure/index.ts";
import { formatJson } from "../../text/json.ts";
import { namesOf } from "./words.ts";

/**
 * The structures as JSON, for programs that make readers of their own. `format` counts up when a key changes its meaning; keys may be added.
 */
export function structuresJson(structures: readonly Structure[]): string {
  return formatJson({
    format: 1,
    byteOrder: "little",
    structures: structures.map(({ name, title, spec, size, minSize, fields }) => ({
      name,
      title,
      spec,
      size,
      minSize,
      fields: Object.entries(fields).map(([key, field]) => ({
        name: recordKey(key, field),
        offset: field.at,
        size: field.size,
        kind: field.kind,
        title: field.title,
        abbreviation: field.abbreviation,
        since: field.since,
        unit: field.unit,
        const: "const" in field ? field.const : undefined,
        when: "when" in field ? field.when : undefined,
        values: namesOf(field),
        bits:
          field.kind === "flags"
            ? Object.entries(field.bits).map(([bit, { low, width, title, abbreviation, since, names }]) => ({
                name: bit,
                low,
                width,
                title,
                abbreviation,
                since,
                values: names,
              }))
            : undefined,
        object: field.kind === "ref" ? objectJson(field.object) : undefined,
      })),
    })),
  });
}

function objectJson(object: Extract<Structure["fields"][string], { kind: "ref" }>["object"]) {
  if (object.kind === "structure") return { kind: object.kind, structure: object.structure.name };
  if (object.kind === "list") return { kind: object.kind, itemSize: object.itemSize, byteOrder: "big" };
  return object;
}
