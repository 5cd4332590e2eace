import { ndjsonLine } from "../../document/ndjson.ts";
import type { Io } from "../io.ts";
import { Pieces } from "../pieces.ts";
import { type Dump, readings, showPlainly } from "./dump.ts";
import type { PlainDump } from "./options.ts";

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

/** The same for a plain command line. */
export const run = (request: PlainDump, io: Io): boolean => showPlainly(request, io, dumpNdjson);
