import type { Diagnostic } from "../../../src/diagnostic.ts";

/** An input that a rule finds something in: in words, and made. */
export interface MadeExample {
  /** What is special about the input, one line for each thing. */
  readonly input: readonly string[];
  /** Checks the input: all findings, of whatever rule. */
  readonly check: () => readonly Diagnostic[];
}

/** Examples of one family of rules, by their codes. */
export type MadeExamples = Readonly<Record<string, MadeExample>>;
