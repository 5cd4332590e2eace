import { Document, visit } from "yaml";
import { documentOf } from "../../document/document.ts";
import { escapeJson } from "../../text/json.ts";
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

/** A value as YAML, safe to show: text that a terminal could obey is quoted and escaped as in JSON. */
function formatYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string" && escapeJson(node.value) !== node.value) node.type = "QUOTE_DOUBLE";
    },
  });
  return escapeJson(document.toString({ lineWidth: 0 }));
}
