import { describe, expect, test } from "vitest";
import { corpus } from "../../src/corpus/corpus.ts";
import { repairNbft } from "../../src/repair/repair.ts";
import { validate } from "../../src/rules/validate.ts";
import { installRealPrograms, type RealPrograms, realShow } from "./consumers-tree.ts";

const programs = await installRealPrograms("trixie");
const missing = typeof programs === "string" ? programs : undefined;

/** Records of a table as `nvme nbft show` lists them, by list; undefined where it shows no table. */
function recordsOf(bytes: Uint8Array): Readonly<Record<string, number>> | undefined {
  const { stdout, crashed } = realShow(programs as RealPrograms, bytes, "json");
  // In front of the JSON it says what it cannot parse.
  const start = stdout.indexOf("[");
  if (crashed || start < 0) return undefined;
  let tables: unknown;
  try {
    tables = JSON.parse(stdout.slice(start));
  } catch {
    return undefined;
  }
  const [table] = tables as Record<string, unknown>[];
  return (
    table &&
    Object.fromEntries(Object.entries(table).map(([key, value]) => [key, Object.values(value as object).length]))
  );
}

describe.skipIf(missing !== undefined)(`nvme nbft show and repair${missing ? `: ${missing}` : ""}`, () => {
  test("what was accepted is still accepted after a repair, with the same records or more", () => {
    let accepted = 0;
    let repaired = 0;
    for (const { name, bytes } of corpus("repair", { random: 5, mutants: 300 })) {
      if (validate(bytes).some(({ rule }) => rule === "H001" || rule === "H003")) continue;
      const { bytes: after, applied } = repairNbft(bytes);
      if (applied.length === 0) continue;
      repaired++;
      const before = recordsOf(bytes);
      if (before === undefined) continue;
      accepted++;
      const now = recordsOf(after);
      expect(now, `${name}: it is no longer accepted`).toBeDefined();
      for (const [list, count] of Object.entries(before))
        expect(now![list], `${name}: ${list}`).toBeGreaterThanOrEqual(count);
    }
    expect(repaired).toBeGreaterThan(100);
    expect(accepted).toBeGreaterThan(30);
    console.log(`repair: ${repaired} tables repaired, ${accepted} of them accepted before`);
  }, 600_000);
});
