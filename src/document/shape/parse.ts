import { parseText, problemsIn } from "../parse-text.ts";
import { type CheckShapeOptions, checkShape, type ParsedDocument } from "./checked.ts";
import type { Shape } from "./shape.ts";

/**
 * Reads YAML or JSON text of a shape.
 *
 * @throws {DocumentError} that lists what is wrong, each with line, column and path.
 */
export function parseShape<S extends Shape>(text: string, shape: S, options: CheckShapeOptions): ParsedDocument<S> {
  const parsed = parseText(text, options.file);
  return checkShape(parsed.value, shape, options, (problems) => problemsIn(parsed, problems));
}
