import { statSync } from "node:fs";
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

/** @throws {UsageError} when the output would replace the input of a command that does not work in place. */
export function refuseSameFile(input: string, output: string): void {
  if (input === "-" || output === "-") return;
  const [from, to] = [input, output].map((path) => statSync(path, { throwIfNoEntry: false, bigint: true }));
  if (from?.isFile() && to && from.dev === to.dev && from.ino === to.ino) {
    throw new UsageError(`${output} is the input: name another file`);
  }
}
