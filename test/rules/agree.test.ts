import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mutations } from "../../src/corpus/mutations.ts";
import { createPrng } from "../../src/corpus/prng.ts";
import { readNbft } from "../../src/nbft/read/read.ts";
import { formatTable } from "../../src/output/table-tree.ts";
import { validate } from "../../src/rules/validate.ts";
import { madeTables, table } from "../helpers/vectors.ts";

/** Rules with which nothing else is checked, because nothing else can be trusted. */
const stops = new Set(["H001", "H003", "H005", "H007", "C001", "O001", "O002"]);

/** What has errors, by the reader and by validate: an entry, or a part of the frame. Undefined where the table is not checked further. */
function errorsOf(bytes: Uint8Array) {
  const found = validate(bytes);
  if (found.some(({ rule }) => stops.has(rule))) return undefined;
  // Of the driver signature, which no reader needs, validate makes a warning (H019, H020).
  const counts = ({ severity, path }: { severity: string; path: string }) =>
    severity === "error" && !path.startsWith("header.driverSignature");
  const owners = (findings: readonly { severity: string; path: string }[]) =>
    new Set(findings.filter(counts).map(({ path }) => path.split(".")[0]!));
  return { read: owners(readNbft(bytes).diagnostics), validated: owners(found) };
}

describe("what dump and validate say of a table", () => {
  it("is the same of a descriptor that is not valid: nothing", () => {
    const bytes = Uint8Array.from(
      readFileSync(join(import.meta.dirname, "../vectors/reading/invalid-discovery-without-nul")),
    );
    expect(readNbft(bytes).diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
    expect(validate(bytes).filter(({ severity }) => severity === "error")).toEqual([]);
  });

  it("is the same of mutated tables: what has an error for the reader has one for validate", () => {
    let compared = 0;
    for (const [i, { name, bytes }] of madeTables.entries()) {
      const mutants = mutations(bytes, createPrng(i));
      for (let n = 0; n < 30; n++) {
        const mutant = mutants.next().value!.bytes;
        const errors = mutant.length >= 128 ? errorsOf(mutant) : undefined;
        if (!errors || errors.read.size === 0) continue;
        compared++;
        expect(
          [...errors.read].filter((owner) => !errors.validated.has(owner)),
          `${name}, mutant ${n}`,
        ).toEqual([]);
      }
    }
    expect(compared).toBeGreaterThan(50);
  });

  it("is nothing about the checksum of a table that was cut off", () => {
    const whole = table("L24");
    expect(formatTable("x", readNbft(whole))).toContain("checksum ok");
    expect(formatTable("x", readNbft(whole.slice(0, 500)))).toContain(
      `cut off: ${whole.length} bytes stated, checksum unknown`,
    );
  });
});
