import { attemptRules } from "./attempt-rules.ts";
import { configHostRules } from "./host-rules.ts";
import { keyRules } from "./key-rules.ts";
import { lineRules } from "./line-rules.ts";
import type { ConfigRule, TextRule } from "./rule.ts";
import { valueRules } from "./value-rules.ts";

/** Rules about the text of a Config, in the order of their codes. */
export const configTextRules: readonly TextRule[] = sorted([...lineRules, ...keyRules, ...valueRules]);

/** Rules about what a configuration says, whether it came from a text or from variables, in the order of their codes. */
export const configRules: readonly ConfigRule[] = sorted([...configHostRules, ...attemptRules]);

function sorted<T extends { readonly code: string }>(rules: readonly T[]): readonly T[] {
  return rules.toSorted((a, b) => (a.code < b.code ? -1 : 1));
}

export type { ConfigFinding, ConfigRule, RuleText, TextDiagnostic, TextFinding, TextRule } from "./rule.ts";
