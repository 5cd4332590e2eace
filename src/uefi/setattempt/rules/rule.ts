import type { Diagnostic, Severity } from "../../../diagnostic.ts";
import type { FirmwareConfig } from "../../config/firmware-config.ts";
import type { SetattemptRun } from "../emulate.ts";
import type { RawLine } from "../read-lines.ts";

/** What every rule about a configuration says of itself. */
export interface RuleText {
  /** `A001` … about the text, `A101` … about what it says. */
  readonly code: string;
  /** Kebab-case name. */
  readonly name: string;
  readonly severity: Severity;
  /** What holds in a sound configuration. */
  readonly summary: string;
  /** What the firmware does where it does not hold. */
  readonly why: string;
  /** Lines of a Config that break the rule (put between sound ones by the tests), and the line found, from 1 in these. */
  readonly example: { readonly bad: string; readonly line?: number };
}

/** A finding in the text: a range of one line. */
export interface TextFinding {
  readonly line: RawLine;
  /** First character of the range, from 0; the whole line if not given. */
  readonly start?: number;
  /** Characters. */
  readonly length?: number;
  /** Property of the configuration, for example `attempts[0].targetPort`. */
  readonly path?: string;
  readonly message: string;
  readonly hint?: string;
}

/** What a rule about the text looks at. */
export interface ConfigText {
  /** The run as the firmware's tool does it. */
  readonly run: SetattemptRun;
  /** The run past everything that stops the tool. */
  readonly all: SetattemptRun;
}

/** A rule about the text of a Config. */
export interface TextRule extends RuleText {
  check(text: ConfigText): Iterable<TextFinding>;
}

/** A finding in a configuration, wherever it came from. */
export interface ConfigFinding {
  readonly path: string;
  readonly message: string;
  readonly hint?: string;
}

/** A rule about what a configuration says. */
export interface ConfigRule extends RuleText {
  check(config: FirmwareConfig): Iterable<ConfigFinding>;
}

/** A finding about a text: line and column from 1; `offset` and `length` in bytes of the file. */
export interface TextDiagnostic extends Diagnostic {
  readonly line: number;
  readonly column: number;
}

/** Names a text rule. */
export function textRule(rule: TextRule): TextRule {
  return rule;
}

/** Names a rule about a configuration. */
export function configRule(rule: ConfigRule): ConfigRule {
  return rule;
}

/** 8-bit text of a line. */
export function lineText(line: RawLine): string {
  return String.fromCharCode(...line.text);
}
