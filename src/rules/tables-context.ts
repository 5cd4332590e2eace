import type { Diagnostic, Severity } from "../diagnostic.ts";
import type { NbftReading } from "../nbft/read/read.ts";
import type { RunningRule } from "./context.ts";
import { placeOf } from "./place.ts";

/** A table among several that one machine has, with the findings about it. */
export interface CheckedTable {
  /** What to call the table in a finding about another: its source, or its number from 1. */
  readonly name: string;
  readonly reading: NbftReading;
  readonly findings: Diagnostic[];
}

/** What a rule gets that looks at several tables of one machine. */
export class TablesContext {
  readonly tables: readonly CheckedTable[];
  /** @internal the rule that is running */
  rule!: RunningRule;

  constructor(tables: readonly CheckedTable[]) {
    this.tables = tables;
  }

  /** Reports a finding at a path of one of the tables. */
  report({ reading, findings }: CheckedTable, path: string, message: string, severity?: Severity): void {
    const { code, name, hint, spec } = this.rule;
    const place = placeOf(reading.frame, path);
    findings.push({ rule: code, name, severity: severity ?? this.rule.severity, path, ...place, message, hint, spec });
  }
}
