import { readNamed } from "../../node/file-error.ts";
import { statIfAny } from "../../node/files-below.ts";
import type { Io } from "../io.ts";

/** The bytes of a source that can be read once only, as the `<(command)` of a shell; undefined for everything else. */
export function pipedBytes(path: string, io: Io): Uint8Array | undefined {
  if (!statIfAny(path)?.isFIFO()) return undefined;
  io.piped ??= new Map();
  const known = io.piped.get(path) ?? readNamed(path);
  io.piped.set(path, known);
  return known;
}
