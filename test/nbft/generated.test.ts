import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { models } from "../../scripts/generator/models.ts";
import { structureReference } from "../../scripts/generator/reference.ts";
import { sources } from "../../scripts/generator/sources.ts";
import * as parsers from "../../src/binary-parser.ts";
import { readUint } from "../../src/bytes/numbers.ts";
import * as decoders from "../../src/nbft/generated/decoders.ts";
import * as readers from "../../src/nbft/generated/readers.ts";
import { TableReader } from "../../src/nbft/read/table-reader.ts";
import * as structures from "../../src/nbft/structures/index.ts";
import { structureOrder } from "../../src/nbft/structures/order.ts";
import { decodeStructure, recordKey, type Structure } from "../../src/structure/index.ts";

const model = readFileSync("src/nbft/generated/model.ts", "utf8");

/** Keys that a model's interface says are always there. */
function requiredKeys(name: string): string[] {
  const body = new RegExp(`export interface ${name} \\{\n(.*?)\n\\}`, "s").exec(model)![1]!;
  return [...body.matchAll(/^ {2}readonly (\w+):/gm)].map(([, key]) => key!);
}

it.each(Object.keys(sources()))("%s is what the descriptions say", (name) => {
  expect(readFileSync(`src/nbft/generated/${name}`, "utf8")).toBe(sources()[name]);
});

it.each(Object.keys(models()))("%s is what the descriptions say", (path) => {
  expect(readFileSync(path, "utf8")).toBe(models()[path]);
});

it("docs/structures.md is what the descriptions say", () => {
  expect(readFileSync("docs/structures.md", "utf8")).toBe(structureReference());
});

it("covers every structure", () => {
  const names = structureOrder.map(({ name }) => name).sort();
  // A row missing here is missing in src/nbft/structures/index.ts.
  expect(
    Object.values(structures)
      .map(({ name }) => name)
      .sort(),
  ).toEqual(names);
  expect(names).toEqual(
    Object.keys(readers)
      .filter((name) => name.startsWith("read"))
      .map((name) => name.slice("read".length))
      .sort(),
  );
});

/** Record of a structure: every field as stored, read row by row from the description. */
function readRecord(structure: Structure, bytes: Uint8Array, at: number): Readonly<Record<string, unknown>> {
  const rows = Object.entries(structure.fields).map(([key, field]) => {
    const start = at + field.at;
    if (field.kind === "uint" || field.kind === "flags")
      return [recordKey(key, field), readUint(bytes, start, field.size)];
    if (field.kind === "ref")
      return [recordKey(key, field), { offset: readUint(bytes, start, 4), length: readUint(bytes, start + 4, 2) }];
    return [recordKey(key, field), bytes.subarray(start, start + field.size)];
  });
  return Object.fromEntries(rows);
}

it.each([
  ["NbftHeader", structures.nbftHeader, readers.numbersOfNbftHeader],
  ["ControlDescriptor", structures.controlDescriptor, readers.numbersOfControlDescriptor],
] as const)("numbers of a %s are those of its record", (_, structure, numbersOf) => {
  fc.assert(
    fc.property(fc.uint8Array({ minLength: 67, maxLength: 67 }), (bytes) => {
      const record = Object.entries(readRecord(structure as Structure, bytes, 3));
      const numbers = Object.fromEntries(record.filter(([, value]) => typeof value === "number"));
      expect(numbersOf(new DataView(bytes.buffer), 3)).toEqual(numbers);
      expect(Object.keys(numbers).length).toBeGreaterThanOrEqual(8);
    }),
  );
});

describe.each(structureOrder.map((structure) => [structure.name, structure] as const))("%s", (name, structure) => {
  const view = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const read = readers[`read${name}` as keyof typeof readers] as (
    view: DataView,
    bytes: Uint8Array,
    at: number,
  ) => object;
  const decode = decoders[`decode${name}` as keyof typeof decoders] as unknown as (
    reader: TableReader,
    at: number,
    length: number,
  ) => Record<string, unknown>;
  const bytesWith = (before: number) =>
    fc.uint8Array({ minLength: before + structure.size, maxLength: before + structure.size });

  it("reads the same record as binary-parser and as the description read row by row", () => {
    const parser = parsers[`${name[0]!.toLowerCase()}${name.slice(1)}` as Exclude<keyof typeof parsers, "Parser">];
    fc.assert(
      fc.property(bytesWith(3), (bytes) => {
        const record = read(view(bytes), bytes, 3);
        expect(record).toEqual(readRecord(structure, bytes, 3));
        expect(record).toEqual({ ...(parser.parse(bytes.subarray(3)) as object) });
      }),
      { numRuns: 50 },
    );
  });

  it("decodes the same values as the description read row by row", () => {
    fc.assert(
      fc.property(bytesWith(0), (bytes) => {
        const model = decode(new TableReader(bytes, view(bytes), 0, 0), 0, structure.size);
        const expected = decodeStructure(structure, bytes) as Record<string, unknown>;
        for (const [key, field] of Object.entries(structure.fields)) {
          if (field.kind === "ref" || ("when" in field && field.when)) continue;
          expect(model[key], key).toEqual(expected[key]);
        }
        expect(Object.keys(model)).toEqual(Object.keys(expected));
        for (const key of requiredKeys(name)) expect(model[key], key).toBeDefined();
      }),
      { numRuns: 50 },
    );
  });
});
