import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checksumFor } from "../../src/acpi/checksum.ts";
import { NbftError } from "../../src/errors.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { CanonicalWriter } from "../../src/nbft/write/encode-canonical.ts";
import { packTable } from "../../src/nbft/write/pack.ts";
import { mutated } from "../helpers/tables.ts";
import { allTables, firmwareTables, madeTables, malformedTables, table } from "../helpers/vectors.ts";

const styles = ["spec", "edk2"] as const;

/** What the encoder that follows the descriptions writes, or says. */
function byDescription(model: NbftTable, style: "spec" | "edk2"): Uint8Array | string {
  try {
    const bytes = new CanonicalWriter(style, true).write(model);
    bytes[9] = checksumFor(bytes);
    return bytes;
  } catch (error) {
    if (error instanceof NbftError) return error.message;
    throw error;
  }
}

/** The generated encoder writes the same bytes, or leaves the table to the other one. */
function expectSame(model: NbftTable): number {
  let packed = 0;
  for (const style of styles) {
    const bytes = packTable(model, style === "edk2");
    const wanted = byDescription(model, style);
    if (typeof wanted === "string") expect(bytes).toBeUndefined();
    else if (bytes !== undefined) {
      packed++;
      if (Buffer.compare(bytes, wanted) !== 0) expect(bytes).toEqual(wanted);
    }
  }
  return packed;
}

describe("the generated encoder", () => {
  it.each(
    allTables
      .filter(({ bytes }) => bytes.length >= 128)
      .map(({ name, bytes }) => [name, readNbft(bytes).table] as const),
  )("writes the model of %s as the descriptions say", (_, model) => {
    expectSame(model);
  });

  it("does so itself for every sound table", () => {
    for (const { bytes } of [...madeTables, ...firmwareTables]) expect(expectSame(readNbft(bytes).table)).toBe(2);
  });

  it("writes models of mutated tables as the descriptions say", () => {
    const bases = [...madeTables, ...malformedTables].map(({ bytes }) => bytes).filter(({ length }) => length < 2000);
    let packed = 0;
    fc.assert(
      fc.property(mutated(bases), (bytes) => {
        try {
          packed += expectSame(readNbft(bytes).table);
        } catch (error) {
          if (!(error instanceof NbftError)) throw error;
        }
      }),
      { numRuns: 3000 },
    );
    expect(packed).toBeGreaterThan(2000);
  });

  it("writes edited models, right and wrong, as the descriptions say", () => {
    const model = readNbft(table("L13")).table;
    const paths = pathsOf(model);
    const values = fc.oneof(
      fc.constantFrom<unknown>(undefined, null, true, false, "", "::", "1.2.3.4", "1.2.3", "01.2.3.4", "0000:00:04.0"),
      fc.constantFrom<unknown>(
        "tcp",
        "uuid",
        "1:2::3",
        "x".repeat(300),
        "\0",
        "h\u00f6st",
        -1,
        1.5,
        -0,
        256,
        65536,
        2 ** 32,
      ),
      fc.constantFrom<unknown>([], [1], ["sha256", 2], [undefined], [256], [65536], {}, { valid: true, extra: 1 }),
      fc.constantFrom<unknown>("AA:bb:cc:dd:ee:ff", "aa-bb-cc-dd-ee-ff", "F8131BAC-cdef-4165-866b-5998c1e67890"),
      fc.constantFrom<unknown>(
        "f8131bac+cdef-4165-866b-5998c1e67890",
        "0123456789abcdef",
        "0123456789ABCDEF0123456789abcdef",
      ),
      fc.string({ maxLength: 30 }),
      fc.nat(0xffff_ffff),
    );
    let packed = 0;
    let refused = 0;
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(), values), { minLength: 1, maxLength: 2 }), fc.boolean(), (edits, add) => {
        const copy = structuredClone(model) as unknown as Record<string, unknown>;
        for (const [which, value] of edits) {
          const path = paths[which % paths.length]!;
          const owner = path
            .slice(0, -1)
            .reduce<unknown>((part, key) => (part as Record<string, unknown>)?.[key], copy);
          if (typeof owner === "object" && owner !== null)
            (owner as Record<string, unknown>)[add && which % 7 === 0 ? "unknown" : path.at(-1)!] = value;
        }
        let same = 0;
        try {
          same = expectSame(copy as unknown as NbftTable);
        } catch (error) {
          // What is no model at all is a mistake of the caller, for both.
          if (!(error instanceof TypeError)) throw error;
          return;
        }
        if (same > 0) packed++;
        else refused++;
      }),
      { numRuns: 4000 },
    );
    expect(packed).toBeGreaterThan(100);
    expect(refused).toBeGreaterThan(500);
  });

  it("writes texts of every length and alphabet as the descriptions say", () => {
    const model = readNbft(table("L13")).table;
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 250 }), fc.nat(70_000), (text, length) => {
        const [security] = model.security;
        expectSame({ ...model, host: { ...model.host!, hostNqn: text } });
        expectSame({ ...model, security: [{ ...security!, secretKeypath: "k".repeat(length) }] });
      }),
      { numRuns: 300 },
    );
  });

  it("is not disturbed by what it wrote before", () => {
    const large = { ...readNbft(table("L13")).table };
    const many = {
      ...large,
      security: new Array(255).fill({ ...large.security[0]!, secretKeypath: "k".repeat(60_000) }),
    };
    expect(encodeNbft(many).length).toBeGreaterThan(4 << 20);
    const small = readNbft(table("L02")).table;
    const fewer = {
      ...large,
      security: new Array(20).fill({ ...large.security[0]!, secretKeypath: "k".repeat(9000) }),
    };
    expect(packTable(fewer, false)!.length).toBeGreaterThan(180_000);
    expect(packTable({ ...small, hfi: [{} as never, null as never] }, false)).toBeUndefined();
    // A list that is none has no length to reserve.
    for (const none of [{}, { length: 2 }, "text", 7, true]) {
      expect(packTable({ ...large, ssns: none as never }, false)).toBeUndefined();
      expect(encodeNbft(small)).toEqual(table("L02"));
    }
    expect(encodeNbft(small)).toEqual(table("L02"));
  });
});

/** Paths of every property of a model. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[...path, key], ...pathsOf(part, [...path, key])]);
}
