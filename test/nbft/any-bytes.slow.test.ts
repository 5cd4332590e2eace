import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NbftError } from "../../src/errors.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { layoutOf } from "../../src/nbft/write/layout-of.ts";
import { canonicalLayoutOf } from "../helpers/canonical.ts";
import { expectCovered } from "../helpers/spans.ts";
import { mutated, patched } from "../helpers/tables.ts";
import { madeTables, malformedTables } from "../helpers/vectors.ts";

describe("any bytes", () => {
  const bases = [...madeTables, ...malformedTables].map(({ bytes }) => bytes).filter(({ length }) => length < 2000);

  it("never throw but an NbftError, and are covered by spans", () => {
    fc.assert(
      fc.property(mutated(bases), (bytes) => {
        try {
          expectCovered(bytes);
        } catch (error) {
          if (!(error instanceof NbftError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
  });

  it("come back byte for byte from model and layout when they decode", () => {
    let decoded = 0;
    fc.assert(
      fc.property(mutated(bases), (bytes) => {
        let reading: ReturnType<typeof readNbft>;
        try {
          reading = readNbft(bytes);
        } catch (error) {
          if (error instanceof NbftError) return;
          throw error;
        }
        decoded++;
        const layout = layoutOf(reading);
        expect(layout === undefined ? "spec" : layout.style).toBe(canonicalLayoutOf(reading.table, bytes));
        expect(encodeNbft(reading.table, layout ? { layout } : {})).toEqual(bytes);
      }),
      { numRuns: 1500 },
    );
    expect(decoded).toBeGreaterThan(700);
  });

  it("that are random after a signature are read too", () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 128, maxLength: 1024 }), (random) => {
        expectCovered(patched(random, { 0: [0x4e, 0x42, 0x46, 0x54], 70: [1] }));
      }),
      { numRuns: 500 },
    );
  });
});
