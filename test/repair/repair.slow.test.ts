import { expect, it } from "vitest";
import { corpus } from "../../src/corpus/corpus.ts";
import { DecodeError } from "../../src/errors.ts";
import { repairNbft } from "../../src/repair/repair.ts";
import { validate } from "../../src/rules/validate.ts";
import { expectNotWorse } from "./not-worse.ts";

it.each(["repair", "again"])(
  "takes every table of corpus %s, and makes none worse",
  (seed) => {
    let repaired = 0;
    for (const { name, bytes } of corpus(seed, { random: 10, mutants: 600 })) {
      if (validate(bytes).some(({ rule }) => rule === "H001" || rule === "H003")) {
        expect(() => repairNbft(bytes), name).toThrow(DecodeError);
        continue;
      }
      for (const all of [false, true]) if (expectNotWorse(name, bytes, { all })) repaired++;
    }
    expect(repaired).toBeGreaterThan(150);
  },
  1_200_000,
);
