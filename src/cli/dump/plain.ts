import { plainTables } from "../../node/plain-tables.ts";
import { Batch } from "../batch.ts";
import { paintFor } from "../color.ts";
import type { Io } from "../io.ts";
import { readable } from "../sources/readable.ts";
import type { Dump } from "./dump.ts";
import type { PlainDump } from "./options.ts";

/** Shows the tables of a request; false, with nothing written, when a source is not a plain table file or a directory of some. */
export function showPlainly({ sources, options }: PlainDump, io: Io, show: (dump: Dump) => void): boolean {
  const plain = plainTables(sources);
  if (!plain) return false;
  const batch = new Batch(io);
  const tables = readable(plain, io, batch);
  show({ tables, sources, options, paint: paintFor(io, options.color), io, batch });
  return true;
}
