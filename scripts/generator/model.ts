import type { BitField, Condition, Field, Names, Structure } from "../../src/structure/index.ts";
import { titleOf } from "../../src/structure/titles.ts";
import { wrap } from "../../src/text/wrap.ts";

/** Longest line of a comment, without its indentation and ` * `. */
const width = 112;

/** Source of a file with the interfaces of the models of some structures; `more` is what else belongs into it. */
export function modelSource(structures: readonly Structure[], folder: string, more: readonly string[] = []): string {
  const notice = `// Generated from the descriptions in ${folder} by \`npm run generate\`; do not edit.\n`;
  return [notice, ...structures.flatMap(interfacesOf), ...more].join("\n");
}

/** Source of an interface of a structure's numbers, as they are stored. */
export function numbersInterface(structure: Structure): string {
  const lines = Object.entries(structure.fields).flatMap(([key, field]) =>
    field.kind === "uint" || field.kind === "flags"
      ? [comment("  ", [sentence(field), figureText(structure, field)]), `  readonly ${key}: number;`]
      : [],
  );
  const intro = `The numbers of the ${structure.title} as they are stored, wrong or not.`;
  return block(`${structure.name}Numbers`, [intro, specOf(structure)], lines);
}

/** Source of an interface of a structure's record: every field as stored, byte fields as views of the input. */
export function recordInterface(structure: Structure): string {
  const lines = Object.entries(structure.fields).map(([key, { kind }]) => {
    if (kind === "ref") return `  readonly ${key}Ref: HeapRef;`;
    return `  readonly ${key}: ${kind === "uint" || kind === "flags" ? "number" : "Uint8Array"};`;
  });
  return block(`${structure.name}Record`, [`Every field of the ${structure.title} as it is stored.`], lines);
}

function interfacesOf(structure: Structure): string[] {
  const flags: string[] = [];
  const lines: string[] = [];
  for (const [key, field] of Object.entries(structure.fields)) {
    if (field.derived || field.kind === "reserved") continue;
    if (field.kind === "flags") flags.push(flagsInterface(structure, key, field));
    const absent = absence(structure, field);
    lines.push(
      comment("  ", [
        sentence(field),
        [figureText(structure, field), namesOf(field)].filter(Boolean).join(" "),
        absent,
      ]),
      `  readonly ${key}${absent === undefined ? `: ${typeOf(structure, key, field)}` : `?: ${typeOf(structure, key, field)} | undefined`};`,
    );
  }
  const intro = `${structure.title}.${structure.about === undefined ? "" : ` ${structure.about}`}`;
  const { size, minSize } = structure;
  const bytes = minSize === size ? `${size} bytes` : `${minSize} or ${size} bytes`;
  return [...flags, block(structure.name, [intro, `${specOf(structure)} ${bytes}.`], lines)];
}

function flagsInterface(structure: Structure, key: string, field: Extract<Field, { kind: "flags" }>): string {
  const lines = Object.entries(field.bits).flatMap(([name, bit]) => {
    const { low, width: bits, since } = bit;
    const at = bits === 1 ? `Bit ${low}` : `Bits ${low + bits - 1}:${low}`;
    const place = `${at}${since === undefined ? "" : `, since revision ${since}`}.`;
    return [
      comment("  ", [sentence(bit), [place, valuesOf(bit.names)].filter(Boolean).join(" ")]),
      `  readonly ${name}: ${bits === 1 && !bit.names ? "boolean" : numberType(bit.names)};`,
    ];
  });
  lines.push(
    comment("  ", ["Bits without a name that are set, as a number; absent when none is."]),
    "  readonly reserved?: number | undefined;",
  );
  return block(flagsType(structure, key), [sentence(field), figureText(structure, field)], lines);
}

/** Name of the interface of a flags field's value. */
function flagsType(structure: Structure, key: string): string {
  return `${structure.name}${key[0]!.toUpperCase()}${key.slice(1)}`;
}

