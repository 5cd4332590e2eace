import { latin1Text } from "../../../bytes/latin1.ts";
import type { Diagnostic, SpecRef } from "../../../diagnostic.ts";
import type { RuleInfo } from "../../../rule-info.ts";
import type { FirmwareConfig } from "../../config/firmware-config.ts";
import type { SetattemptRun } from "../emulate.ts";
import type { RawLine } from "../read-lines.ts";

/** What every rule about a configuration says of itself: `A001` … about the text, `A101` … about what it says. */
export interface RuleText extends RuleInfo {
  /** Lines of a Config that break the rule, put between sound ones, and the line found, from 1 in these. */
  readonly example?: { readonly bad: string; readonly line?: number };
}

/** A finding in the text: a range of one line. */
export interface TextFinding {
  /** The line that is found. */
  readonly line: RawLine;
  /** First character of the range, from 0; the whole line if not given. */
  readonly start?: number;
  /** Characters. */
  readonly length?: number;
  /** Property of the configuration, for example `attempts[0].targetPort`. */
  readonly path?: string;
  /** One sentence without full stop. */
  readonly message: string;
  /** How to put it right. */
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
  /** Every place of the text that breaks the rule. */
  check(text: ConfigText): Iterable<TextFinding>;
}

/** A finding in a configuration, wherever it came from. */
export interface ConfigFinding {
  /** Property of the configuration, for example `attempts[0].targetPort`. */
  readonly path: string;
  /** One sentence without full stop. */
  readonly message: string;
  /** How to put it right. */
  readonly hint?: string;
}

/** A rule about what a configuration says. */
export interface ConfigRule extends RuleText {
  /** Every place of the configuration that breaks the rule. */
  check(config: FirmwareConfig): Iterable<ConfigFinding>;
}

/** A finding about a text: line and column from 1; `offset` and `length` in bytes of the file. */
export interface TextDiagnostic extends Diagnostic {
  /** Line of the text, from 1. */
  readonly line: number;
  /** First character in the line, from 1. */
  readonly column: number;
}

const toolSpec: SpecRef = { doc: "timberland-sig/edk2 NvmeOfCli", rev: "1.0_final" };
const driverSpec: SpecRef = { doc: "timberland-sig/edk2 NvmeOfDxe", rev: "1.0_final" };

/** A text rule: what the firmware's tool makes of a text. */
export function textRule(rule: Omit<TextRule, "spec">): TextRule {
  return { ...rule, spec: toolSpec };
}

/** A rule about a configuration: what the firmware's driver does with it. */
export function configRule(rule: Omit<ConfigRule, "spec">): ConfigRule {
  return { ...rule, spec: driverSpec };
}

/** 8-bit text of a line. */
export function lineText(line: RawLine): string {
  return latin1Text(line.text);
}
