import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksumFor } from "../../src/acpi/checksum.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { exampleBytes } from "../../src/rules/example.ts";
import { tableRule } from "../../src/rules/index.ts";
import { placeOf } from "../../src/rules/place.ts";
import { validate, validateTogether } from "../../src/rules/validate.ts";
import { firmwareTables, madeTables } from "../helpers/vectors.ts";

const bases = [
  ...madeTables.map(({ bytes }) => bytes),
  ...firmwareTables.map(({ bytes }) => bytes),
  exampleBytes({}),
  exampleBytes({ table: "secured" }),
];

/** A place to change and what to write there: single bytes, or the numbers that references and lists are made of. */
const change = fc.record({
  at: fc.nat(),
  bytes: fc.oneof(
    fc.uint8Array({ minLength: 1, maxLength: 4 }),
    fc.constantFrom(
      Uint8Array.of(0, 0, 0, 0, 0, 0),
      Uint8Array.of(255, 255, 255, 255, 255, 255),
      Uint8Array.of(0xe0, 0xff, 0xff, 0xff, 0x20, 0),
      Uint8Array.of(0x40, 0, 0, 0, 0xff, 0xff),
      Uint8Array.of(0, 1, 0, 0, 1, 0),
    ),
  ),
});

const mutated = fc
  .tuple(fc.constantFrom(...bases), fc.array(change, { minLength: 1, maxLength: 6 }), fc.boolean(), fc.nat())
  .map(([base, changes, sealed, cut]) => {
    const bytes = base.slice(0, cut % 3 === 0 ? 128 + (cut % base.length) : base.length);
    for (const { at, bytes: data } of changes)
      bytes.set(data.subarray(0, bytes.length - (at % bytes.length)), at % bytes.length);
    if (sealed && bytes.length > 9) bytes[9] = checksumFor(bytes, bytes.length);
    return bytes;
  });

/** What holds for the findings about any bytes. */
function expectSound(bytes: Uint8Array): void {
  const found = validate(bytes);
  const unsound = found.filter(({ rule, name, severity, path, offset, length, message }) => {
    const known = tableRule(rule);
    const named = known?.name === name && [known.severity, ...(known.milder ?? [])].includes(severity);
    const inside = offset >= 0 && offset + length <= Math.max(bytes.length, 4);
    return !named || !inside || path === "" || message.length >= 600;
  });
  expect(unsound).toEqual([]);
  // 128 bytes of header and control, then at most one descriptor every 32 bytes; no structure has more than some dozen findings.
  expect(found.length).toBeLessThanOrEqual(64 + 2 * bytes.length);
  const places = found.map(({ rule, path, offset }) => `${rule} ${path} ${offset}`);
  expect(new Set(places).size).toBe(places.length);
}

describe("any bytes", () => {
  it("are judged without an exception, each defect once, at a place inside them", () => {
    fc.assert(fc.property(mutated, expectSound), { numRuns: 3000 });
  });

  it("need be no table", () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), expectSound), { numRuns: 500 });
  });

  it("may say NBFT and nothing else that makes sense", () => {
    const noise = fc.uint8Array({ minLength: 128, maxLength: 1500 }).map((bytes) => {
      const table = bytes.slice();
      table.set([0x4e, 0x42, 0x46, 0x54]);
      new DataView(table.buffer).setUint32(4, table.length, true);
      table.set([1, 1, 0, 0, 64, 0, 1], 64);
      table[8] = 1;
      table[9] = checksumFor(table, table.length);
      return table;
    });
    fc.assert(fc.property(noise, expectSound), { numRuns: 1000 });
  });

  it("give the same findings whatever is judged before and beside them", () => {
    fc.assert(
      fc.property(mutated, mutated, (first, second) => {
        const alone = validate(first);
        const [together] = validateTogether([first, second], { off: ["O012", "G002"] });
        expect(together).toEqual(alone.filter(({ rule }) => rule !== "G002"));
        expect(validate(first)).toEqual(alone);
      }),
      { numRuns: 300 },
    );
  });

  it("have findings at the places that their paths name", () => {
    fc.assert(
      fc.property(mutated, (bytes) => {
        const found = validate(bytes);
        fc.pre(found[0]?.rule !== "H001" && found[0]?.rule !== "H003");
        const { frame } = readNbft(bytes);
        for (const { path, rule } of found) {
          // Reading names objects that it could not follow; rules only what placeOf knows.
          expect(() => placeOf(frame, path), `${rule} ${path}`).not.toThrow();
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("hostile tables", () => {
  /** 255 descriptors in each list, all fields random, every reference into the heap: 126 KB. */
  function crowded(seed: number): Uint8Array {
    const bytes = new Uint8Array(126_000);
    let state = seed;
    const random = () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return state;
    };
    for (let i = 0; i < bytes.length; i++) bytes[i] = random() >>> 24;
    bytes.set(exampleBytes({}).subarray(0, 160));
    const view = new DataView(bytes.buffer);
    let at = 160;
    for (const [place, size, id, flags, refs] of [
      [80, 32, 3, 2, [16]],
      [88, 128, 4, 3, [10, 16, 48, 54, 60]],
      [96, 64, 5, 2, [6, 12, 18, 24, 30, 36]],
      [104, 32, 6, 1, [6, 12]],
    ] as const) {
      view.setUint32(place, at, true);
      view.setUint16(place + 4, size, true);
      view.setUint8(place + 7, 255);
      for (let i = 0; i < 255; i++, at += size) {
        bytes[at] = id;
        bytes[at + flags]! |= 1;
        for (const ref of refs) {
          view.setUint32(at + ref, 70_000 + (random() % 20_000), true);
          view.setUint16(at + ref + 4, random() % 36_000, true);
        }
      }
    }
    view.setUint32(4, bytes.length, true);
    view.setUint32(36, at, true);
    view.setUint32(40, bytes.length - at, true);
    bytes[9] = checksumFor(bytes, bytes.length);
    return bytes;
  }

  it.each([1, 2, 3])(
    "of 126 KB, full of descriptors and of overlapping objects (%i), are judged, with findings that follow their size",
    (seed) => {
      const bytes = crowded(seed);
      // Anything pairwise would take so long that the test's time-out ends it.
      const found = validate(bytes);
      expect(found.length).toBeGreaterThan(1000);
      expect(found.length).toBeLessThan(2 * bytes.length);
      expect(JSON.stringify(found).length).toBeLessThan(200 * bytes.length);
    },
  );
});
