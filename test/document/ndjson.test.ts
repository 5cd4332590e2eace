import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bareDocumentOf } from "../../src/document/document.ts";
import { ndjsonLine } from "../../src/document/ndjson.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { allTables, table } from "../helpers/vectors.ts";

describe("ndjsonLine", () => {
  it.each(allTables.filter(({ bytes }) => bytes.length >= 128).map(({ name, bytes }) => [name, bytes] as const))(
    "writes %s as one line, which says what its document says",
    (name, bytes) => {
      const { table } = readNbft(bytes);
      const line = ndjsonLine(name, table);
      expect(line).toMatch(/^[^\n]+\n$/);
      expect(JSON.parse(line)).toEqual({ source: name, ...JSON.parse(JSON.stringify(bareDocumentOf(table))) });
    },
  );

  it("writes any text in one line, without a character that a terminal obeys", () => {
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
          const read = readNbft(bytes).table;
          const line = ndjsonLine(source, read);
          expect(line).toMatch(/^[^\0-\x1f\x7f-\x9f\u2028-\u202e]+\n$/);
          expect(JSON.parse(line)).toEqual({ source, ...JSON.parse(JSON.stringify(bareDocumentOf(read))) });
        },
      ),
    );
  });

  it.each([254, 255, 256, 257, 511, 512, 513, 600])(
    "writes the second text of %i characters as a reference to the first",
    (length) => {
      const { table: model } = readNbft(table("L13"));
      const security = { ...model.security[0]!, secretKeypath: "n".repeat(length) };
      const line = ndjsonLine("x", readNbft(encodeNbft({ ...model, security: [security, security] })).table);
      expect(line.includes('{"sameAs":"security[0].secretKeypath"}')).toBe(length >= 256);
    },
  );

  it.each([0, 1, 15, 16, 255])("writes the second list of %i entries as a reference to the first", (length) => {
    const { table: model } = readNbft(table("L13"));
    const ssns = { ...model.ssns[0]!, secondaryHfis: Array.from({ length }, (_, i) => i & 0xff) };
    const line = ndjsonLine("x", readNbft(encodeNbft({ ...model, ssns: [ssns, ssns] })).table);
    expect(line.includes('{"sameAs":"ssns[0].secondaryHfis"}')).toBe(length >= 16);
  });
});
