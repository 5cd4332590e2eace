import type { Diagnostic, Severity, SpecRef } from "./diagnostic.ts";

/** A program that goes wrong where a rule is broken, and how. */
export interface Breakage {
  /** Program, with its version where the behaviour belongs to one. */
  readonly who: string;
  /** What it does, in words that follow its name. */
  readonly what: string;
  /** Where only some defects that the rule finds do that: those ({@link Diagnostic.defect}). */
  readonly defects?: readonly string[];
}

/** What a rule says about itself, whatever it checks: plain data, to list, explain and document it. */
export interface RuleInfo {
  /**
   * The code, for example `H002`: its letter is the family (tables `HCOPFTXSEYDG`, variable stores `V`, setattempt texts `A`, machines `Q`, targets
   * `N`, containers `K`). A row of the table catalogue with several names has a letter for each, `X002a`. Never reused.
   */
  readonly code: string;
  /** The name, kebab-case, for example `checksum`. */
  readonly name: string;
  /** The severity of a finding, or the worst one where cases differ. */
  readonly severity: Severity;
  /** Other severities that single cases have. */
  readonly milder?: readonly Severity[];
  /** A reader that follows the specification cannot use the table at all. */
  readonly fatal?: true;
  /** What has to hold, in one sentence. */
  readonly summary: string;
  /** Why it matters: what the specification says, and what is done in practice where that differs. */
  readonly why: string;
  /** What to look at or do when it does not hold. */
  readonly hint: string;
  /** Where the specification, or the source of the program that is checked for, says so. */
  readonly spec: SpecRef;
  /** Programs that are known to go wrong. */
  readonly breaks?: readonly Breakage[];
  /** What `nbft repair --only CODE` does about it, where it can. */
  readonly fix?: string;
}

/** Programs that go wrong on findings of a rule: some of its `breaks` belong to one of its defects only. */
export function breakagesOn(
  { breaks = [] }: Pick<RuleInfo, "breaks">,
  findings: readonly Pick<Diagnostic, "defect">[],
): readonly Breakage[] {
  return breaks.filter(
    ({ defects }) => !defects || findings.some(({ defect }) => defect !== undefined && defects.includes(defect)),
  );
}

/** An input that a rule finds something in, in words, and what it finds. */
export interface RuleExample {
  /** What is special about the input, one line for each thing; none where any input of the kind shows it. */
  readonly input: readonly string[];
  /** The rule's findings: `offset` counts bytes, `line` the lines of a text from 1. */
  readonly finds: readonly (Pick<Diagnostic, "severity" | "path" | "message"> & {
    readonly offset?: number;
    readonly line?: number;
  })[];
}

/** Rules of one family by their codes; `spec` is for those without one of their own. */
export function ruleTable<
  const T extends Record<string, Omit<RuleInfo, "code" | "spec"> & { readonly spec?: SpecRef }>,
>(spec: SpecRef, table: T): { readonly [K in keyof T]: RuleInfo } {
  return Object.fromEntries(Object.entries(table).map(([code, rule]) => [code, { code, spec, ...rule }])) as never;
}

/**
 * Rules that a word means: a code in any case (`h002`), a code without its letter (`X002` is X002a to X002c) or its zeros (`S18`), a family's letter
 * (`X`), or a name (`checksum`). Empty when it means none.
 */
export function rulesMeant<R extends Pick<RuleInfo, "code" | "name">>(rules: readonly R[], word: string): readonly R[] {
  // S18 is S018.
  const wanted = word
    .toLowerCase()
    .replace(/^([a-z])(\d{1,2})([a-d]?)$/, (_, letter, digits, part) => `${letter}${digits.padStart(3, "0")}${part}`);
  const named = rules.filter(({ code, name }) => code.toLowerCase() === wanted || name === wanted);
  if (named.length > 0) return named;
  if (/^[a-z](\d{3})?$/.test(wanted)) return rules.filter(({ code }) => code.toLowerCase().startsWith(wanted));
  return [];
}
