import type { RuleInfo } from "../rule-info.ts";
import type { RuleContext } from "./context.ts";
import type { Example } from "./example.ts";
import type { Subject, Subjects } from "./subjects.ts";
import type { TablesContext } from "./tables-context.ts";

/** A rule of `nbft validate`: what it looks at and finds. Why, and examples, are in its {@link TableRuleText}. */
export interface Rule<S extends Subject = Subject> extends Omit<RuleInfo, "summary" | "why"> {
  readonly on: S;
  /**
   * Looks at one subject and reports to the context. Absent where reading the table already meets the defect, or where only several
   * tables show it.
   */
  readonly check?: (subject: Subjects[S], context: RuleContext) => void;
  /** Looks at several tables of one machine. */
  readonly across?: (tables: TablesContext) => void;
  /** A finding makes the rest of the structure meaningless: later rules leave it alone, and so does everything that hangs on it. */
  readonly stops?: true;
}

/** What a rule says about itself, and examples: for the catalogue, the documentation and the tests. Checks run without it. */
export interface TableRuleText extends Pick<RuleInfo, "summary" | "why"> {
  /** A table that the rule has nothing to say about. */
  readonly good: Example;
  /** Tables that it finds something in. */
  readonly bad: readonly BadExample[];
}

/** Texts of rules by their codes. */
export type RuleTexts = Readonly<Record<string, TableRuleText>>;

export interface BadExample extends Example {
  /** Paths of this rule's findings, all of them, in order. */
  readonly finds: readonly string[];
}

/** Any rule, whatever it looks at. */
// biome-ignore lint/suspicious/noExplicitAny: a check is only called with the subject that its rule names
export type AnyRule = Rule<any>;

/** Defines a rule on one kind of subject. */
export function rule<S extends Subject>(on: S, definition: Omit<Rule<S>, "on">): Rule<S> {
  return { on, ...definition };
}
