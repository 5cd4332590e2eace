import { plainTables } from "../../node/plain-tables.ts";
import { Batch } from "../batch.ts";
import { paintFor } from "../color.ts";
import type { Dump } from "../dump/dump.ts";
import type { Io } from "../io.ts";
import { readable } from "../sources/readable.ts";
import type { HotRequest } from "./request.ts";

/** Shows the tables of a request; false, with nothing written, when a source is no plain table file or directory of some. */
export function show(format: (dump: Dump) => void, { sources, options }: HotRequest, io: Io): boolean {
  const plain = plainTables(sources);
  if (!plain) return false;
  const batch = new Batch(io);
  const tables = readable(plain, io, batch);
  format({ tables, sources, options, paint: paintFor(io, options.color), io, batch });
  return true;
}
