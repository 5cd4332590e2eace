import { describe, expect, it } from "vitest";
import { mutations } from "../../src/corpus/mutations.ts";
import { createPrng } from "../../src/corpus/prng.ts";
import { NbftError } from "../../src/errors.ts";
import { knownFindings, placedDefects } from "../../src/nbft/read/known-findings.ts";
import { type NbftReading, readNbft } from "../../src/nbft/read/read.ts";
import { ruleOf } from "../../src/rules/catalogue.ts";
import { validate } from "../../src/rules/validate.ts";
import { patched, summed } from "../helpers/tables.ts";
import { allTables, table } from "../helpers/vectors.ts";

/** Findings that a dump shows and validate does not. */
function unshared(bytes: Uint8Array): string[] {
  let reading: NbftReading;
  try {
    reading = readNbft(bytes);
  } catch (error) {
    if (error instanceof NbftError) return [];
    throw error;
  }
  const key = ({ rule, path, severity }: { rule: string; path: string; severity: string }) =>
    `${severity} ${rule} ${path}`;
  const checked = new Set(validate(bytes).map(key));
  return knownFindings(reading)
    .map(key)
    .filter((shown) => !checked.has(shown));
}

describe("what a dump shows of reading is what validate finds", () => {
  it.each(allTables.filter(({ bytes }) => bytes.length < 10_000).map(({ name, bytes }) => [name, bytes] as const))(
    "in %s",
    (_, bytes) => {
      expect(unshared(bytes)).toEqual([]);
    },
  );

  it.each(["multipath/", "L10", "S21", "L07"])("in mutants of %s", (name) => {
    const mutants = mutations(table(name), createPrng(7));
    const bad: string[] = [];
    for (let i = 0; i < 400; i++) {
      const { bytes } = mutants.next().value;
      const only = unshared(bytes);
      if (only.length > 0) bad.push(`${i}: ${only.slice(0, 4).join(", ")}`);
    }
    expect(bad).toEqual([]);
  });

  it("names a host that is none", () => {
    const sound = table("L10");
    for (const [at, code] of [
      [128, "O001"],
      [129, "O002"],
    ] as const)
      expect(knownFindings(readNbft(summed(patched(sound, { [at]: [0x40] })))).map(({ rule }) => rule)).toContain(code);
  });

  it("under the catalogue's names", () => {
    for (const [code, { name }] of Object.entries(placedDefects)) expect(ruleOf(code)).toMatchObject({ name });
  });
});
