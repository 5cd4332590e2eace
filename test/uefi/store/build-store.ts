import fc from "fast-check";
import { createVariableStore } from "../../../src/uefi/store/create-store.ts";
import { decodeFlashLayout, type StoreFormat } from "../../../src/uefi/store/flash.ts";
import { alignRecord, encodeRecord } from "../../../src/uefi/store/record.ts";
import type { Variable } from "../../../src/uefi/variable.ts";

/** A record to put into a store as it stands. */
export interface RawRecord extends Variable {
  readonly state: number;
}

/** A store with these records one after the other, whatever their state. */
export function storeWith(
  records: readonly RawRecord[],
  format: StoreFormat = "authenticated",
  size: "2M" | "4M" = "2M",
): Uint8Array {
  const bytes = createVariableStore(size, format);
  let at = alignRecord(decodeFlashLayout(bytes).recordsStart);
  for (const record of records) {
    const encoded = encodeRecord(format, record);
    encoded[2] = record.state;
    bytes.set(encoded, at);
    at = alignRecord(at + encoded.length);
  }
  return bytes;
}

const guids = ["8be4df61-93ca-11d2-aa0d-00e098032b8c", "1509cae7-7044-4392-a247-3f870a197142"];

/** Few names and vendors, so that the same ones come again. */
export const variable: fc.Arbitrary<Variable> = fc.record({
  guid: fc.constantFrom(...guids),
  name: fc.constantFrom("A", "Boot0001", "525400123456", "\u00e4\u20ac"),
  attributes: fc.constantFrom(3, 7),
  data: fc.uint8Array({ minLength: 1, maxLength: 300 }),
});

/** Records in every state, signed ones among them. */
export const rawRecord: fc.Arbitrary<RawRecord> = fc.record({
  guid: fc.constantFrom(...guids),
  name: fc.constantFrom("A", "Boot0001", "db", "PK", "Attempt 1"),
  attributes: fc.constantFrom(3, 7, 0x27),
  data: fc.uint8Array({ minLength: 1, maxLength: 200 }),
  state: fc.constantFrom(0x3f, 0x3f, 0x3f, 0x3e, 0x3c, 0x3d, 0x7f),
  timestamp: fc.uint8Array({ minLength: 16, maxLength: 16 }),
  monotonicCount: fc.bigInt({ min: 0n, max: 0xffffffffffffffffn }),
  publicKeyIndex: fc.nat(0xffffffff),
});
