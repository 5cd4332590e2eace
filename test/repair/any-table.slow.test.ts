import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { corpus } from "../../src/corpus/corpus.ts";
import { mutations } from "../../src/corpus/mutations.ts";
import { createPrng } from "../../src/corpus/prng.ts";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { DecodeError } from "../../src/errors.ts";
import { fixes, repairNbft } from "../../src/repair/repair.ts";
import { validate } from "../../src/rules/validate.ts";
import { madeTables } from "../helpers/vectors.ts";

/** Rules whose findings hide other parts of the table, which come to light unchanged. */
const revealing = new Set(fixes.filter(({ reveals }) => reveals).map(({ rule }) => rule));
const errorsOf = (findings: readonly Diagnostic[]) => findings.filter(({ severity }) => severity === "error").length;

describe("repairNbft", () => {
  it("takes every table of a corpus: no new errors, nothing more to do afterwards, no exception but for what is no table", () => {
    let repaired = 0;
    let reveals = 0;
    for (const { name, bytes } of corpus("repair", { random: 4, mutants: 120 })) {
      const judged = validate(bytes);
      if (judged.some(({ rule }) => rule === "H001" || rule === "H003")) {
        expect(() => repairNbft(bytes), name).toThrow(DecodeError);
        continue;
      }
      // Tables of 255 entries or 64 KB take seconds for each of many fixes.
      if (bytes.length > 20_000) continue;
      const once = repairNbft(bytes, { all: true });
      if (once.applied.length > 0) repaired++;
      // Where more of a table can be read, what comes to light was there before.
      const revealed = once.applied.some(({ rule }) => revealing.has(rule));
      if (!revealed) expect(errorsOf(once.left), name).toBeLessThanOrEqual(errorsOf(judged));
      else reveals++;
      expect(repairNbft(once.bytes, { all: true }).applied, name).toEqual([]);
    }
    expect(repaired).toBeGreaterThan(150);
    expect(reveals).toBeLessThan(repaired / 4);
  }, 240_000);

  it("takes any table, and has nothing more to do afterwards", () => {
    fc.assert(
      fc.property(fc.constantFrom(...madeTables), fc.nat(), ({ bytes }, seed) => {
        const mutant = mutations(bytes, createPrng(seed)).next().value.bytes;
        fc.pre(!validate(mutant).some(({ rule }) => rule === "H001" || rule === "H003"));
        const once = repairNbft(mutant, { all: true });
        expect(repairNbft(once.bytes, { all: true }).applied).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
