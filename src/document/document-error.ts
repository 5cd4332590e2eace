import { ParseError } from "../errors.ts";

/** One thing wrong in a document, with its place. */
export interface DocumentProblem {
  /** Path in the document, for example `interfaces[0].mac`; empty for the document itself. */
  readonly path: string;
  /** What is wrong, then what is expected. */
  readonly message: string;
  /** Whether it is about the key at the path, and not about its value. */
  readonly key?: true;
  /** Line of the text, counted from 1; undefined where there is no text. */
  readonly line?: number | undefined;
  /** Column in the line, counted from 1; undefined where there is no text. */
  readonly column?: number | undefined;
}

/** Everything that is wrong in a document, a line for each; `line`, `column` and `path` are those of the first problem. */
export class DocumentError extends ParseError {
  override name = "DocumentError";
  /** Everything that is wrong, in the order of the document. */
  readonly problems: readonly DocumentProblem[];

  /** @param file name of the document, for the message */
  constructor(problems: readonly DocumentProblem[], file?: string) {
    super(problems.map((problem) => formatProblem(problem, file)).join("\n"), problems[0]);
    this.problems = problems;
  }
}

/** `FILE:LINE:COLUMN: PATH: what is wrong`. */
function formatProblem({ path, message, line, column }: DocumentProblem, file?: string): string {
  const place =
    line === undefined ? file : file === undefined ? `line ${line}, column ${column}` : `${file}:${line}:${column}`;
  return [place, path, message].filter((part) => part !== undefined && part !== "").join(": ");
}
