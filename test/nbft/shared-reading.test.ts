import { describe, expect, it } from "vitest";
import { readShared, tryRead } from "../../src/nbft/read/shared-reading.ts";
import { table } from "../helpers/vectors.ts";

describe("readShared", () => {
  it("reads an array once, and again when its bytes have changed", () => {
    const bytes = Uint8Array.from(table("L02"));
    const first = readShared(bytes);
    expect(readShared(bytes)).toBe(first);
    bytes[16] = 0x58;
    const second = readShared(bytes);
    expect(second).not.toBe(first);
    expect(second.table.header.oemTableId[0]).toBe("X");
    expect(first.table.header.oemTableId[0]).not.toBe("X");
  });

  it("is undefined, or an error, for what is not an NBFT", () => {
    expect(tryRead(new Uint8Array(128).fill(65))).toBeUndefined();
    expect(() => readShared(new Uint8Array(128).fill(65))).toThrow("signature");
  });
});