function typeOf(structure: Structure, key: string, field: Field): string {
  switch (field.kind) {
    case "uint":
      return numberType(field.names);
    case "flags":
      return flagsType(structure, key);
    case "ref": {
      const { object } = field;
      if (object.kind === "number") return "number";
      if (object.kind === "structure") return object.structure.name;
      if (object.kind !== "list") return "string";
      const item = numberType(object.names);
      return item === "number" ? "readonly number[]" : `readonly (${item})[]`;
    }
    default:
      return "string";
  }
}

function numberType(names: Names | undefined): string {
  return Object.values(names ?? {})
    .map((name) => `${JSON.stringify(name)} | `)
    .join("")
    .concat("number");
}

function sentence(field: Field | BitField): string {
  return `${titleOf(field)}.`;
}

function figureText({ spec }: Structure, field: Field): string {
  const { at, size, since } = field;
  const bytes = size === 1 ? `byte ${at}` : `bytes ${at} to ${at + size - 1}`;
  const number = field.figure ?? spec.figure;
  const place = number === undefined ? bytes[0]!.toUpperCase() + bytes.slice(1) : `Figure ${number}, ${bytes}`;
  return `${place}${since === undefined ? "" : `, since revision ${since}`}.`;
}

function specOf({ spec: { doc, rev, figure, section } }: Structure): string {
  const place = figure !== undefined ? `, Figure ${figure}` : section !== undefined ? `, ${section}` : "";
  return `${doc === "NVMe-BOOT" ? "NVMe Boot Specification" : doc} ${rev}${place}.`;
}

function namesOf(field: Field): string | undefined {
  if (field.kind === "uint") return valuesOf(field.names);
  return field.kind === "ref" && field.object.kind === "list" ? valuesOf(field.object.names) : undefined;
}

function valuesOf(names: Names | undefined): string | undefined {
  const values = Object.entries(names ?? {}).map(([value, name]) => `${value} ${name}`);
  return values.length === 0 ? undefined : `Values: ${values.join(", ")}; any other stays a number.`;
}

/** When a model does not have a field; undefined when it always has. */
function absence(structure: Structure, field: Field): string | undefined {
  const when = "when" in field && field.when ? condition(structure, field.when) : undefined;
  switch (field.kind) {
    case "uint": {
      if (field.const !== undefined) {
        const name = field.names?.[field.const];
        return `Absent when it is ${field.const}${name === undefined ? "" : ` (${name})`}, as the specification requires.`;
      }
      if (!field.optional && !when) return undefined;
      return `Absent ${when ?? `in the form of ${structure.minSize} bytes`}.`;
    }
    case "ref": {
      const nothing = "when the reference is empty or leads to no such object";
      return `Absent ${when === undefined ? "" : `${when}, and `}${nothing}.`;
    }
    case "nid":
      return "Absent when all bytes are zero, unless `nidType` says what they are.";
    case "flags":
    case "reserved":
      return undefined;
    default:
      if (field.const !== undefined) return `Absent when it is ${field.const}, as the specification requires.`;
      return field.zeroIsNone ? "Absent when all bytes are zero." : undefined;
  }
}

function condition(structure: Structure, { field, atLeast }: Condition): string {
  const [key, bit] = field.split(".") as [string, string?];
  const owner = structure.fields[key];
  const single = owner?.kind === "flags" && bit !== undefined && owner.bits[bit]?.width === 1;
  if (single) return `unless \`${field}\` is set`;
  return atLeast === 1 ? `when \`${field}\` is 0` : `when \`${field}\` is less than ${atLeast}`;
}

function block(name: string, about: readonly string[], lines: readonly string[]): string {
  return `${comment("", about)}\nexport interface ${name} {\n${lines.join("\n")}\n}\n`;
}

/** A documentation comment of paragraphs; absent ones are left out. */
function comment(indent: string, paragraphs: readonly (string | undefined)[]): string {
  const given = paragraphs.filter((text): text is string => text !== undefined && text !== "");
  if (given.length === 1 && given[0]!.length <= width) return `${indent}/** ${given[0]} */`;
  const lines = given.flatMap((text, i) => [...(i === 0 ? [] : [""]), ...wrap(text, width, 0).split("\n")]);
  return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join("\n");
}
