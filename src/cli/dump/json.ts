import { documentOf } from "../../document/document.ts";
import { formatJson } from "../../text/json.ts";
import { isSingle } from "../sources/readable.ts";
import { type Dump, readings } from "./dump.ts";

/** `-o json`: one document for a source that can only hold one table, otherwise an array. */
export function dumpJson(dump: Dump): void {
  const found = [...readings(dump)];
  const tables = found.map(([table]) => table);
  const single = isSingle(dump.sources, dump.options, tables);
  const documents = found.map(([{ path }, reading]) => ({
    ...(single ? {} : { source: path }),
    ...documentOf(reading),
  }));
  dump.io.out(formatJson(single ? documents[0] : documents));
}
