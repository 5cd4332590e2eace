import type { Severity } from "../diagnostic.ts";
import { runOrder, tableRulesNamed } from "./index.ts";
import type { AnyRule } from "./rule.ts";
import { type Subject, subjects } from "./subjects.ts";

/** Which rules to apply. */
export interface RuleChoice {
  /** Rules to apply, all others not; as `tableRulesNamed` takes them. */
  readonly only?: readonly string[];
  /** Rules not to apply. */
  readonly off?: readonly string[];
  /** The lowest severity of findings that are wanted; rules that find nothing as bad are not run. */
  readonly least?: Severity;
}

/** The rules that apply. */
export interface RuleSelection {
  /** By what they look at, in the order in which they run: also rules whose findings are dropped but that stop others. */
  readonly on: Readonly<Record<Subject, readonly AnyRule[]>>;
  /** Those that look at several tables. */
  readonly across: readonly AnyRule[];
  /** Whether findings of a rule are wanted. */
  applies(code: string): boolean;
}

/** 0 for the worst. */
export const severityRanks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** All rules; made when it is needed first. */
let all: RuleSelection | undefined;

/** @throws {RangeError} when the choice names a rule that does not exist. */
export function selectRules({ only, off, least = "info" }: RuleChoice): RuleSelection {
  if (!only?.length && !off?.length && least === "info") {
    all ??= selectionOf(() => true);
    return all;
  }
  const chosen = codesOf(only ?? []);
  const dropped = codesOf(off ?? []);
  for (const { code, severity } of runOrder) if (severityRanks[severity] > severityRanks[least]) dropped.add(code);
  return selectionOf((code) => (chosen.size === 0 || chosen.has(code)) && !dropped.has(code));
}

function selectionOf(applies: (code: string) => boolean): RuleSelection {
  const on = Object.fromEntries(subjects.map((subject) => [subject, [] as AnyRule[]]));
  for (const rule of runOrder) if (rule.check && (applies(rule.code) || rule.stops)) on[rule.on]!.push(rule);
  return {
    on: on as Record<Subject, AnyRule[]>,
    across: runOrder.filter(({ across, code }) => across && applies(code)),
    applies,
  };
}

function codesOf(words: readonly string[]): Set<string> {
  const codes = new Set<string>();
  for (const word of words) {
    const named = tableRulesNamed(word);
    if (named.length === 0) throw new RangeError(`no such rule: ${word}`);
    for (const { code } of named) codes.add(code);
  }
  return codes;
}
