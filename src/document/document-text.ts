import { decodeText, isPlainText } from "../bytes/decode-text.ts";
import { DocumentError } from "./document-error.ts";

/**
 * The text of a document: UTF-8 or UTF-16. Other programs' texts may be in any encoding; of a document nothing is guessed, for what is read
 * wrongly ends in a table.
 *
 * @param file name for messages
 * @throws {DocumentError} for bytes that are not text, or not all of them, with line and column.
 */
export function documentText(bytes: Uint8Array, file?: string): string {
  if (bytes.length > 0 && !isPlainText(bytes))
    throw new DocumentError([{ path: "", message: "not text: a JSON or YAML document is needed" }], file);
  const { text, damage } = decodeText(bytes);
  if (damage) throw notUnicode(damage, file);
  return text;
}

/** What is wrong with a document that is not Unicode text from some place on. */
export function notUnicode(place: { readonly line: number; readonly column: number }, file?: string): DocumentError {
  return new DocumentError([{ path: "", message: "not UTF-8 from here on; save the file as UTF-8", ...place }], file);
}
