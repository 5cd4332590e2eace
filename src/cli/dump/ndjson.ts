import { NdjsonWriter } from "../../document/ndjson.ts";
import { NbftError } from "../../errors.ts";
import { complain } from "../sources/readable.ts";
import type { Dump } from "./dump.ts";

/** Lines are written in pieces of about this many bytes. */
const PIECE = 1 << 18;

/** `-o ndjson`: one line a table, without its layout; memory does not grow with their number. */
export function dumpNdjson({ tables, io, batch }: Dump): void {
  const writer = new NdjsonWriter();
  for (const { path, bytes } of tables) {
    try {
      writer.add(path, bytes);
      batch.done(path);
    } catch (error) {
      if (!(error instanceof NbftError)) throw error;
      batch.fail();
      complain(io, path, error.message);
    }
    if (writer.length >= PIECE) io.out(writer.take());
  }
  if (writer.length > 0) io.out(writer.take());
  batch.finish();
}
