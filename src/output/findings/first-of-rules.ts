import type { Diagnostic } from "../../diagnostic.ts";

/** Findings of a rule that are shown where nobody asked for all, more than any recorded firmware or seven attempts have. */
const most = 64;

/** The first findings of each rule, and how many more there are, by rule. */
export function firstOfRules<T extends Diagnostic>(
  findings: readonly T[],
): { readonly shown: readonly T[]; readonly more: ReadonlyMap<string, number> } {
  const counts = new Map<string, number>();
  const shown = findings.filter(({ rule, more = 0 }) => {
    const before = counts.get(rule) ?? 0;
    counts.set(rule, before + 1 + more);
    return before < most;
  });
  return { shown, more: new Map([...counts].flatMap(([rule, count]) => (count > most ? [[rule, count - most]] : []))) };
}
