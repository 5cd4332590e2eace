import { ndjsonLine } from "../../document/ndjson.ts";
import { Pieces } from "../pieces.ts";
import { type Dump, readings } from "./dump.ts";

/** `-o ndjson`: one line a table, without its layout; memory does not grow with their number. */
export function dumpNdjson(dump: Dump): void {
  const { io, batch } = dump;
  const out = new Pieces(io);
  for (const [{ path }, { table }] of readings(dump)) {
    out.add(ndjsonLine(path, table));
    batch.done(path);
  }
  out.finish();
  batch.finish();
}
