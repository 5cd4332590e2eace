import { NbftError } from "../../errors.ts";
import { type NbftReading, readNbft } from "./read.ts";

/** What `readNbft` gives; undefined where the bytes are not an NBFT. */
export function tryRead(bytes: Uint8Array): NbftReading | undefined {
  try {
    return readNbft(bytes);
  } catch (error) {
    if (error instanceof NbftError) return undefined;
    throw error;
  }
}
