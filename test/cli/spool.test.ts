import { expect, test } from "vitest";
import { Spool } from "../../src/cli/spool.ts";
import { keepingIo } from "../helpers/cli.ts";

test.each([
  ["small pieces that stay in memory", [3, 5, 0, 7]],
  ["pieces that go to a file", [200_000, 100_000, 9, 262_144, 1]],
  ["a piece that is larger than what is kept", [10, 300_000, 20]],
  ["nothing", []],
])("a spool writes what it was given, in order: %s", (_, sizes) => {
  const spool = new Spool();
  const expected: Uint8Array[] = [];
  try {
    // One buffer for all pieces, as those that write use it.
    const buffer = new Uint8Array(300_000);
    for (const [i, size] of sizes.entries()) {
      const piece = buffer.subarray(0, size).fill(i + 1);
      spool.add(piece);
      expected.push(piece.slice());
    }
    buffer.fill(0xff);
    const { io, result } = keepingIo();
    spool.write(io);
    expect(Buffer.from(result().bytes).equals(Buffer.concat(expected))).toBe(true);
  } finally {
    spool.close();
  }
});
