import type { Field, Structure } from "../../structure/index.ts";
import { fieldNote, namesOf, snakeCase, structureWord, valueWord } from "./words.ts";

/**
 * The structures as a C header: packed structures with their offsets asserted at compile time, masks of flags, and enumerations of values. Numbers
 * are little-endian as stored: a big-endian machine has to swap them. It compiles as C11 and later.
 */
export function structuresC(structures: readonly Structure[]): string {
  return [
    "/* Structures of the NVMe Boot Firmware Table (NBFT): NVMe Boot Specification, revisions 1.0 to 1.3.",
    " * Written by `nbft structures -o c`. All numbers are little-endian; offsets are from the start of the table. */",
    "#ifndef NBFT_STRUCTURES_H",
    "#define NBFT_STRUCTURES_H",
    "",
    "#include <assert.h>",
    "#include <stddef.h>",
    "#include <stdint.h>",
    "",
    "/* Heap object reference; offset and length are 0 if there is no object. */",
    "struct nbft_heap_ref {",
    "\tuint32_t offset;",
    "\tuint16_t length;",
    "} __attribute__((packed));",
    'static_assert(sizeof(struct nbft_heap_ref) == 6, "nbft_heap_ref");',
    "",
    ...structures.flatMap((each) => [...structureLines(each), ""]),
    "#endif",
    "",
  ].join("\n");
}

function structureLines(structure: Structure): string[] {
  const { name, title, spec, size, minSize, fields } = structure;
  const type = `nbft_${structureWord(name)}`;
  const sizes = minSize === size ? `${size} bytes` : `${minSize} bytes, or ${size}`;
  const rows = Object.entries(fields);
  return [
    `/* ${title}, ${sizes}. ${spec.doc} ${spec.rev}, Figure ${spec.figure}. */`,
    `struct ${type} {`,
    ...rows.map(([key, field]) => `\t${declaration(snakeCase(key), field)};${note(field)}`),
    "} __attribute__((packed));",
    `static_assert(sizeof(struct ${type}) == ${size}, "${type}");`,
    ...rows.map(
      ([key, { at }]) =>
        `static_assert(offsetof(struct ${type}, ${snakeCase(key)}) == ${at}, "${type}.${snakeCase(key)}");`,
    ),
    ...rows.flatMap(([key, field]) => valueLines(`${type}_${snakeCase(key)}`, field)),
  ];
}

function note(field: Field): string {
  return field.kind === "reserved" ? "" : ` /* ${fieldNote(field)} */`;
}

function declaration(key: string, field: Field): string {
  if (field.kind === "ref") return `struct nbft_heap_ref ${key}`;
  if (field.kind === "uint" || field.kind === "flags") return `uint${field.size * 8}_t ${key}`;
  return field.size === 1 ? `uint8_t ${key}` : `uint8_t ${key}[${field.size}]`;
}

function valueLines(prefix: string, field: Field): string[] {
  const upper = prefix.toUpperCase();
  if (field.kind !== "flags") return enumLines(prefix, namesOf(field));
  return Object.entries(field.bits).flatMap(([key, { low, width, names }]) => {
    const name = `${upper}_${snakeCase(key).toUpperCase()}`;
    const mask = `0x${((2 ** width - 1) * 2 ** low).toString(16)}u`;
    if (width === 1) return [`#define ${name} ${mask}`];
    const define = [`#define ${name}_MASK ${mask}`, `#define ${name}_SHIFT ${low}`];
    return [...define, ...enumLines(`${prefix}_${snakeCase(key)}`, names)];
  });
}

/** Two values may have one name ("reserved"): the number tells them apart. */
function enumLines(prefix: string, names: Readonly<Record<number, string>> | undefined): string[] {
  const rows = Object.entries(names ?? {});
  if (rows.length === 0) return [];
  const upper = prefix.toUpperCase();
  const values = rows.map(([value, name]) => `\t${upper}_${valueWord(name).toUpperCase()} = ${value},`);
  return [`enum ${prefix} {`, ...values, "};"];
}
