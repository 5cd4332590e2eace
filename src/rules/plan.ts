import type { RuleContext } from "./context.ts";
import { rulesNamed, runOrder } from "./index.ts";
import type { AnyRule, Subject } from "./rule.ts";
import { screens } from "./screens/index.ts";

/** Which rules to apply. */
export interface RuleChoice {
  /** Rules to apply, all others not; as {@link rulesNamed} takes them. */
  readonly only?: readonly string[];
  /** Rules not to apply. */
  readonly off?: readonly string[];
}

/** A rule as it is run: all of one form, so that asking hundreds of them takes no more time than it must. */
interface Run {
  readonly rule: AnyRule;
  /** Suspicions under which the rule is asked; all where no screen knows it. */
  readonly bits: number;
  readonly check: NonNullable<AnyRule["check"]>;
  readonly stops: boolean;
  /** The rule was switched off, but what it stops is stopped all the same. */
  readonly muted: boolean;
}

/** The rules about one kind of subject. */
export interface Runs {
  readonly all: readonly Run[];
  /** Whether some rule is asked even when nothing is suspected. */
  readonly always: boolean;
  /** Bits of the suspicions that the subject raises. */
  readonly suspects: (context: RuleContext) => number;
}

/** The rules that apply, by what they look at. */
export interface Plan {
  readonly runs: Readonly<Record<Subject, Runs>>;
  readonly across: readonly AnyRule[];
  applies(code: string): boolean;
  /** The same without screens. */
  readonly unscreened: Plan;
}

/** Suspicion of everything: what there is where no screen looks. */
const everything = () => -1;

/** The plan of all rules; made when it is needed first. */
let whole: Plan | undefined;

/** @throws {RangeError} when the choice names a rule that does not exist. */
export function planOf({ only, off }: RuleChoice): Plan {
  if (!only?.length && !off?.length) {
    whole ??= new RulePlan(() => true, true);
    return whole;
  }
  const chosen = codesOf(only ?? []);
  const dropped = codesOf(off ?? []);
  return new RulePlan((code) => (chosen.size === 0 || chosen.has(code)) && !dropped.has(code), true);
}

/** The plan that asks every rule about everything: what screens are compared with. */
export function unscreenedPlan(): Plan {
  return new RulePlan(() => true, false);
}

function codesOf(words: readonly string[]): Set<string> {
  const codes = new Set<string>();
  for (const word of words) {
    const named = rulesNamed(word);
    if (named.length === 0) throw new RangeError(`no such rule: ${word}`);
    for (const { code } of named) codes.add(code);
  }
  return codes;
}

class RulePlan implements Plan {
  readonly runs: Readonly<Record<Subject, Runs>>;
  readonly across: readonly AnyRule[];
  readonly applies: (code: string) => boolean;
  #unscreened: Plan | undefined;

  constructor(applies: (code: string) => boolean, screened: boolean) {
    const runsOf = (subject: Subject): Runs => {
      const screen = screened ? screens[subject] : undefined;
      const all = runOrder
        .filter(({ on, code, check, stops }) => on === subject && check && (applies(code) || stops))
        .map((rule): Run => {
          const { code, check, stops = false } = rule;
          return { rule, bits: screen?.rules[code] ?? -1, check: check!, stops, muted: !applies(code) };
        });
      return { all, always: all.some(({ bits }) => bits === -1), suspects: screen?.suspects ?? everything };
    };
    this.runs = {
      header: runsOf("header"),
      control: runsOf("control"),
      host: runsOf("host"),
      hfi: runsOf("hfi"),
      transportInfo: runsOf("transportInfo"),
      hfiExtendedInfo: runsOf("hfiExtendedInfo"),
      ssns: runsOf("ssns"),
      ssnsExtendedInfo: runsOf("ssnsExtendedInfo"),
      security: runsOf("security"),
      discovery: runsOf("discovery"),
      table: runsOf("table"),
    };
    this.across = runOrder.filter(({ across, code }) => across && applies(code));
    this.applies = applies;
    if (!screened) this.#unscreened = this;
  }

  get unscreened(): Plan {
    this.#unscreened ??= new RulePlan(this.applies, false);
    return this.#unscreened;
  }
}

/** Asks the rules that the suspicions concern; false when one of them has stopped the judgement. */
export function ask(runs: Runs, bits: number, value: unknown, context: RuleContext): boolean {
  if (bits === 0 && !runs.always) return true;
  const { all } = runs;
  for (let i = 0; i < all.length; i++) {
    const run = all[i]!;
    if ((run.bits & bits) === 0 && run.bits !== -1) continue;
    context.run = run;
    context.reported = false;
    run.check(value, context);
    if (context.reported && run.stops) {
      context.stopped.push(context.path);
      return false;
    }
  }
  return true;
}
