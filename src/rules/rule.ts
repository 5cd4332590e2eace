import type { Severity, SpecRef } from "../diagnostic.ts";
import type {
  ControlDescriptor,
  DiscoveryDescriptor,
  HfiDescriptor,
  HfiExtendedInfo,
  HfiTransportInfoTcp,
  HostDescriptor,
  NbftHeader,
  SecurityProfileDescriptor,
  SsnsDescriptor,
  SsnsExtendedInfo,
} from "../nbft/structures/index.ts";
import type { NbftTable } from "../nbft/table.ts";
import type { RuleContext } from "./context.ts";
import type { Example } from "./example.ts";
import { fixTexts } from "./fix-texts.ts";
import type { TablesContext } from "./tables-context.ts";

/** What a rule looks at: one structure at a time, or the table as a whole. */
export interface Subjects {
  readonly header: NbftHeader;
  readonly control: ControlDescriptor;
  readonly host: HostDescriptor;
  readonly hfi: HfiDescriptor;
  readonly transportInfo: HfiTransportInfoTcp;
  readonly hfiExtendedInfo: HfiExtendedInfo;
  readonly ssns: SsnsDescriptor;
  readonly ssnsExtendedInfo: SsnsExtendedInfo;
  readonly security: SecurityProfileDescriptor;
  readonly discovery: DiscoveryDescriptor;
  readonly table: NbftTable;
}

export type Subject = keyof Subjects;

/** What rules may look at, in the order of a table. */
export const subjects = [
  "header",
  "control",
  "host",
  "hfi",
  "transportInfo",
  "hfiExtendedInfo",
  "ssns",
  "ssnsExtendedInfo",
  "security",
  "discovery",
  "table",
] as const satisfies readonly Subject[];

/** A program that goes wrong where a rule is broken, and how. */
export interface Breakage {
  /** Program, with its version where the behaviour belongs to one. */
  readonly who: string;
  readonly what: string;
}

/** What a rule says about itself: plain data, to list, explain and document it. */
export interface RuleInfo {
  /** The catalogue's code, for example `H002`; a row with several names gets a letter for each, `X002a`. Never reused. */
  readonly code: string;
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
  readonly spec: SpecRef;
  /** Programs that are known to go wrong. */
  readonly breaks?: readonly Breakage[];
  /** What `nbft repair --only CODE` does about it, where it can: see `fix-texts.ts`. */
  readonly fix?: string;
}

/** A rule of `nbft validate`: what it says, what it looks at, and a good and a bad example. */
export interface Rule<S extends Subject = Subject> extends RuleInfo {
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
  /** A table that the rule has nothing to say about. */
  readonly good: Example;
  /** Tables that it finds something in. */
  readonly bad: readonly BadExample[];
}

export interface BadExample extends Example {
  /** Paths of this rule's findings, all of them, in order. */
  readonly finds: readonly string[];
}

/** Any rule, whatever it looks at. */
// biome-ignore lint/suspicious/noExplicitAny: a check is only called with the subject that its rule names
export type AnyRule = Rule<any>;

/** Defines a rule on one kind of subject. */
export function rule<S extends Subject>(on: S, definition: Omit<Rule<S>, "on" | "fix">): Rule<S> {
  const fix = fixTexts[definition.code];
  return { on, ...definition, ...(fix !== undefined && { fix }) };
}
