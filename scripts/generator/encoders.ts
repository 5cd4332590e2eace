import type { Field, Structure } from "../../src/structure/index.ts";
import { maskOf } from "../../src/structure/index.ts";
import { conditionSource, namesSource, type Place } from "./decoders.ts";
import { type Folded, fold } from "./fold.ts";
import { variableOf } from "./readers.ts";

/**
 * Source of `packX(out, at, value)`: writes a model's structure, then its objects. Whatever is not as it should be calls `out.refuse()`: the
 * table is then encoded by the description, which finds the words for it.
 */
export function packerSource({ structure }: Place): string {
  const folded = fold(structure);
  const short = structure.minSize < structure.size;
  const rows = Object.entries(structure.fields).filter(([, field]) => field.kind !== "reserved" && !field.derived);
  const keys = rows.map(([key]) => key);
  const constants = [`const ${keysName(structure)} = ${JSON.stringify(keys)};`];
  const plain: string[] = [];
  const references: string[] = [];
  for (const [key, field] of rows) {
    if (field.kind === "flags") constants.push(flagKeys(structure, key, field));
    const source = field.kind === "ref" ? referenceSource(key, field) : fieldSource(structure, key, field);
    const target = field.kind === "ref" ? references : plain;
    const guarded =
      short && field.at >= structure.minSize ? `if (length >= ${field.at + field.size}) ${source}` : source;
    if (!("when" in field && field.when)) target.push(guarded);
    else {
      // The condition is read back from what was written.
      const used = conditionSource(structure, field.when, folded as Record<string, Folded>).replaceAll(
        "view.",
        "out.view.",
      );
      target.push(`if (${used}) { ${guarded} } else if (value.${key} !== undefined) out.refuse();`);
    }
  }
  return `${constants.join("\n")}
/** Writes a {@link ${structure.name}} at \`at\`, where there is room, and its objects behind everything else. */
export function pack${structure.name}(out: Packer, at: number, value: ${structure.name}${short ? ", length: number" : ""}): void {
  out.keys(value, ${keysName(structure)});
${[...plain, ...references].map((line) => `  ${line}`).join("\n")}
}
`;
}

/** Source of the function that packs a structure which a reference leads to. */
export function followPackerSource(structure: Structure): string {
  const { name, minSize, size } = structure;
  const newer = Object.entries(structure.fields)
    .filter(([, field]) => field.at >= minSize && field.kind !== "reserved" && !field.derived)
    .map(([key]) => `value.${key} !== undefined`);
  const short = newer.length > 0 && minSize < size;
  return `function follow${name}(out: Packer, at: number, value: ${name} | undefined): void {
  if (value === undefined) return;
  const length = ${short ? `${newer.join(" || ")} ? ${size} : ${minSize}` : size};
  pack${name}(out, out.structure(at, length), value${short ? ", length" : ""});
}
`;
}

function fieldSource(structure: Structure, key: string, field: Field): string {
  const place = field.at === 0 ? "at" : `at + ${field.at}`;
  const value = `value.${key}`;
  switch (field.kind) {
    case "uint": {
      const otherwise = field.const ?? field.default ?? 0;
      const number = field.names ? `numberOf(${reverseName(field.names)}, ${value})` : value;
      const checked = `out.number(${number}, ${2 ** (8 * field.size) - 1}, ${otherwise})`;
      return `out.put${8 * field.size}(${place}, ${checked});`;
    }
    case "flags":
      return `out.put${8 * field.size}(${place}, ${flagsPackerName(structure, key)}(out, ${value}));`;
    case "ascii":
    case "uuid":
    case "mac":
    case "ip":
    case "pci":
    case "nid": {
      const otherwise = field.const ?? field.default;
      const text = otherwise === undefined ? value : `${value} ?? ${JSON.stringify(otherwise)}`;
      const size = field.kind === "ascii" ? `, ${field.size}` : "";
      return `out.${field.kind}(${place}, ${text}${size});`;
    }
  }
  throw new Error(`${structure.name}.${key}: cannot pack a ${field.kind} field`);
}

