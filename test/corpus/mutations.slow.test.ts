import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumBytes } from "../../src/acpi/checksum.ts";
import { everyMutation, type Mutant, mutationKinds, mutations } from "../../src/corpus/mutations.ts";
import { createPrng } from "../../src/corpus/prng.ts";
import { DecodeError } from "../../src/errors.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { validate } from "../../src/rules/validate.ts";
import { madeTables, table } from "../helpers/vectors.ts";

const base = table("L13");
const kinds = mutationKinds.map(({ kind }) => kind);

function first(count: number, mutants: Iterable<Mutant>): Mutant[] {
  const made: Mutant[] = [];
  if (count === 0) return made;
  for (const mutant of mutants) {
    made.push(mutant);
    if (made.length >= count) break;
  }
  return made;
}

const of = (seed: string | number, count: number, options = {}) =>
  first(count, mutations(base, createPrng(seed), options));

/** The bytes that the checksum is over, as libnvme and others take it: those that Length covers, where it can be. */
function sum(bytes: Uint8Array): number {
  const stated = new DataView(bytes.buffer, bytes.byteOffset).getUint32(4, true);
  return sumBytes(stated >= 128 && stated <= bytes.length ? bytes.subarray(0, stated) : bytes) & 0xff;
}

describe("mutations", () => {
  it("are the same for the same seed, however many are asked for", () => {
    expect(of("x", 50)).toEqual(of("x", 200).slice(0, 50));
    expect(of("x", 5)).not.toEqual(of("y", 5));
  });

  it("each differ from the table, and say how", () => {
    for (const { bytes, changes } of of("differ", 2000)) {
      expect(Buffer.compare(bytes, base)).not.toBe(0);
      expect(changes.length).toBeGreaterThan(0);
      expect(changes.length).toBeLessThan(4);
      for (const { kind, text } of changes) {
        expect(kinds).toContain(kind);
        expect(text).not.toBe("");
      }
    }
  });

  it("come in every kind", () => {
    const made = new Set(of("kinds", 2000).flatMap(({ changes }) => changes.map(({ kind }) => kind)));
    expect([...made].sort()).toEqual([...kinds].sort());
  });

  it.each(kinds)("of kind %s alone are of that kind", (kind) => {
    const made = of("one", 40, { kinds: [kind] });
    expect(new Set(made.flatMap(({ changes }) => changes.map((change) => change.kind)))).toEqual(new Set([kind]));
  });

  it("have the right checksum unless it is what was changed, or bytes came after", () => {
    for (const { bytes, changes } of of("sum", 500)) {
      if (bytes.length < 10 || changes.some(({ kind }) => /checksum|concatenate|trailing/.test(kind))) continue;
      expect(sum(bytes), JSON.stringify(changes)).toBe(0);
    }
  });

  it("keep the table's checksum where that is asked for", () => {
    const kept = of("kept", 500, { checksum: "kept" });
    const right = of("kept", 500);
    expect(kept.map(({ changes }) => changes)).toEqual(right.map(({ changes }) => changes));
    const wrong = kept.filter(({ bytes, changes }) => {
      if (bytes.length < 10 || changes.some(({ kind }) => kind === "checksum")) return false;
      expect(bytes[9]).toBe(base[9]);
      return sum(bytes) !== 0;
    });
    expect(wrong.length).toBeGreaterThan(300);
  });

  it("aim: most of them are found out by a rule, and many kinds of rules are", () => {
    const found = of("aim", 500).map(({ bytes }) => validate(bytes).map(({ rule }) => rule));
    expect(found.filter((codes) => codes.length > 0).length).toBeGreaterThan(400);
    expect(new Set(found.flat()).size).toBeGreaterThan(50);
  });

  it("can mostly still be read as tables", () => {
    const readable = of("read", 500).filter(({ bytes }) => {
      try {
        readNbft(bytes);
        return true;
      } catch (error) {
        if (error instanceof DecodeError) return false;
        throw error;
      }
    });
    expect(readable.length).toBeGreaterThan(350);
  });

  it("do not touch the table", () => {
    const copy = Uint8Array.from(base);
    first(300, mutations(copy, createPrng(1)));
    expect(copy).toEqual(base);
  });

  it("put other tables before or after", () => {
    const other = table("L01");
    const lengths = new Set(
      of("two", 50, { kinds: ["concatenate"], others: [other] }).map(({ bytes }) => bytes.length),
    );
    expect(lengths).toContain(base.length + other.length);
  });

  it("refuse what is no table, and kinds that do not apply", () => {
    expect(() => first(1, mutations(new Uint8Array(200), createPrng(1)))).toThrow(DecodeError);
    expect(() => of(1, 1, { kinds: [] })).toThrow(/no kind of change/);
    // A table without lists or host has no strings.
    const bare = Uint8Array.from(table("L24").subarray(0, 128));
    expect(() => first(1, mutations(bare, createPrng(1), { kinds: ["text"] }))).toThrow(/no kind of change/);
  });

  it("can be made of any table that can be read", () => {
    fc.assert(
      fc.property(fc.constantFrom(...madeTables), fc.nat(), ({ bytes }, seed) => {
        // Mutants of mutants, three deep.
        let now: Uint8Array = bytes;
        for (let depth = 0; depth < 3; depth++) {
          const [mutant] = first(1, mutations(now, createPrng(seed + depth)));
          try {
            readNbft(mutant!.bytes);
            now = mutant!.bytes;
          } catch (error) {
            if (!(error instanceof DecodeError)) throw error;
          }
        }
      }),
      { numRuns: 200 },
    );
  });
});

describe("everyMutation", () => {
  const small = table("L01");
  const all = [...everyMutation(small)];

  it("is every single change once, none of them empty", () => {
    expect(all.length).toBeGreaterThan(5000);
    for (const { bytes, changes } of all) {
      if (changes.length !== 1 || Buffer.compare(bytes, small) === 0) expect(changes).toHaveLength(1);
    }
    expect(new Set(all.map(({ changes }) => changes[0]!.kind))).toEqual(new Set(kinds));
  });

  it("cuts the table at every byte and flips every bit but those of the checksum", () => {
    const of = (kind: string) => all.filter(({ changes }) => changes[0]!.kind === kind);
    expect(new Set(of("cut").map(({ bytes }) => bytes.length))).toEqual(new Set(small.keys()));
    expect(of("bit")).toHaveLength(8 * (small.length - 1));
  });
});
