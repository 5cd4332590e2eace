import { Document, visit } from "yaml";
import { escapeJson } from "../text/json.ts";

/** A value as YAML, safe to show: text that a terminal could obey is quoted and escaped as in JSON. */
export function formatYaml(value: unknown): string {
  const document = new Document(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar: (_, node) => {
      if (typeof node.value === "string" && escapeJson(node.value) !== node.value) node.type = "QUOTE_DOUBLE";
    },
  });
  return escapeJson(document.toString({ lineWidth: 0 }));
}
