import { listStructures } from "../../nbft/read/frame.ts";
import type { Field, Structure } from "../../structure/index.ts";
import { fieldNote, namesOf, snakeCase, valueWord } from "./words.ts";

/** The structures as a pattern for the hex editor ImHex: the table at offset 0 with its lists and heap objects. */
export function structuresImhex(structures: readonly Structure[]): string {
  // A structure is defined before the one that refers to it.
  const ordered = [...structures].sort((one, other) => refers(one, other) - refers(other, one));
  return [
    "#pragma description NVMe Boot Firmware Table (NBFT)",
    '#pragma magic [ "NBFT" ] @ 0x00',
    "#pragma endian little",
    "",
    "import std.sys;",
    "",
    "// Written by `nbft structures -o imhex`. NVMe Boot Specification, revisions 1.0 to 1.3.",
    ...heapObjects,
    ...ordered.flatMap(typeLines),
    "NbftHeader header @ 0x00;",
    "ControlDescriptor control @ 0x40;",
    "if (control.flags.valid) {",
    "    HostDescriptor host @ control.host_offset;",
    ...Object.entries(listStructures).map(([list, { name }]) =>
      [
        `    if (control.${list}_count > 0)`,
        `        ${name} ${list}[control.${list}_count] @ control.${list}_offset;`,
      ].join("\n"),
    ),
    "}",
    "",
  ].join("\n");
}

function refers(one: Structure, other: Structure): number {
  return Object.values(one.fields).some(
    (field) => field.kind === "ref" && field.object.kind === "structure" && field.object.structure.name === other.name,
  )
    ? 1
    : 0;
}

const heapObject = (name: string, member: string) => [
  `struct ${name} {`,
  "    u32 offset;",
  "    u16 length;",
  "    if (offset != 0 && length != 0 && offset + length <= std::mem::size())",
  `        ${member} @ offset;`,
  "};",
  "",
];

const heapObjects = [
  "import std.mem;",
  "",
  ...heapObject("HeapString", "char value[length]"),
  ...heapObject("HeapBytes", "u8 value[length]"),
  ...heapObject("HeapNumber", "u32 value"),
  ...heapObject("HeapNumbers", "be u16 value[length / 2]"),
];

function typeLines({ name, title, spec, fields }: Structure): string[] {
  const rows = Object.entries(fields);
  return [
    ...rows.flatMap(([key, field]) => [...valueTypes(name, key, field), ...objectTypes(field)]),
    `// ${title}: ${spec.doc} ${spec.rev}, Figure ${spec.figure}.`,
    `struct ${name} {`,
    ...rows.map(
      ([key, field]) => `    ${member(name, key, field)};${field.kind === "reserved" ? "" : ` // ${fieldNote(field)}`}`,
    ),
    "};",
    "",
  ];
}

function member(name: string, key: string, field: Field): string {
  const word = snakeCase(key);
  if (field.kind === "ref") return `${referenceType(field)} ${word}`;
  if (field.kind === "flags") return `${typeOf(name, key)} ${word}`;
  if (field.kind === "uint") return `${namesOf(field) ? typeOf(name, key) : `u${field.size * 8}`} ${word}`;
  return field.size === 1 ? `u8 ${word}` : `${field.kind === "ascii" ? "char" : "u8"} ${word}[${field.size}]`;
}

const typeOf = (name: string, key: string) => `${name}${key[0]!.toUpperCase()}${key.slice(1)}`;

function referenceType({ object }: Extract<Field, { kind: "ref" }>): string {
  if (object.kind === "structure") return `Heap${object.structure.name}`;
  if (object.kind === "string") return "HeapString";
  if (object.kind === "number") return "HeapNumber";
  return object.kind === "list" && object.itemSize === 2 ? "HeapNumbers" : "HeapBytes";
}

function objectTypes(field: Field): string[] {
  if (field.kind !== "ref" || field.object.kind !== "structure") return [];
  const { name } = field.object.structure;
  return heapObject(`Heap${name}`, `${name} value`);
}

function valueTypes(name: string, key: string, field: Field): string[] {
  if (field.kind === "flags") {
    const lines: string[] = [];
    let next = 0;
    for (const [bit, { low, width }] of Object.entries(field.bits).sort(([, one], [, other]) => one.low - other.low)) {
      if (low > next) lines.push(`    padding : ${low - next};`);
      lines.push(`    ${snakeCase(bit)} : ${width};`);
      next = low + width;
    }
    if (next < field.size * 8) lines.push(`    padding : ${field.size * 8 - next};`);
    return [`bitfield ${typeOf(name, key)} {`, ...lines, "};", ""];
  }
  const names = field.kind === "uint" ? namesOf(field) : undefined;
  if (!names || field.kind !== "uint") return [];
  const values = Object.entries(names).map(([value, word]) => `    ${valueWord(word)} = ${value},`);
  return [`enum ${typeOf(name, key)} : u${field.size * 8} {`, ...values, "};", ""];
}
