/**
 * The base class of all errors of this library, about its input or a machine. An argument that is not one of the choices, such
 * as an unknown rule or release, throws a RangeError.
 */
export class NbftError extends Error {
  override name = "NbftError";
}

/** Bytes that cannot be decoded. */
export class DecodeError extends NbftError {
  override name = "DecodeError";
  /** Rule code of the defect, if there is a rule for it. */
  readonly rule: string | undefined;
  /** Path in the model; undefined if there is none. */
  readonly path: string | undefined;
  /** Byte offset from the start of the input; undefined if unknown. */
  readonly offset: number | undefined;

  constructor(message: string, where: { path?: string; offset?: number; rule?: string | undefined } = {}) {
    super(message);
    this.path = where.path || undefined;
    this.offset = where.offset;
    this.rule = where.rule;
  }
}

/** A value that the format cannot represent. */
export class EncodeError extends NbftError {
  override name = "EncodeError";
  /** Path in the document or model; undefined if the error concerns the whole. */
  readonly path: string | undefined;

  constructor(message: string, path?: string) {
    super(path ? `${path}: ${message}` : message);
    this.path = path || undefined;
  }
}

/** Text with a syntax error. */
export class ParseError extends NbftError {
  override name = "ParseError";
  /** Line, counted from 1; undefined if unknown. */
  readonly line: number | undefined;
  /** Column, counted from 1; undefined if unknown. */
  readonly column: number | undefined;
  /** Path in the document; undefined if the error concerns the whole. */
  readonly path: string | undefined;

  constructor(message: string, where: Partial<TextPlace> = {}) {
    super(message);
    this.line = where.line;
    this.column = where.column;
    this.path = where.path || undefined;
  }
}

/** A place in a text; undefined parts are unknown. */
export interface TextPlace {
  /** Line, counted from 1. */
  readonly line: number | undefined;
  /** Column, counted from 1. */
  readonly column: number | undefined;
  /** Path in the document. */
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
