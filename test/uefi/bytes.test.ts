import { describe, expect, it } from "vitest";
import { isFilled } from "../../src/bytes/compare.ts";

describe("isFilled", () => {
  it("looks at every byte of a range, at every alignment and length", () => {
    for (let offset = 0; offset < 4; offset++) {
      for (let length = 0; length < 20; length++) {
        const bytes = new Uint8Array(new ArrayBuffer(40), offset, 32).fill(0xff);
        for (let start = 0; start + length <= 24; start++) {
          const end = start + length;
          bytes.fill(0xff).fill(7, start, end);
          expect([offset, start, end, isFilled(bytes, 7, start, end)]).toEqual([offset, start, end, true]);
          for (let at = start; at < end; at++) {
            bytes[at] = 6;
            expect([offset, start, end, at, isFilled(bytes, 7, start, end)]).toEqual([offset, start, end, at, false]);
            bytes[at] = 7;
          }
        }
      }
    }
  });
});
