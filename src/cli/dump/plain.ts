import { plainTables } from "../../node/plain-tables.ts";
import { Batch } from "../batch.ts";
import { paintFor } from "../color.ts";
import type { Io } from "../io.ts";
import { readable } from "../sources/readable.ts";
import { dumpJson } from "./json.ts";
import { dumpNdjson } from "./ndjson.ts";
import type { DumpRequest } from "./request.ts";
import { dumpText } from "./text.ts";

const formats = { text: dumpText, json: dumpJson, ndjson: dumpNdjson } as const;

/** Shows the tables of a request; false, with nothing written, when a source is not a plain table file or a directory of some. */
export function run({ format, sources, options }: DumpRequest, io: Io): boolean {
  const plain = plainTables(sources);
  if (!plain) return false;
  const batch = new Batch(io);
  const tables = readable(plain, io, batch);
  formats[format]({ tables, sources, options, paint: paintFor(io, options.color), io, batch });
  return true;
}
