import { remember } from "../../bytes/remember.ts";
import { NbftError } from "../../errors.ts";
import { type NbftReading, readNbft } from "./read.ts";

/**
 * What `readNbft` gives, read once however many models ask for it.
 *
 * @throws {DecodeError} as `readNbft` does.
 */
export const readShared: (bytes: Uint8Array) => NbftReading = remember((bytes) => readNbft(bytes));

/** The same; undefined where the bytes are not an NBFT. */
export function tryRead(bytes: Uint8Array): NbftReading | undefined {
  try {
    return readShared(bytes);
  } catch (error) {
    if (error instanceof NbftError) return undefined;
    throw error;
  }
}
