import { type ParsedText, parseText, problemsIn } from "../parse-text.ts";
import { type CheckShapeOptions, checkShape, type ParsedDocument } from "./checked.ts";
import type { Shape } from "./shape.ts";

/**
 * Reads YAML or JSON text of a shape.
 *
 * @throws {DocumentError} that lists what is wrong, each with line, column and path.
 */
export function parseShape<S extends Shape>(text: string, shape: S, options: CheckShapeOptions): ParsedDocument<S> {
  return checkParsed(parseText(text, options.file), shape, options);
}

/**
 * Checks a text that was parsed for another reason.
 *
 * @throws {DocumentError} that lists what is wrong, each with line, column and path.
 */
export function checkParsed<S extends Shape>(
  parsed: ParsedText,
  shape: S,
  options: CheckShapeOptions,
): ParsedDocument<S> {
  return checkShape(parsed.value, shape, options, (problems) => problemsIn(parsed, problems));
}
