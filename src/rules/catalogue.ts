import { type RuleInfo, rulesMeant } from "../rule-info.ts";
import { catalogue } from "./generated/catalogue.ts";

/** Every rule: those about tables (H, C, O, P, F, T, X, S, E, Y, D, G), stores (V), Configs (A), machines (Q), targets (N) and containers (K). */
export const rules: readonly RuleInfo[] = catalogue;

const byCode: ReadonlyMap<string, RuleInfo> = new Map(rules.map((rule) => [rule.code, rule]));

/** What the rule with a code says about itself, for example that of a `Diagnostic`. */
export function ruleOf(code: string): RuleInfo | undefined {
  return byCode.get(code);
}

/**
 * Rules that a word means: a code in any case (`h002`), a code without its letter (`X002` is X002a to X002c) or its zeros (`S18`), a family's letter (`X`),
 * or a name (`checksum`). Empty when it means none.
 */
export function rulesNamed(word: string): readonly RuleInfo[] {
  return rulesMeant(rules, word);
}

/** Path of a rule's page in the documentation. */
export function rulePage({ code }: Pick<RuleInfo, "code">): string {
  return `docs/rules/${code}.md`;
}
