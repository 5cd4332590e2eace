import { documentOf } from "../../document/document.ts";
import type { NbftReading } from "../../nbft/read/read.ts";
import { formatJson, JsonArray } from "../../text/json.ts";
import type { Io } from "../io.ts";
import { Pieces } from "../pieces.ts";
import { isSingle, type ReadableTable } from "../sources/readable.ts";
import { type Dump, readings, showPlainly } from "./dump.ts";
import type { PlainDump } from "./options.ts";

/** `-o json`: one document for a source that can only hold one table, otherwise an array, written as it is made. */
export function dumpJson(dump: Dump): void {
  const out = new Pieces(dump.io);
  const array = new JsonArray();
  const add = ([{ path }, reading]: [ReadableTable, NbftReading]) =>
    out.add(array.item({ source: path, ...documentOf(reading) }));
  // The first is kept until it is known whether there is another.
  let first: [ReadableTable, NbftReading] | undefined;
  let count = 0;
  for (const found of readings(dump)) {
    count++;
    if (count === 1) first = found;
    else {
      if (first) add(first);
      first = undefined;
      add(found);
    }
  }
  if (first && isSingle(dump.sources, dump.options, [first[0]])) out.add(formatJson(documentOf(first[1])));
  else {
    if (first) add(first);
    out.add(array.end());
  }
  out.finish();
}

/** The same for a plain command line. */
export const run = (request: PlainDump, io: Io): boolean => showPlainly(request, io, dumpJson);
