import { remember } from "../../bytes/remember.ts";
import { NbftError } from "../../errors.ts";
import { type NbftReading, readNbft } from "./read.ts";

const read = remember((bytes, _: undefined) => readNbft(bytes));

/**
 * What `readNbft` gives, read once however many models ask for it.
 *
 * @throws {DecodeError} as `readNbft` does.
 */
export function readShared(bytes: Uint8Array): NbftReading {
  return read(bytes, undefined);
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