function referenceSource(key: string, { at, object }: Extract<Field, { kind: "ref" }>): string {
  const place = at === 0 ? "at" : `at + ${at}`;
  const value = `value.${key}`;
  switch (object.kind) {
    case "string":
      return `out.string(${place}, ${value}, ${object.what === "nqn" ? "MAX_NQN_BYTES" : "MAX_STRING_BYTES"});`;
    case "ip":
      return `out.ipObject(${place}, ${value});`;
    case "bytes":
      return `out.hexObject(${place}, ${value});`;
    case "number":
      return `out.numberObject(${place}, ${value});`;
    case "list":
      return `out.list(${place}, ${value}, ${object.itemSize}, ${reverseName(object.names ?? {})});`;
    case "structure":
      return `follow${object.structure.name}(out, ${place}, ${value});`;
  }
}

function keysName(structure: Structure): string {
  return `${variableOf(structure)}Keys`;
}

function flagsPackerName(structure: Structure, key: string): string {
  return `${variableOf(structure)}${key[0]!.toUpperCase()}${key.slice(1)}Bits`;
}

/** Constants and function of a flags field: its number from the model's object. */
function flagKeys(structure: Structure, key: string, field: Extract<Field, { kind: "flags" }>): string {
  const name = flagsPackerName(structure, key);
  const parts = Object.entries(field.bits).map(([bit, { low, width, names, default: otherwise = 0 }]) => {
    const value = `flags.${bit}`;
    const number =
      width === 1 && !names
        ? `out.bit(${value}, ${otherwise})`
        : `out.number(${names ? `numberOf(${reverseName(names)}, ${value})` : value}, ${maskOf(0, width) >>> 0}, ${otherwise})`;
    return low === 0 ? number : `(${number} << ${low})`;
  });
  const defaults = Object.values(field.bits).reduce(
    (sum, { low, default: otherwise = 0 }) => sum | (otherwise << low),
    0,
  );
  return `const ${name}Keys = ${JSON.stringify([...Object.keys(field.bits), "reserved"])};
function ${name}(out: Packer, flags: ${structure.name}["${key}"] | undefined): number {
  if (flags === undefined) return ${defaults >>> 0};
  out.flagKeys(flags, ${name}Keys);
  return (${parts.join(" | ")} | out.number(flags.reserved, 0xffffffff, 0)) >>> 0;
}`;
}

const reverseNames = new Set<string>();

/** Name of the constant that finds the number of a name. */
function reverseName(names: Readonly<Record<number, string>>): string {
  const table = namesSource(names);
  reverseNames.add(table);
  return `numbersOf${table[0]!.toUpperCase()}${table.slice(1)}`;
}

/** Source of those constants. */
export function reverseNamesSource(): { readonly source: string; readonly tables: readonly string[] } {
  const tables = [...reverseNames];
  const source = tables
    .map((table) => `const numbersOf${table[0]!.toUpperCase()}${table.slice(1)} = reversed(${table});`)
    .join("\n");
  return { source, tables };
}

/** Source of the places of derived fields, from the start of the table: `{ checksum: 9, …, hfi: { offset: 80, … }, … }`. */
export function placesSource(header: Structure, control: Structure): string {
  const places: Record<string, unknown> = {};
  for (const [key, { at, derived }] of Object.entries(header.fields)) if (derived) places[key] = at;
  for (const [key, { at, derived }] of Object.entries(control.fields)) {
    const [, list, what] = /^([a-z]+)([A-Z]\w*)$/.exec(key) ?? [];
    if (!derived || !list || !what) continue;
    places[list] = { ...(places[list] as object), [what.toLowerCase()]: header.size + at };
  }
  return `/** Where the derived fields of header and Control Descriptor are, from the start of the table. */
export const places = ${JSON.stringify(places)} as const;`;
}
