import { DocumentError, type DocumentProblem } from "../document-error.ts";
import { parseText, problemsIn } from "../parse-text.ts";
import { checkValue } from "./check.ts";
import type { Shape, ValueOf } from "./shape.ts";

/** A document that has its shape. */
export interface ParsedDocument<S extends Shape> {
  readonly value: ValueOf<S>;
  /** Keys that the shape has not; empty where they are refused. */
  readonly unknown: readonly DocumentProblem[];
  /** Whether the top of the document has a key, with whatever value. */
  has(key: string): boolean;
  /**
   * Gives problems of the whole their places.
   *
   * @throws {DocumentError} when there are any.
   */
  refuse(problems: readonly DocumentProblem[]): void;
}

/** Choices of {@link parseShape}. */
export interface ParseShapeOptions {
  /** Name of the document, for messages. */
  readonly file?: string;
  readonly unknownKeys?: "refuse" | "report";
}

/**
 * Reads YAML or JSON text of a shape.
 *
 * @throws {DocumentError} that lists what is wrong, each with line, column and path.
 */
export function parseShape<S extends Shape>(text: string, shape: S, options: ParseShapeOptions): ParsedDocument<S> {
  const parsed = parseText(text, options.file);
  return shaped(parsed.value, shape, options, (problems) => problemsIn(parsed, problems));
}

/**
 * Checks a value that a program has made: the same checks, paths without lines.
 *
 * @throws {DocumentError} that lists what is wrong.
 */
export function checkShape<S extends Shape>(
  value: unknown,
  shape: S,
  options: ParseShapeOptions = {},
): ParsedDocument<S> {
  return shaped(value, shape, options, (problems) => problems);
}

function shaped<S extends Shape>(
  given: unknown,
  shape: S,
  { file, unknownKeys }: ParseShapeOptions,
  place: (problems: readonly DocumentProblem[]) => readonly DocumentProblem[],
): ParsedDocument<S> {
  const refuse = (problems: readonly DocumentProblem[]) => {
    if (problems.length > 0) throw new DocumentError(place(problems), file);
  };
  const { value, problems, unknown } = checkValue(given, shape, unknownKeys);
  refuse(problems);
  return {
    value,
    unknown: place(unknown),
    has: (key) => typeof given === "object" && given !== null && Object.hasOwn(given, key),
    refuse,
  };
}
