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
import { structureOrder } from "../../src/nbft/structures/order.ts";
import { structuresC } from "../../src/output/structures/c.ts";
import { structuresImhex } from "../../src/output/structures/imhex.ts";
import { structuresJson } from "../../src/output/structures/json.ts";
import { structuresKsy } from "../../src/output/structures/ksy.ts";
import { snakeCase } from "../../src/output/structures/words.ts";
import { recordKey } from "../../src/structure/index.ts";

/** Sound tables, by name. */
const tables = ["test/vectors/firmware", "test/vectors/nbft/made"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /(^|\/)(NBFT[^./]*(\.bin)?|[SL]\d[^./]*)$/.test(file))
    .map((file) => [file, readFileSync(join(folder, file))] as const),
);

describe("a C header", () => {
  const compilerOf = (name: string) => {
    try {
      execFileSync(name, ["--version"], { stdio: "ignore" });
      return true;
    } catch {
      return false;
    }
  };

  it("has every structure, every field with its offset asserted, and a mask for every flag", () => {
    const header = structuresC(structureOrder);
    for (const { name, fields } of structureOrder) {
      const type = `nbft_${snakeCase(name).replace(/^nbft_/, "")}`;
      for (const [key, field] of Object.entries(fields)) {
        expect(header).toContain(`offsetof(struct ${type}, ${snakeCase(key)}) == ${field.at},`);
        if (field.kind !== "flags") continue;
        for (const bit of Object.keys(field.bits))
          expect(header).toContain(`#define ${`${type}_${snakeCase(key)}_${snakeCase(bit)}`.toUpperCase()}`);
      }
    }
  });

  for (const [program, language] of [
    ["cc", ["-std=c11", "-pedantic"]],
    ["c++", ["-std=c++17", "-x", "c++"]],
  ] as const) {
    it.skipIf(!compilerOf(program))(`is compiled by ${program} (skipped where there is none)`, () => {
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
    for (const [name, bytes] of tables) {
      const data = Uint8Array.from(bytes);
      const read = new Nbft(new KaitaiStream(data.buffer));
      const { table } = readNbft(data);
      expect([name, kaitaiView(read)]).toEqual([name, ourView(table)]);
    }
  });
});

/** Fields of every kind, as the Kaitai reader has them. */
// biome-ignore lint/suspicious/noExplicitAny: a class that is made at run time
function kaitaiView(read: any) {
  const text = (ref: { value?: { text: string } }) => ref.value?.text;
  const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");
  return {
    header: [
      read.header.signature,
      read.header.majorRevision,
      read.header.oemRevision,
      text(read.header.driverSignature),
    ],
    host: read.host && [text(read.host.hostNqn), hex(read.host.hostId), read.host.flags.hostNqnConfigured],
    // biome-ignore lint/suspicious/noExplicitAny: see above
    hfi: (read.hfi as any[]).map(({ index, transportInfo: { value } }) => [
      index,
      value && [hex(value.mac), value.vlan, value.subnetMaskPrefix, text(value.hostName), value.flags.dhcpOverride],
    ]),
    // biome-ignore lint/suspicious/noExplicitAny: see above
    ssns: (read.ssns as any[]).map((each) => [
      each.index,
      text(each.subsystemNqn),
      text(each.trsvcid),
      each.nsid,
      hex(each.nid),
      each.secondaryHfis.value?.items,
    ]),
    // biome-ignore lint/suspicious/noExplicitAny: see above
    discovery: (read.discovery as any[]).map((each) => [each.index, each.hfiIndex, text(each.uri), text(each.nqn)]),
  };
}

const dense = (text: string | undefined, bytes: number) => (text ?? "").replaceAll(/[-:]/g, "").padEnd(2 * bytes, "0");

/** The same of our own model. */
function ourView({ header, host, hfi, ssns, discovery }: NbftTable) {
  return {
    header: ["NBFT", header.majorRevision, header.oemRevision, header.driverSignature],
    host: host && [host.hostNqn, dense(host.hostId, 16), host.flags.hostNqnConfigured],
    hfi: hfi.map(({ index, transportInfo: info }) => [
      index,
      info && [dense(info.mac, 6), info.vlan, info.subnetMaskPrefix, info.hostName, info.flags.dhcpOverride],
    ]),
    ssns: ssns.map((each) => [
      each.index,
      each.subsystemNqn,
      each.trsvcid,
      each.nsid,
      dense(each.nid, 16),
      each.secondaryHfis,
    ]),
    discovery: discovery.map((each) => [each.index, each.hfiIndex, each.uri, each.nqn]),
  };
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
