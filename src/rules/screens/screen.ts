import type { RuleContext } from "../context.ts";

/**
 * A quick look at one structure that tells which of its rules may have something to say, so that a sound table costs little: a screen
 * reads a few words where its rules would be asked one by one. It may suspect too much, never too little: a test compares what is found
 * with screens and without. A rule that no screen knows is always asked.
 */
export interface Screen {
  /** Bits of the suspicions that the structure raises; 0 when it is beyond them all. */
  suspects(context: RuleContext): number;
  /** The bits under which each rule is asked, by its code. */
  readonly rules: Readonly<Record<string, number>>;
}

/** Gives one bit to each group of rules. */
export function screenOf(groups: readonly (readonly string[])[], suspects: (context: RuleContext) => number): Screen {
  const rules: Record<string, number> = {};
  for (const [i, codes] of groups.entries()) for (const code of codes) rules[code] = (rules[code] ?? 0) | (1 << i);
  return { suspects, rules };
}
