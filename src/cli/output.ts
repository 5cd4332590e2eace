import { writeFileAtomic } from "../node/write-file.ts";
import { type Io, UsageError } from "./io.ts";

/**
 * Writes bytes to a file, or to standard output for `-`.
 *
 * @throws {UsageError} instead of writing binary data to a terminal.
 */
export function writeOutput(io: Io, file: string, data: Uint8Array | string): void {
  if (file !== "-") {
    writeFileAtomic(file, data);
    return;
  }
  if (typeof data !== "string" && io.outIsTty) {
    throw new UsageError("will not write binary data to a terminal; name a file with -o FILE, or use a pipe");
  }
  io.out(data);
}
