import { equalBytes } from "../../src/bytes/compare.ts";
import { EncodeError } from "../../src/errors.ts";
import type { NbftTable } from "../../src/nbft/table.ts";
import { encodeNbft } from "../../src/nbft/write/encode.ts";

/** The canonical layout in which the encoder gives some bytes, found by encoding. */
export function canonicalLayoutOf(table: NbftTable, bytes: Uint8Array): "spec" | "edk2" | undefined {
  return (["spec", "edk2"] as const).find((layout) => {
    try {
      return equalBytes(encodeNbft(table, { layout }), bytes);
    } catch (error) {
      if (error instanceof EncodeError) return false;
      throw error;
    }
  });
}
