import { describe, expect, it } from "vitest";
import { corpus } from "../../src/corpus/corpus.ts";
import { createPrng } from "../../src/corpus/prng.ts";
import { randomTable } from "../../src/corpus/random-table.ts";
import { fillDefaults, fillTable } from "../../src/document/defaults.ts";
import { documentOf } from "../../src/document/document.ts";
import { DecodeError } from "../../src/errors.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { canonicalStyle } from "../../src/nbft/write/canonical-style.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { canonicalLayoutOf } from "../helpers/canonical.ts";
import { summed } from "../helpers/tables.ts";
import { firmwareTables, madeTables, malformedTables, moreTables } from "../helpers/vectors.ts";

const found = { spec: 0, edk2: 0, none: 0 };

function read(bytes: Uint8Array) {
  try {
    return readNbft(bytes);
  } catch (error) {
    if (error instanceof DecodeError) return undefined;
    throw error;
  }
}

/** Compares what is found in the bytes with what the encoder gives. */
function expectSame(bytes: Uint8Array, name: string): void {
  const reading = read(bytes);
  if (!reading) return;
  const style = canonicalStyle(reading.frame);
  found[style ?? "none"]++;
  const wanted = canonicalLayoutOf(reading.table, bytes);
  if (style !== wanted) expect(style, name).toBe(wanted);
}

/** The same for the document, whose defaults are filled in before it is encoded. */
function expectSameDocument(bytes: Uint8Array, name: string): void {
  const reading = read(bytes);
  if (!reading) return;
  const { layout } = documentOf(reading);
  expect(layout === undefined ? "spec" : layout.style, name).toBe(
    canonicalLayoutOf(fillDefaults(reading.table), bytes),
  );
}

const random = createPrng("canonical layouts");

/** Random tables in both canonical layouts. */
function* canonicalTables(count: number): Generator<Uint8Array> {
  for (let i = 0; i < count; i++) {
    const table = randomTable(random, { most: 2 });
    for (const layout of ["spec", "edk2"] as const) yield encodeNbft(table, { layout, limits: false });
  }
}

describe("the canonical layout of a table", () => {
  it("is found in the bytes as encoding finds it", () => {
    const vectors = [...madeTables, ...malformedTables, ...firmwareTables, ...moreTables];
    // Encoding what hundreds of references say of one object takes its time.
    for (const { name, bytes } of vectors.filter(({ bytes: { length } }) => length < 4096)) {
      expectSame(bytes, name);
      expectSameDocument(bytes, name);
    }
    for (const { name, bytes } of corpus("canonical layouts", { random: 20, mutants: 100 })) {
      if (bytes.length < 4096) expectSame(bytes, name);
    }
    for (const bytes of canonicalTables(20)) expectSame(bytes, "random");
    expect(Math.min(found.spec, found.edk2, found.none)).toBeGreaterThan(30);
  });

  it("is lost, or not, by a change of any byte as encoding loses it", () => {
    for (const bytes of canonicalTables(1)) {
      for (let at = 0; at < bytes.length; at++) {
        const changed = Uint8Array.from(bytes);
        changed[at]! ^= at % 2 === 0 ? 0xff : 1;
        expectSame(at === 9 ? changed : summed(changed), `byte ${at}`);
      }
    }
  });

  it.each([
    ["a text that is not ASCII", "löschen"],
    ["a text with a control character", "a\x1bb"],
    ["a text that begins with a byte order mark", "\ufeffabc"],
    ["a text of as many bytes as a model shows", "a".repeat(512)],
    ["a longer one", "a".repeat(513)],
  ])("with %s", (name, hostName) => {
    const table = randomTable(createPrng("text"), { most: 1 });
    const hfi = [{ ...table.hfi[0]!, transportInfo: { ...table.hfi[0]!.transportInfo!, hostName } }];
    for (const layout of ["spec", "edk2"] as const) expectSame(encodeNbft({ ...table, hfi }, { layout }), name);
  });
});

describe("fillTable", () => {
  it("gives what fillDefaults gives, and the table itself where that adds nothing", () => {
    for (const { bytes } of [...madeTables, ...firmwareTables]) {
      const { table } = readNbft(bytes);
      const plain = (value: NbftTable) => JSON.parse(JSON.stringify(value));
      expect(plain(fillTable(table))).toEqual(plain(fillDefaults(table)));
    }
  });
});
