import { DocumentError, type DocumentProblem } from "../document-error.ts";
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

/** Choices of {@link checkShape}. */
export interface CheckShapeOptions {
  /** Name of the document, for messages. */
  readonly file?: string | undefined;
  readonly unknownKeys?: "refuse" | "report";
}

/**
 * Checks a value that a program has made, or that a text was parsed to.
 *
 * @param place gives problems their lines and columns, where there is a text
 * @throws {DocumentError} that lists what is wrong.
 */
export function checkShape<S extends Shape>(
  given: unknown,
  shape: S,
  { file, unknownKeys }: CheckShapeOptions = {},
  place: (problems: readonly DocumentProblem[]) => readonly DocumentProblem[] = (problems) => problems,
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
