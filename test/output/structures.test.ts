import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import KaitaiStream from "kaitai-struct/KaitaiStream.js";
import compiler from "kaitai-struct-compiler";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { type NbftTable, readNbft } from "../../src/index.ts";
import { listStructures } from "../../src/nbft/read/frame.ts";
import { controlDescriptor, hostDescriptor, nbftHeader } from "../../src/nbft/structures/index.ts";
import { structureOrder } from "../../src/nbft/structures/order.ts";
import { structuresC } from "../../src/output/structures/c.ts";
import { structuresImhex } from "../../src/output/structures/imhex.ts";
import { structuresJson } from "../../src/output/structures/json.ts";
import { structuresKsy } from "../../src/output/structures/ksy.ts";
import { snakeCase } from "../../src/output/structures/words.ts";
import { type BitFields, type Field, type RefField, recordKey, type Structure } from "../../src/structure/index.ts";
import { decodeValue, nameOfValue } from "../../src/structure/value.ts";
import { formatHex } from "../../src/text/hex.ts";
import { formatIp } from "../../src/text/ip.ts";
import { needsPrograms } from "../helpers/needs.ts";

/** Sound tables, by name. */
const tables = ["test/vectors/firmware", "test/vectors/nbft/made"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)(NBFT[^./]*(\.bin)?|[SL]\d[^./]*)$/.test(file))
    .map((file) => [file, readFileSync(join(folder, file))] as const),
);

describe("a C header", () => {
  it("has every structure, every field with its offset asserted, and the mask of every flag", () => {
    const header = structuresC(structureOrder);
    for (const { name, fields } of structureOrder) {
      const type = `nbft_${snakeCase(name).replace(/^nbft_/, "")}`;
      for (const [key, field] of Object.entries(fields)) {
        expect(header).toContain(`offsetof(struct ${type}, ${snakeCase(key)}) == ${field.at},`);
        if (field.kind !== "flags") continue;
        for (const [bit, { low, width }] of Object.entries(field.bits)) {
          const name = `${type}_${snakeCase(key)}_${snakeCase(bit)}${width > 1 ? "_mask" : ""}`.toUpperCase();
          expect(header).toContain(
            `#define ${name} 0x${Number.parseInt("1".repeat(width) + "0".repeat(low), 2).toString(16)}u\n`,
          );
        }
      }
    }
  });

  for (const [program, language] of [
    ["cc", ["-std=c11", "-pedantic"]],
    ["c++", ["-std=c++17", "-x", "c++"]],
  ] as const) {
    it.skipIf(!needsPrograms([program], "the C header"))(`is compiled by ${program}`, () => {
      const folder = mkdtempSync(join(tmpdir(), "nbft-c-"));
      try {
        writeFileSync(join(folder, "nbft.h"), structuresC(structureOrder));
        writeFileSync(join(folder, "use.c"), '#include "nbft.h"\nint main(void) { return 0; }\n');
        execFileSync(program, [...language, "-Wall", "-Wextra", "-Werror", "-c", "use.c", "-o", "use.o"], {
          cwd: folder,
        });
        // An offset that is wrong does not compile.
        const wrong = structuresC(structureOrder).replace("uint8_t checksum;", "uint16_t checksum;");
        writeFileSync(join(folder, "nbft.h"), wrong);
        expect(() =>
          execFileSync(program, [...language, "-c", "use.c", "-o", "use.o"], { cwd: folder, stdio: "ignore" }),
        ).toThrow();
      } finally {
        rmSync(folder, { recursive: true });
      }
    });
  }
});

describe("a Kaitai Struct description", () => {
  it("is compiled by its own compiler, and reads from every sound table what our decoder reads", async () => {
    expect(tables.length).toBeGreaterThan(20);
    const description = parse(structuresKsy(structureOrder)) as object;
    const { "Nbft.js": source } = await compiler.compile("javascript", description, undefined, false);
    const folder = resolve("node_modules/.cache/nbft-kaitai");
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "Nbft.cjs"), source!);
    const { Nbft } = createRequire(import.meta.url)(join(folder, "Nbft.cjs"));
    const compared = new Set<string>();
    for (const [name, bytes] of tables) {
      const data = Uint8Array.from(bytes);
      const read = new Nbft(new KaitaiStream(data.buffer));
      const { table } = readNbft(data);
      for (const [path, kaitai, ours] of pairsOf(read, table)) {
        expect([name, path, kaitai]).toEqual([name, path, ours]);
        compared.add(path.replace(/\d+/, "0"));
      }
    }
    expect(compared.size).toBeGreaterThan(90);
  });
});

// biome-ignore lint/suspicious/noExplicitAny: objects of a class that is made at run time
type KaitaiObject = any;
type Model = Readonly<Record<string, unknown>>;
type Pair = readonly [path: string, kaitai: unknown, ours: unknown];

