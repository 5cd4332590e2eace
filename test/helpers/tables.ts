import fc from "fast-check";
import { checksumFor } from "../../src/acpi/checksum.ts";

/** A copy of a table with some bytes replaced. */
export function patched(bytes: Uint8Array, patches: Readonly<Record<number, readonly number[]>>): Uint8Array {
  const copy = Uint8Array.from(bytes);
  for (const [offset, data] of Object.entries(patches)) copy.set(data, Number(offset));
  return copy;
}

/** The same table with a right checksum over what its length says, as far as it is there. */
export function summed(bytes: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(bytes);
  const stated = new DataView(copy.buffer).getUint32(4, true);
  copy[9] = checksumFor(copy, Math.min(Math.max(stated, 128), copy.length));
  return copy;
}

/** Little-endian bytes of a 32-bit number. */
export function le32(value: number): number[] {
  return [value & 0xff, (value >>> 8) & 0xff, (value >>> 16) & 0xff, value >>> 24];
}

/** Tables made from sound ones by changing bytes, setting edge values, cutting and extending; checksum right or not. */
export function mutated(bases: readonly Uint8Array[]): fc.Arbitrary<Uint8Array> {
  const edges = [0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];
  const change = fc.tuple(
    fc.nat(4096),
    fc.oneof(
      fc.integer({ min: 0, max: 255 }).map((byte) => [byte]),
      fc.constantFrom(...edges).map(le32),
      fc.nat(0xffff).map((word) => [word & 0xff, word >> 8]),
    ),
  );
  return fc
    .tuple(
      fc.constantFrom(...bases),
      fc.array(change, { maxLength: 8 }),
      fc.option(fc.nat(300), { freq: 4 }),
      fc.boolean(),
    )
    .map(([base, changes, cut, repair]) => {
      let bytes = Uint8Array.from(base);
      for (const [at, data] of changes) {
        const start = at % bytes.length;
        bytes.set(data.slice(0, bytes.length - start), start);
      }
      if (cut !== null) bytes = bytes.slice(0, bytes.length - (cut % bytes.length));
      return repair && bytes.length >= 128 ? summed(bytes) : bytes;
    });
}
