import type { BitField, Field, Names, Structure } from "./field.ts";

/** Reference page of a structure: a table of its fields, then its flags bit by bit and the names of its values. */
export function structureMarkdown(structure: Structure): string {
  const { name, title, about, spec, size, minSize } = structure;
  const sizes = minSize === size ? `${size} bytes` : `${minSize} or ${size} bytes`;
  const rows = Object.entries(structure.fields).map(
    ([key, field]) =>
      `| ${field.at} | ${field.size} | ${field.kind === "reserved" ? "" : `\`${key}\``} | ${field.abbreviation ?? ""} | ${describe(field)} |`,
  );
  const details = Object.entries(structure.fields).flatMap(([key, field]) => detailsOf(key, field));
  return [
    `## ${title}`,
    "",
    `\`${name}\`, ${sizes}. ${spec.doc} ${spec.rev}, Figure ${spec.figure ?? spec.section}.${about === undefined ? "" : ` ${about}`}`,
    "",
    "| offset | bytes | field | abbreviation | meaning |",
    "| --- | --- | --- | --- | --- |",
    ...rows,
    ...details,
    "",
  ].join("\n");
}

function describe(field: Field): string {
  const notes = [
    field.since === undefined ? undefined : `since ${field.since}`,
    field.derived ? "derived" : undefined,
    "const" in field && field.const !== undefined ? `always ${field.const}` : undefined,
    "when" in field && field.when ? `only when \`${field.when.field}\` is ${field.when.atLeast} or more` : undefined,
    field.kind === "ref" ? objectWords(field) : undefined,
    field.unit,
  ].filter((note) => note !== undefined);
  return `${field.title}${notes.length > 0 ? ` (${notes.join("; ")})` : ""}${meaningOf(field)}`;
}

function meaningOf({ meaning }: Field | BitField): string {
  return meaning === undefined ? "" : `: ${meaning}`;
}

function objectWords({ object }: Extract<Field, { kind: "ref" }>): string {
  switch (object.kind) {
    case "string":
      return "text";
    case "ip":
      return "16-byte address";
    case "bytes":
      return "bytes";
    case "number":
      return `${object.size}-byte number`;
    case "list":
      return object.itemSize === 1 ? "list of bytes" : "list of two-byte numbers, high byte first";
    case "structure":
      return object.structure.title;
  }
}

function detailsOf(key: string, field: Field): string[] {
  if (field.kind === "flags") {
    const rows = Object.entries(field.bits).map(([name, bit]) => {
      const { low, width, title, abbreviation, since, names } = bit;
      const place = width === 1 ? `${low}` : `${low + width - 1}:${low}`;
      const values = names ? `; values: ${valueWords(names)}` : "";
      return `| ${place} | \`${key}.${name}\` | ${abbreviation ?? ""} | ${title}${since === undefined ? "" : ` (since ${since})`}${meaningOf(bit)}${values} |`;
    });
    return ["", "| bit | flag | abbreviation | meaning |", "| --- | --- | --- | --- |", ...rows];
  }
  const names =
    field.kind === "uint"
      ? field.names
      : field.kind === "ref" && field.object.kind === "list"
        ? field.object.names
        : {};
  return names && Object.keys(names).length > 0 ? ["", `Values of \`${key}\`: ${valueWords(names)}.`] : [];
}

function valueWords(names: Names): string {
  return Object.entries(names)
    .map(([value, name]) => `${value} ${name}`)
    .join(", ");
}
