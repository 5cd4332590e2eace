import { type Document, LineCounter, parseDocument } from "yaml";
import { ParseError } from "../../errors.ts";
import { parseYaml } from "../parse-yaml.ts";
import { checkDocument, type ShapeProblem } from "./check.ts";
import type { Shape, ValueOf } from "./shape.ts";

/** One thing wrong in a document, with its place. */
export interface DocumentProblem {
  /** Path in the document, for example `interfaces[0].mac`. */
  readonly path: string;
  readonly message: string;
  /** Counted from 1; 0 where unknown. */
  readonly line: number;
  readonly column: number;
}

/** Everything that is wrong in a document, a line for each; `line`, `column` and `path` are those of the first problem. */
export class DocumentError extends ParseError {
  override name = "DocumentError";
  readonly problems: readonly DocumentProblem[];

  constructor(problems: readonly DocumentProblem[], file: string) {
    super(problems.map((problem) => formatProblem(problem, file)).join("\n"), problems[0]);
    this.problems = problems;
  }
}

/** `FILE:LINE:COLUMN: PATH: what is wrong`. */
export function formatProblem({ path, message, line, column }: DocumentProblem, file: string): string {
  const place = line > 0 ? `${file}:${line}:${column}` : file;
  return `${place}: ${path ? `${path}: ` : ""}${message}`;
}

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
  refuse(problems: readonly { readonly path: string; readonly message: string }[]): void;
}

/** Choices of {@link parseShape}. */
export interface ParseShapeOptions {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly unknownKeys?: "refuse" | "report";
}

/**
 * Reads YAML or JSON text of a shape.
 *
 * @throws {DocumentError} that lists what is wrong, each with line, column and path.
 */
export function parseShape<S extends Shape>(text: string, shape: S, options: ParseShapeOptions): ParsedDocument<S> {
  const lineCounter = new LineCounter();
  const document = parseSafely(text, lineCounter, options.file);
  const place = (at: number | undefined) => {
    if (at === undefined) return { line: 0, column: 0 };
    const { line, col } = lineCounter.linePos(at);
    return { line, column: col };
  };
  const syntax = document.errors.map(({ message, pos }) => ({
    path: "",
    message: firstLine(message),
    ...place(pos[0]),
  }));
  if (syntax.length > 0) throw new DocumentError(syntax.slice(0, 5), options.file);
  return shaped(document, shape, options, place);
}

/**
 * Reads a value that a program has made: the same checks, paths in place of lines.
 *
 * @throws {DocumentError} that lists what is wrong.
 */
export function checkShape<S extends Shape>(value: unknown, shape: S, options: ParseShapeOptions): ParsedDocument<S> {
  return shaped(parseDocument(JSON.stringify(value)), shape, options, () => ({ line: 0, column: 0 }));
}

function shaped<S extends Shape>(
  document: Document.Parsed,
  shape: S,
  { file, unknownKeys = "refuse" }: ParseShapeOptions,
  place: (at: number | undefined) => { line: number; column: number },
): ParsedDocument<S> {
  const located = ({ path, message, at }: ShapeProblem): DocumentProblem => ({ path, message, ...place(at) });
  const { value, problems, unknown, places } = checkDocument(document, shape, { unknownKeys });
  if (problems.length > 0) throw new DocumentError(problems.map(located), file);
  return {
    value,
    unknown: unknown.map(located),
    has: (key) => document.has(key),
    refuse: (found) => {
      if (found.length === 0) return;
      const all = found.map(({ path, message }) => located({ path, message, at: nearestPlace(places, path) }));
      throw new DocumentError(all, file);
    },
  };
}

function parseSafely(text: string, lineCounter: LineCounter, file: string): Document.Parsed {
  try {
    return parseYaml(text, lineCounter);
  } catch (error) {
    // The parser descends by recursion: thousands of opening brackets end its stack.
    if (!(error instanceof RangeError)) throw error;
    throw new DocumentError([{ path: "", message: "nested too deep", line: 0, column: 0 }], file);
  }
}

function firstLine(message: string): string {
  if (message.includes("call stack")) return "nested too deep";
  return message.split("\n")[0]!.replace(/\.$/, "");
}

/** The place of a path, or of the nearest thing around it that the document has. */
function nearestPlace(places: ReadonlyMap<string, number>, path: string): number | undefined {
  for (let name = path; ; name = name.replace(/(\.[^.[]*|\[\d+\]|^[^.[]+)$/, "")) {
    const at = places.get(name);
    if (at !== undefined || name === "") return at;
  }
}
