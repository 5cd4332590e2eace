import { listStructures } from "../../nbft/read/frame.ts";
import type { Field, Names, Structure } from "../../structure/index.ts";
import { fieldNote, namesOf, snakeCase, structureWord, valueWord } from "./words.ts";

/**
 * The structures as a Kaitai Struct description (`kaitai-struct-compiler` 0.10 and later): the whole table with its lists, and every heap object
 * after its reference. It is for sound tables: a reference outside the table ends the reading.
 */
export function structuresKsy(structures: readonly Structure[]): string {
  const lines = [
    "# Written by `nbft structures -o ksy`. NVMe Boot Specification, revisions 1.0 to 1.3.",
    "meta:",
    "  id: nbft",
    "  title: NVMe Boot Firmware Table",
    "  license: MIT",
    "  endian: le",
    "  bit-endian: le",
    "seq:",
    "  - id: header",
    "    type: header",
    "  - id: control",
    "    type: control_descriptor",
    "instances:",
    "  host:",
    "    pos: control.host_offset",
    "    type: host_descriptor",
    "    if: control.flags.valid",
  ];
  for (const [list, { name, size }] of Object.entries(listStructures)) {
    lines.push(
      `  ${list}:`,
      `    pos: control.${list}_offset`,
      // Entries may be longer than this description knows.
      `    size: 'control.${list}_length < ${size} ? ${size} : control.${list}_length'`,
      `    type: ${structureWord(name)}`,
      "    repeat: expr",
      `    repeat-expr: control.${list}_count`,
    );
  }
  lines.push("types:", ...heapTypes);
  const enums = new Map<string, Names>();
  for (const structure of structures) lines.push(...typeLines(structure, enums));
  lines.push("enums:");
  for (const [name, values] of enums) {
    lines.push(`  ${name}:`, ...Object.entries(values).map(([value, word]) => `    ${value}: ${valueWord(word)}`));
  }
  return `${lines.join("\n")}\n`;
}

const reference = ["    seq:", "      - id: ofs", "        type: u4", "      - id: len", "        type: u2"];
const instance = (...more: readonly string[]) => [
  ...reference,
  "    instances:",
  "      value:",
  "        io: _root._io",
  "        pos: ofs",
  "        size: len",
  "        if: ofs != 0 and len != 0",
  ...more,
];

const heapTypes = [
  "  heap_bytes:",
  ...instance(),
  "  heap_string:",
  ...instance("        type: text"),
  "  heap_list_u1:",
  ...instance("        type: list_u1"),
  "  heap_list_u2:",
  ...instance("        type: list_u2"),
  "  heap_number:",
  ...instance("        type: number"),
  "  text:",
  "    doc: Ends at its first NUL or with the object.",
  "    seq:",
  "      - id: text",
  "        type: strz",
  "        encoding: UTF-8",
  "        eos-error: false",
  "  list_u1:",
  "    seq:",
  "      - id: items",
  "        type: u1",
  "        repeat: eos",
  "  list_u2:",
  "    seq:",
  "      - id: items",
  "        type: u2be",
  "        repeat: expr",
  "        repeat-expr: _io.size / 2",
  "  number:",
  "    seq:",
  "      - id: number",
  "        type: u4",
];

function typeLines(structure: Structure, enums: Map<string, Names>): string[] {
  const { name, title, spec, size, minSize, fields } = structure;
  const type = structureWord(name);
  const rows = Object.entries(fields);
  return [
    `  ${type}:`,
    `    doc: '${title.replaceAll("'", "''")}, ${size} bytes'`,
    `    doc-ref: ${spec.doc} ${spec.rev}, Figure ${spec.figure}`,
    "    seq:",
    ...rows.flatMap(([key, field]) => [
      `      - id: ${snakeCase(key)}`,
      ...fieldType(type, key, field, enums).map((line) => `        ${line}`),
      // A shorter form of the structure ends before them.
      ...(field.at >= minSize && minSize < size ? [`        if: _io.size - _io.pos >= ${field.size}`] : []),
      ...(field.kind === "reserved" ? [] : [`        doc: '${fieldNote(field).replaceAll("'", "''")}'`]),
    ]),
    ...flagTypes(type, fields, enums),
    ...objectTypes(fields),
  ];
}

function fieldType(type: string, key: string, field: Field, enums: Map<string, Names>): string[] {
  switch (field.kind) {
    case "uint": {
      const names = namesOf(field);
      if (!names || Object.keys(names).length === 0) return [`type: u${field.size}`];
      const name = `${type}_${snakeCase(key)}`;
      enums.set(name, names);
      return [`type: u${field.size}`, `enum: ${name}`];
    }
    case "flags":
      return [`type: ${snakeCase(key)}_bits`];
    case "ref":
      return [`type: ${referenceType(field)}`];
    case "ascii":
      return [`size: ${field.size}`, "type: str", "encoding: ISO-8859-1", "terminator: 0"];
    default:
      return [`size: ${field.size}`];
  }
}

function referenceType({ object }: Extract<Field, { kind: "ref" }>): string {
  switch (object.kind) {
    case "string":
      return "heap_string";
    case "number":
      return "heap_number";
    case "list":
      return `heap_list_u${object.itemSize}`;
    case "structure":
      return `heap_${structureWord(object.structure.name)}`;
    default:
      return "heap_bytes";
  }
}

function flagTypes(type: string, fields: Structure["fields"], enums: Map<string, Names>): string[] {
  const flags = Object.entries(fields).flatMap(([key, field]) =>
    field.kind === "flags" ? [[key, field] as const] : [],
  );
  const objects = Object.values(fields).some((field) => field.kind === "ref" && field.object.kind === "structure");
  if (flags.length === 0) return objects ? ["    types:"] : [];
  return [
    "    types:",
    ...flags.flatMap(([key, { bits, size }]) => {
      const lines = [`      ${snakeCase(key)}_bits:`, "        seq:"];
      let next = 0;
      const gap = (to: number) => {
        if (to > next) lines.push(`          - id: reserved${next}`, `            type: b${to - next}`);
      };
      for (const [bit, { low, width, names, title, abbreviation, since }] of Object.entries(bits).sort(
        ([, one], [, other]) => one.low - other.low,
      )) {
        gap(low);
        lines.push(`          - id: ${snakeCase(bit)}`, `            type: b${width}`);
        if (names) {
          const name = `${type}_${snakeCase(bit)}`;
          enums.set(name, names);
          lines.push(`            enum: ${name}`);
        }
        lines.push(`            doc: '${fieldNote({ title, abbreviation, since }).replaceAll("'", "''")}'`);
        next = low + width;
      }
      gap(size * 8);
      return lines;
    }),
  ];
}

function objectTypes(fields: Structure["fields"]): string[] {
  return Object.values(fields).flatMap((field) =>
    field.kind === "ref" && field.object.kind === "structure"
      ? [
          `      heap_${structureWord(field.object.structure.name)}:`,
          ...instance(`        type: ${structureWord(field.object.structure.name)}`).map((line) => `    ${line}`),
        ]
      : [],
  );
}
