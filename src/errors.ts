/**
 * The common ancestor of every error class of this library: what is wrong with its input, or with a machine. An argument that is no choice, such
 * as a rule or a release that does not exist, is a RangeError.
 */
export class NbftError extends Error {
  override name = "NbftError";
}

/** Bytes that cannot be read as what they should be. */
export class DecodeError extends NbftError {
  override name = "DecodeError";
  /** Rule code of the defect, where the catalogue has one. */
  readonly rule: string | undefined;
  /** Path in the model; undefined where there is none. */
  readonly path: string | undefined;
  /** Byte offset from the start of the input; undefined where it is not known. */
  readonly offset: number | undefined;

  constructor(message: string, where: { path?: string; offset?: number; rule?: string | undefined } = {}) {
    super(message);
    this.path = where.path || undefined;
    this.offset = where.offset;
    this.rule = where.rule;
  }
}

/** A value that has no representation in the format. */
export class EncodeError extends NbftError {
  override name = "EncodeError";
  /** Path in the document or model; undefined where it is about the whole. */
  readonly path: string | undefined;

  constructor(message: string, path?: string) {
    super(path ? `${path}: ${message}` : message);
    this.path = path || undefined;
  }
}

/** Text that does not follow its grammar. */
export class ParseError extends NbftError {
  override name = "ParseError";
  /** Line, counted from 1; undefined where it is not known. */
  readonly line: number | undefined;
  /** Column, counted from 1; undefined where it is not known. */
  readonly column: number | undefined;
  /** Path in the document; undefined where it is about the whole. */
  readonly path: string | undefined;

  constructor(message: string, where: Partial<TextPlace> = {}) {
    super(message);
    this.line = where.line;
    this.column = where.column;
    this.path = where.path || undefined;
  }
}

/** A place in a text. What is undefined is not known. */
export interface TextPlace {
  /** Line, counted from 1. */
  readonly line: number | undefined;
  /** Column, counted from 1. */
  readonly column: number | undefined;
  /** Path in the document that the text is. */
  readonly path?: string | undefined;
}

/** Runs something that may make thousands of errors: their stacks, which nobody sees, would take most of the time. */
export function withoutStacks<T>(action: () => T): T {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  try {
    return action();
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
  }
}
