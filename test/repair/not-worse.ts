import { expect } from "vitest";
import { harmOfRepair } from "../../fuzz/repair-property.ts";
import { type RepairOptions, repairNbft } from "../../src/repair/repair.ts";

/** Holds a repair to what it promises. Returns whether anything was repaired. */
export function expectNotWorse(name: string, bytes: Uint8Array, options: RepairOptions): boolean {
  const once = repairNbft(bytes, options);
  expect(harmOfRepair(bytes, options, once), name).toBeUndefined();
  return once.applied.length > 0;
}
