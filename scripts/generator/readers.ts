import { type Field, recordKey, type Structure } from "../../src/structure/index.ts";

/** Source of `readX(view, bytes, at)`: the record of a structure. */
export function readerSource(structure: Structure): string {
  const fields = Object.entries(structure.fields).map(([key, field]) => [recordKey(key, field), storedSource(field)]);
  return `/** Record of a {@link ${structure.name}} at \`at\`; the caller has checked that ${structure.size} bytes are there. */
export function read${structure.name}(view: DataView, bytes: Uint8Array, at: number): ${structure.name}Record {
  return ${literal(fields)};
}
`;
}

/** Source of `numbersOfX(view, at)`: the numbers of a record, without a view for each byte field. */
export function numbersSource(structure: Structure): string {
  const numbers = Object.entries(structure.fields).flatMap(([key, field]) =>
    field.kind === "uint" || field.kind === "flags" ? [[key, storedSource(field)]] : [],
  );
  return `/** Numbers of a {@link ${structure.name}} at \`at\`; the caller has checked that ${structure.size} bytes are there. */
export function numbersOf${structure.name}(view: DataView, at: number): ${structure.name}Numbers {
  return ${literal(numbers)};
}
`;
}

/** Source of the places of fields of structures that are always at the same place. */
export function placesSource(
  structures: Readonly<Record<string, readonly [structure: Structure, at: number]>>,
): string {
  const places = Object.entries(structures).map(([name, [{ fields }, start]]) => [
    name,
    literal(Object.entries(fields).map(([key, { at }]) => [key, String(start + at)])),
  ]);
  return `/** First byte of each field of what is always at the same place, from the start of the table. */
export const places = ${literal(places)} as const;
`;
}

/** Source of what the entries of each list are known by. */
export function listEntriesSource(lists: Readonly<Record<string, Structure>>): string {
  const entries = Object.entries(lists).map(([name, { size, fields }]) => {
    const id = fields["structureId"];
    if (id?.kind !== "uint" || id.const === undefined) throw new TypeError(`${name}: the entries have no structure id`);
    return [
      name,
      literal([
        ["size", String(size)],
        ["id", String(id.const)],
      ]),
    ];
  });
  return `/** Size in bytes and structure id of the entries of each list. */
export const listEntries = ${literal(entries)} as const;
`;
}

/** The expression that reads a field of the structure at `at`. */
export function storedSource({ kind, at, size }: Field): string {
  if (kind === "ref")
    return literal([
      ["offset", numberAt(at, 4)],
      ["length", numberAt(at + 4, 2)],
    ]);
  return kind === "uint" || kind === "flags"
    ? numberAt(at, size)
    : `bytes.subarray(${placeSource(at)}, ${placeSource(at + size)})`;
}

export function numberAt(at: number, size: number): string {
  return `view.getUint${8 * size}(${placeSource(at)}${size === 1 ? "" : ", true"})`;
}

export function placeSource(at: number): string {
  return at === 0 ? "at" : `at + ${at}`;
}

function literal(entries: readonly string[][]): string {
  return `{ ${entries.map(([key, value]) => `${key}: ${value}`).join(", ")} }`;
}

/** Name of the constant that holds a structure's description. */
export function variableOf(structure: Structure): string {
  return structure.name[0]!.toLowerCase() + structure.name.slice(1);
}
