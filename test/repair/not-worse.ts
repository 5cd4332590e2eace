import { expect } from "vitest";
import { allModels } from "../../src/consumers/models.ts";
import type { Diagnostic } from "../../src/diagnostic.ts";
import { type RepairOptions, repairNbft } from "../../src/repair/repair.ts";
import { validate } from "../../src/rules/validate.ts";

const errorsOf = (findings: readonly Diagnostic[]) =>
  findings.filter(({ severity }) => severity === "error").map(({ rule, path }) => `${rule} ${path}`);

/** What consumers read of a table: each by its name, and the entries that it does not drop, reject or die of. */
function readsOf(bytes: Uint8Array): string[] {
  return allModels().flatMap((model) => {
    const { verdicts } = model.predict([{ path: "NBFT", bytes }]);
    const read = [...verdicts].filter(
      ([place, { does }]) => !["dropped", "rejected", "dies", "nothing"].includes(does) && place.endsWith("]"),
    );
    return read.map(([place]) => `${model.id} ${place}`);
  });
}

/** Holds a repair to what it promises. Returns whether anything was repaired. */
export function expectNotWorse(name: string, bytes: Uint8Array, options: RepairOptions): boolean {
  const once = repairNbft(bytes, options);
  if (once.applied.length === 0) {
    expect(once.bytes, name).toEqual(bytes);
    return false;
  }
  const before = errorsOf(validate(bytes));
  expect(
    errorsOf(once.left).filter((error) => !before.includes(error)),
    name,
  ).toEqual([]);
  const after = readsOf(once.bytes);
  expect(
    readsOf(bytes).filter((place) => !after.includes(place)),
    name,
  ).toEqual([]);
  expect(repairNbft(once.bytes, options), name).toMatchObject({ bytes: once.bytes, applied: [] });
  return true;
}
