import { type Bytes, checkBytes } from "../../bytes/bytes.ts";
import { viewOf } from "../../bytes/view.ts";
import { DecodeError, EncodeError } from "../../errors.ts";

/** Number of a `Boot####` variable, or undefined for another name. */
export function bootNumber(name: string): number | undefined {
  const digits = /^Boot([0-9A-F]{4})$/.exec(name)?.[1];
  return digits === undefined ? undefined : Number.parseInt(digits, 16);
}

/** Name of the variable of a boot option. */
export function bootName(number: number): string {
  return `Boot${number.toString(16).toUpperCase().padStart(4, "0")}`;
}

/**
 * Numbers of a `BootOrder` (or `BootNext`, `Timeout`: one number).
 *
 * @throws {DecodeError} for half a number.
 */
export function decodeU16List(data: Uint8Array): number[] {
  checkBytes(data);
  if (data.length % 2 !== 0) throw new DecodeError(`${data.length} bytes are not a list of 16-bit numbers`);
  const view = viewOf(data);
  return Array.from({ length: data.length / 2 }, (_, i) => view.getUint16(2 * i, true));
}

/** Data of a `BootOrder`, `BootNext` or `Timeout`. @throws {EncodeError} for a number beyond 16 bits. */
export function encodeU16List(numbers: readonly number[]): Bytes {
  const data = new Uint8Array(2 * numbers.length);
  for (const [i, number] of numbers.entries()) {
    if (!Number.isInteger(number) || number < 0 || number > 0xffff)
      throw new EncodeError(`${number} is not a 16-bit number`);
    viewOf(data).setUint16(2 * i, number, true);
  }
  return data;
}