/** Every field of a table as the Kaitai reader has it, and as our decoder has it. */
function pairsOf(read: KaitaiObject, table: NbftTable): Pair[] {
  const lists = Object.entries(listStructures).flatMap(([list, structure]) => {
    const [entries, ours] = [
      read[list] as KaitaiObject[],
      table[list as keyof typeof listStructures] as readonly object[],
    ];
    return [
      [`${list}.length`, entries.length, ours.length] as const,
      ...ours.flatMap((each, i) => fieldPairs(structure, entries[i], each, `${list}[${i}]`)),
    ];
  });
  return [
    ...fieldPairs(nbftHeader, read.header, table.header, "header"),
    ...fieldPairs(controlDescriptor, read.control, table.control, "control"),
    ...(table.host ? fieldPairs(hostDescriptor, read.host, table.host, "host") : []),
    ...lists,
  ];
}

function fieldPairs({ fields }: Structure, read: KaitaiObject, ours: object, path: string): Pair[] {
  return Object.entries(fields).flatMap(([key, field]): Pair[] => {
    if (field.derived || field.kind === "reserved") return [];
    const [there, here] = [read[camelCase(key)], (ours as Model)[key]];
    const at = `${path}.${key}`;
    // The description does not know that another field reserves this one.
    if ("when" in field && field.when && here === undefined) return [];
    // Its form depends on what kind of identifier it is.
    if (field.kind === "nid")
      return [
        [
          at,
          formatHex(there),
          String(here ?? "")
            .replaceAll("-", "")
            .padEnd(32, "0"),
        ],
      ];
    if (field.kind !== "ref")
      return [[at, there === undefined ? undefined : decodeValue(field, stored(field, there), 0), here]];
    const { object } = field;
    if (object.kind !== "structure" || !there.value || !here) return [[at, objectValue(field, there.value), here]];
    return fieldPairs(object.structure, there.value, here, at);
  });
}

/** Kaitai's JavaScript makes one word of the names of the description, digits too. */
const camelCase = (key: string) => snakeCase(key).replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());

/** The bytes of the value that Kaitai made of them. */
function stored(field: Field, there: KaitaiObject): Uint8Array {
  if (typeof there === "string") return Uint8Array.from(Buffer.from(there.padEnd(field.size, "\0"), "latin1"));
  if (there instanceof Uint8Array) return there;
  const number = field.kind === "flags" ? flagsOf(field.bits, there) : there;
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, number, true);
  return bytes;
}

/** The number of a flags field; bits without a meaning are called by the first of them. */
function flagsOf(bits: BitFields, there: KaitaiObject): number {
  const known = Object.entries(bits).map(([bit, { low }]) => [camelCase(bit), low] as const);
  const others = Object.keys(there).map((key) => [key, Number(/^reserved(\d+)$/.exec(key)?.[1])] as const);
  const parts = [...known, ...others.filter(([, low]) => low >= 0)];
  return parts.reduce((sum, [key, low]) => sum + Number(there[key]) * 2 ** low, 0);
}

function objectValue({ object }: RefField, value: KaitaiObject): unknown {
  if (value === undefined) return undefined;
  if (object.kind === "string") return value.text;
  if (object.kind === "number") return value.number;
  if (object.kind === "list") return value.items.map((item: number) => nameOfValue(object.names, item));
  return object.kind === "ip" ? formatIp(value) : formatHex(value);
}

describe("an ImHex pattern", () => {
  it("defines a structure before it is used, every bit of a flags field, and every field once", () => {
    const pattern = structuresImhex(structureOrder);
    const defined = [...pattern.matchAll(/^(?:struct|bitfield|enum) (\w+)/gm)].map(([, name]) => name!);
    expect(new Set(defined).size).toBe(defined.length);
    for (const [line] of pattern.matchAll(/^ {4}([A-Z]\w+) \w+(?= ?[;@[])/gm)) {
      const type = line.trim().split(" ")[0]!;
      expect(defined).toContain(type);
      expect(pattern.search(new RegExp(`^(struct|bitfield|enum) ${type}\\b`, "m"))).toBeLessThan(pattern.indexOf(line));
    }
    for (const [, body] of pattern.matchAll(/^bitfield \w+ \{\n((?: {4}.*\n)*)\}/gm)) {
      const width = [...body!.matchAll(/: (\d+);/g)].reduce((sum, [, bits]) => sum + Number(bits), 0);
      expect(width % 8).toBe(0);
    }
  });
});

describe("JSON of the structures", () => {
  it("says of every field what the description says", () => {
    const { format, structures } = JSON.parse(structuresJson(structureOrder));
    expect(format).toBe(1);
    for (const [i, { name, size, fields }] of structureOrder.entries()) {
      expect(structures[i]).toMatchObject({ name, size });
      const places = Object.entries(fields).map(([key, field]) => [
        recordKey(key, field),
        field.at,
        field.size,
        field.kind,
      ]);
      expect(
        structures[i].fields.map((each: Record<string, unknown>) => [
          each["name"],
          each["offset"],
          each["size"],
          each["kind"],
        ]),
      ).toEqual(places);
    }
  });
});
