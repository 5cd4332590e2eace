import { escapeText } from "../../text/escape.ts";
import { nearest } from "../check.ts";
import type { ObjectShape } from "./shape.ts";

/** `, did you mean "mac"?` for a key that an object has not; else the keys that it has. */
export function suggestion(key: string, shape: ObjectShape<unknown>): string {
  const known = Object.keys(shape.fields).filter((name) => !name.startsWith("$"));
  const word = plain(key);
  const synonym = Object.entries(shape.synonyms ?? {}).find(([other]) => plain(other) === word)?.[1];
  const near = synonym ?? known.find((name) => plain(name) === word) ?? nearest(key, known);
  const name = key.length > 40 ? `${key.slice(0, 37)}...` : key;
  if (near) return ` "${escapeText(name)}" in ${shape.name}: did you mean "${near}"?`;
  return ` "${escapeText(name)}" in ${shape.name}: known are ${known.join(", ")}`;
}

/** Keys are compared without case, hyphens and underscores. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[-_\s]/g, "");
}
