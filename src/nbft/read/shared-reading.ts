import { checkBytes } from "../../bytes/bytes.ts";
import { equalBytes } from "../../bytes/compare.ts";
import { NbftError } from "../../errors.ts";
import { type NbftReading, readNbft } from "./read.ts";

/** What was read last of an array: of a copy, since the array may change. */
const readings = new WeakMap<Uint8Array, NbftReading>();

/**
 * What `readNbft` gives, read once however many models ask for it, as long as the bytes stay what they are.
 *
 * @throws {DecodeError} as `readNbft` does.
 */
export function readShared(bytes: Uint8Array): NbftReading {
  checkBytes(bytes);
  const known = readings.get(bytes);
  if (known && equalBytes(known.frame.input, bytes)) return known;
  const reading = readNbft(new Uint8Array(bytes));
  readings.set(bytes, reading);
  return reading;
}

/** The same; undefined where the bytes are not an NBFT. */
export function tryRead(bytes: Uint8Array): NbftReading | undefined {
  try {
    return readShared(bytes);
  } catch (error) {
    if (error instanceof NbftError) return undefined;
    throw error;
  }
}
