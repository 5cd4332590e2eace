import { documentOf } from "../../document/document.ts";
import { formatYaml } from "../../document/format-yaml.ts";
import { isSingle } from "../sources/readable.ts";
import { type Dump, readings } from "./dump.ts";

/** `-o yaml`: the same documents as `-o json`, as `nbft encode` reads them: one, or a sequence. */
export function dumpYaml(dump: Dump): void {
  const found = [...readings(dump)];
  const tables = found.map(([table]) => table);
  if (isSingle(dump.sources, dump.options, tables)) {
    dump.io.out(formatYaml(documentOf(found[0]![1])));
    return;
  }
  if (found.length === 0) dump.io.out("[]\n");
  for (const [{ path }, reading] of found) dump.io.out(formatYaml([{ source: path, ...documentOf(reading) }]));
}
