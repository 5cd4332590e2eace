import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocumentOf } from "../../src/document/document.ts";
import { NdjsonWriter } from "../../src/document/ndjson.ts";
import { NbftError } from "../../src/errors.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { escapeJson } from "../../src/text/json.ts";
import { mutated, patched, summed } from "../helpers/tables.ts";
import { allTables, madeTables, malformedTables, table } from "../helpers/vectors.ts";

/** What the writer must give: the model, serialised by the platform. */
const expected = (source: string, bytes: Uint8Array) =>
  `${escapeJson(JSON.stringify({ source, ...bareDocumentOf(readNbft(bytes).table) }))}\n`;

function lines(...tables: readonly (readonly [string, Uint8Array])[]): string {
  const writer = new NdjsonWriter(64);
  for (const [source, bytes] of tables) writer.add(source, bytes);
  return new TextDecoder().decode(writer.take());
}

describe("NdjsonWriter", () => {
  it.each(allTables.filter(({ bytes }) => bytes.length >= 128).map(({ name, bytes }) => [name, bytes] as const))(
    "writes %s as JSON.stringify does",
    (name, bytes) => {
      expect(lines([name, bytes])).toBe(expected(name, bytes));
    },
  );

  it("writes mutated tables as JSON.stringify does", () => {
    const bases = [...madeTables, ...malformedTables].map(({ bytes }) => bytes).filter(({ length }) => length < 2000);
    let compared = 0;
    fc.assert(
      fc.property(mutated(bases), (bytes) => {
        let wanted: string;
        try {
          wanted = expected("a", bytes);
        } catch (error) {
          if (!(error instanceof NbftError)) throw error;
          expect(() => lines(["a", bytes])).toThrow(error.message);
          return;
        }
        compared++;
        if (lines(["a", bytes]) !== wanted) expect(lines(["a", bytes])).toBe(wanted);
      }),
      { numRuns: 4000 },
    );
    expect(compared).toBeGreaterThan(2000);
  });

  it("writes any text as JSON.stringify does", () => {
    const { table: model } = readNbft(table("L13"));
    fc.assert(
      fc.property(
        fc
          .string({ unit: "binary", maxLength: 300 })
          .filter((text) => !/[\ud800-\udfff]/u.test(text) && !text.includes("\0")),
        fc.string({ unit: "grapheme", maxLength: 20 }),
        (secretKeypath, source) => {
          const header = { ...model.header, oemId: '"\\\u00e9' };
          const bytes = encodeNbft({ ...model, header, security: [{ ...model.security[0]!, secretKeypath }] });
          expect(lines([source, bytes])).toBe(expected(source, bytes));
        },
      ),
    );
  });

  it.each([254, 255, 256, 257, 511, 512, 513, 600])("writes two texts of %i characters as documents do", (length) => {
    const { table: model } = readNbft(table("L13"));
    const security = { ...model.security[0]!, secretKeypath: "n".repeat(length) };
    const bytes = encodeNbft({ ...model, security: [security, security] });
    expect(lines(["x", bytes])).toBe(expected("x", bytes));
    expect(lines(["x", bytes]).includes("sameAs")).toBe(length >= 256);
  });

  it.each([0, 1, 15, 16, 255])("writes lists of %i entries as documents do", (length) => {
    const { table: model } = readNbft(table("L13"));
    const ssns = { ...model.ssns[0]!, secondaryHfis: Array.from({ length }, (_, i) => i & 0xff) };
    const bytes = encodeNbft({ ...model, ssns: [ssns, ssns] });
    expect(lines(["x", bytes])).toBe(expected("x", bytes));
  });

  it("writes numbers of every length and every combination of flags", () => {
    const base = table("L13");
    const { offset } = readNbft(base).frame.lists.ssns;
    fc.assert(
      fc.property(fc.nat(0xffff_ffff), fc.nat(0xffff), fc.nat(0xff), (nsid, flags, trtype) => {
        for (const number of [nsid, 10 ** (nsid % 10), 10 ** (nsid % 10) - 1]) {
          const le = [number, number >>> 8, number >>> 16, number >>> 24].map((byte) => byte & 0xff);
          const bytes = summed(
            patched(base, { [offset + 24]: le, [offset + 3]: [flags & 0xff, flags >> 8], [offset + 5]: [trtype] }),
          );
          expect(lines(["x", bytes])).toBe(expected("x", bytes));
        }
      }),
    );
  });

  it("collects lines in order, whatever was in between", () => {
    const tables = [...madeTables, ...malformedTables.filter(({ name }) => name.includes("S23")), ...madeTables];
    const pairs = tables.map(({ name, bytes }) => [name, bytes] as const);
    expect(lines(...pairs)).toBe(pairs.map(([name, bytes]) => expected(name, bytes)).join(""));
  });

  it("appends nothing for what is no table, and goes on", () => {
    const writer = new NdjsonWriter();
    writer.add("a", table("L01"));
    expect(() => writer.add("b", new Uint8Array(200))).toThrow("not an NBFT");
    writer.add("c", table("L02"));
    const text = new TextDecoder().decode(writer.take());
    expect(text).toBe(expected("a", table("L01")) + expected("c", table("L02")));
    expect(writer.length).toBe(0);
  });
});
