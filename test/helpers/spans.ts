import { expect } from "vitest";
import { readNbft } from "../../src/nbft/read/read.ts";
import { spansOf } from "../../src/nbft/read/spans.ts";

/** Spans cover the input without holes or overlaps, and every claim lies inside. */
export function expectCovered(bytes: Uint8Array): void {
  const spans = spansOf(readNbft(bytes).frame);
  let at = 0;
  for (const { offset, length } of spans) {
    if (offset !== at || length < 1) throw new Error(`span at ${offset} of ${length} bytes, expected one at ${at}`);
    at += length;
  }
  expect(at).toBe(bytes.length);
}
