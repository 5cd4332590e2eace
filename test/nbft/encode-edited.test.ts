import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sumBytes } from "../../src/acpi/checksum.ts";
import { NbftError } from "../../src/errors.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";
import { table } from "../helpers/vectors.ts";

const styles = ["spec", "edk2"] as const;

/** What the encoder writes for a model is a whole table with a right checksum; a model that is wrong is refused with a message. */
function written(model: NbftTable): boolean {
  let count = 0;
  for (const layout of styles) {
    let bytes: Uint8Array;
    try {
      bytes = encodeNbft(model, { layout });
    } catch (error) {
      if (!(error instanceof NbftError)) throw error;
      expect(error.message).not.toBe("");
      continue;
    }
    count++;
    expect(new DataView(bytes.buffer).getUint32(4, true)).toBe(bytes.length);
    expect(sumBytes(bytes)).toBe(0);
  }
  return count > 0;
}

describe("the encoder", () => {
  it("writes edited models, and refuses those that are wrong", () => {
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
    let right = 0;
    let wrong = 0;
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
        try {
          if (written(copy as unknown as NbftTable)) right++;
          else wrong++;
        } catch (error) {
          // What is not a model at all is a mistake of the caller.
          if (!(error instanceof TypeError)) throw error;
        }
      }),
      { numRuns: 1500 },
    );
    expect(right).toBeGreaterThan(40);
    expect(wrong).toBeGreaterThan(200);
  });

  it("writes texts of every length and alphabet", () => {
    const model = readNbft(table("L13")).table;
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 250 }), fc.nat(70_000), (text, length) => {
        const [security] = model.security;
        written({ ...model, host: { ...model.host!, hostNqn: text } });
        written({ ...model, security: [{ ...security!, secretKeypath: "k".repeat(length) }] });
      }),
      { numRuns: 100 },
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
    expect(encodeNbft(small)).toEqual(table("L02"));
  });
});

/** Paths of every property of a model. */
function pathsOf(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[...path, key], ...pathsOf(part, [...path, key])]);
}
