/** The common ancestor of every error that this library throws about its input. Misuse by a caller is a `TypeError` or `RangeError`. */
export class NbftError extends Error {
  override name = "NbftError";
}

/** Bytes that cannot be read as what they should be. */
export class DecodeError extends NbftError {
  override name = "DecodeError";
  /** Rule code of the defect, where the catalogue has one. */
  readonly rule: string | undefined;
  /** Path in the model. */
  readonly path: string;
  /** Byte offset from the start of the input. */
  readonly offset: number;

  constructor(message: string, where: { path?: string; offset?: number; rule?: string | undefined } = {}) {
    super(message);
    this.path = where.path ?? "";
    this.offset = where.offset ?? 0;
    this.rule = where.rule;
  }
}

/** A value that has no representation in the format. */
export class EncodeError extends NbftError {
  override name = "EncodeError";
  /** Path in the document or model. */
  readonly path: string;

  constructor(message: string, path = "") {
    super(path ? `${path}: ${message}` : message);
    this.path = path;
  }
}

/** Text that does not follow its grammar. */
export class ParseError extends NbftError {
  override name = "ParseError";
  /** Line, counted from 1; 0 where unknown. */
  readonly line: number;
  /** Column, counted from 1; 0 where unknown. */
  readonly column: number;
  readonly path: string;

  constructor(message: string, where: { line?: number; column?: number; path?: string } = {}) {
    super(message);
    this.line = where.line ?? 0;
    this.column = where.column ?? 0;
    this.path = where.path ?? "";
  }
}
