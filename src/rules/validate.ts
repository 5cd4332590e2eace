import type { Diagnostic, Severity } from "../diagnostic.ts";
import { DecodeError } from "../errors.ts";
import { type ListName, listNames, listStructures, type TableFrame } from "../nbft/frame.ts";
import { type NbftReading, readNbft } from "../nbft/read.ts";
import {
  controlDescriptor,
  hfiExtendedInfo,
  hfiTransportInfoTcp,
  hostDescriptor,
  nbftHeader,
  ssnsExtendedInfo,
} from "../nbft/structures/index.ts";
import { RuleContext } from "./context.ts";
import { ruleOf, rulesNamed, runOrder } from "./index.ts";
import { placeOf } from "./place.ts";
import type { AnyRule, Subject, Subjects } from "./rule.ts";
import { screens } from "./screens/index.ts";
import type { Screen } from "./screens/screen.ts";
import { type JudgedTable, TablesContext } from "./tables-context.ts";

/** Choices of {@link validate}. */
export interface ValidateOptions {
  /** Rules to apply, all others not; as {@link rulesNamed} takes them. */
  readonly only?: readonly string[];
  /** Rules not to apply. */
  readonly off?: readonly string[];
  /** A wrong checksum is a warning. */
  readonly lenient?: boolean;
}

/** Bytes of a table, or what {@link readNbft} made of them. */
export type TableInput = Uint8Array | NbftReading;

/** A table among several, with a name for findings about the others. */
export interface NamedTable {
  readonly name: string;
  readonly table: TableInput;
}

/**
 * Judges one table: findings of reading and of every rule, each defect once, the worst first, then by offset. Any bytes will do: what
 * is no table is a finding. Time follows the number of bytes.
 *
 * NVMe Boot Specification 1.0 to 1.3; {@link rules} lists the rules.
 *
 * @throws {RangeError} when an option names a rule that does not exist.
 */
export function validate(table: TableInput, options: ValidateOptions = {}): Diagnostic[] {
  return order(judge(table, runPlan(options), options).findings);
}

/**
 * Judges several tables of one machine: each by itself, and together where a rule spans tables.
 *
 * @returns the findings about each table, in the order of the tables.
 * @throws {RangeError} when an option names a rule that does not exist.
 */
export function validateTogether(
  tables: readonly (TableInput | NamedTable)[],
  options: ValidateOptions = {},
): Diagnostic[][] {
  const plan = runPlan(options);
  const judged = tables.map((entry, i) => {
    const { name, table } = "name" in entry ? entry : { name: `table ${i + 1}`, table: entry };
    return { name, ...judge(table, plan, options) };
  });
  const readable = judged.filter((table): table is JudgedTable & typeof table => table.reading !== undefined);
  const context = new TablesContext(readable);
  for (const rule of readable.length > 1 ? plan.across : []) {
    context.rule = rule;
    rule.across!(context);
  }
  return judged.map(({ findings }) => order(findings));
}

/** A rule as it is run: all of one form, so that calling hundreds of them takes no more time than it must. */
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
interface Runs {
  readonly all: Run[];
  /** Those that no screen knows. */
  readonly always: Run[];
  /** Bits of the suspicions that the subject raises. */
  suspects: Screen["suspects"] | undefined;
}

/** The rules that apply, by what they look at. */
interface Plan {
  readonly runs: Readonly<Record<Subject, Runs>>;
  readonly across: readonly AnyRule[];
  applies(code: string): boolean;
}

/** All rules; made when it is needed first. */
let everything: Plan | undefined;

/** @internal What {@link validate} finds, with every rule asked about everything: what screens are compared with. */
export function validateUnscreened(table: TableInput): Diagnostic[] {
  return order(
    judge(
      table,
      planOf(() => true, false),
      {},
    ).findings,
  );
}

function runPlan({ only, off }: ValidateOptions): Plan {
  if (!only?.length && !off?.length) {
    everything ??= planOf(() => true, true);
    return everything;
  }
  const chosen = codesOf(only ?? []);
  const dropped = codesOf(off ?? []);
  return planOf((code) => (chosen.size === 0 || chosen.has(code)) && !dropped.has(code), true);
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

const subjects: readonly Subject[] = [
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
];

function planOf(applies: (code: string) => boolean, screened: boolean): Plan {
  const runs = Object.fromEntries(
    subjects.map((subject): [Subject, Runs] => {
      return [subject, { all: [], always: [], suspects: screened ? screens[subject]?.suspects : undefined }];
    }),
  ) as Record<Subject, Runs>;
  for (const rule of runOrder) {
    const { on, code, check, stops = false } = rule;
    const muted = !applies(code);
    if (!check || (muted && !stops)) continue;
    const bits = screens[on as Subject]?.rules[code];
    const run = { rule, bits: bits ?? -1, check, stops, muted };
    runs[on as Subject].all.push(run);
    if (bits === undefined) runs[on as Subject].always.push(run);
  }
  return { runs, across: runOrder.filter(({ across, code }) => across && applies(code)), applies };
}

function judge(
  table: TableInput,
  plan: Plan,
  options: ValidateOptions,
): { reading: NbftReading | undefined; findings: Diagnostic[] } {
  let reading: NbftReading;
  try {
    reading = table instanceof Uint8Array ? readNbft(table) : table;
  } catch (error) {
    if (!(error instanceof DecodeError)) throw error;
    return { reading: undefined, findings: noTable(error, (table as Uint8Array).length, plan) };
  }
  return { reading, findings: new Judge(reading, plan, options).run() };
}

/** Bytes that are no table at all. */
function noTable({ rule: code = "H003", message }: DecodeError, size: number, plan: Plan): Diagnostic[] {
  if (!plan.applies(code)) return [];
  const { name, severity, hint, spec } = ruleOf(code)!;
  const place =
    code === "H003" ? { path: "header.signature", offset: 0, length: 4 } : { path: "header", offset: 0, length: size };
  return [{ rule: code, name, severity, ...place, message, hint, spec }];
}

const nothing: ReadonlySet<string> = new Set();

/** One table on its way through the rules. */
class Judge {
  readonly #reading: NbftReading;
  readonly #plan: Plan;
  readonly #lenient: boolean;
  readonly #context: RuleContext;
  /** Codes that reading has reported. */
  readonly #met: ReadonlySet<string>;
  /** Paths below which nothing is judged. */
  readonly #stopped: string[] = [];

  constructor(reading: NbftReading, plan: Plan, { lenient = false }: ValidateOptions) {
    this.#reading = reading;
    this.#plan = plan;
    this.#lenient = lenient;
    this.#met = reading.diagnostics.length === 0 ? nothing : new Set(reading.diagnostics.map(({ rule }) => rule));
    this.#context = new RuleContext(reading, unreadLists(reading));
  }

  run(): Diagnostic[] {
    const { table, frame } = this.#reading;
    const { findings } = this.#context;
    // Another major revision may have another layout.
    if (!this.#met.has("H007")) {
      this.#enter("header", table.header, nbftHeader, 0, "header");
      if (frame.configured && !this.#met.has("C001")) this.#configured();
    }
    if (this.#reading.diagnostics.length > 0) findings.push(...this.#readingFindings());
    return findings;
  }

  #configured(): void {
    const { table, frame } = this.#reading;
    this.#enter("control", table.control, controlDescriptor, nbftHeader.size, "control");
    if (table.host && frame.hostOffset !== undefined) {
      const sound = !this.#met.has("O001") && !this.#met.has("O002");
      if (sound) this.#enter("host", table.host, hostDescriptor, frame.hostOffset, "host");
      else this.#stopped.push("host");
    }
    this.#list("hfi", ({ transportInfo }, at) => this.#transportInfo(transportInfo, at));
    this.#list("ssns", ({ flags, extendedInfo }, at) => {
      if (!extendedInfo || !flags.extendedInfoInUse) return;
      const { extendedInfo: ref } = listStructures.ssns.fields;
      this.#below("ssnsExtendedInfo", extendedInfo, ssnsExtendedInfo, at + ref.at, ".extendedInfo");
    });
    this.#list("security");
    this.#list("discovery");
    this.#apply("table", table);
  }

  /** Judges the entries of a list; `deeper` goes on with what hangs on a sound entry at a place. */
  #list<L extends ListName>(list: L, deeper?: (entry: Subjects[L], at: number) => void): void {
    const entries = this.#reading.table[list] as readonly Subjects[L][];
    const { offset, stride } = this.#reading.frame.lists[list];
    const structure = listStructures[list];
    for (let i = 0, at = offset; i < entries.length; i++, at += stride) {
      const entry = entries[i]!;
      this.#context.enter(structure, at, list, i);
      this.#context.owner = entry;
      if (this.#apply(list, entry)) deeper?.(entry, at);
    }
  }

  #transportInfo(info: Subjects["transportInfo"] | undefined, hfiAt: number): void {
    if (!info) return;
    const { transportInfo: ref } = listStructures.hfi.fields;
    const at = this.#below("transportInfo", info, hfiTransportInfoTcp, hfiAt + ref.at, ".transportInfo");
    if (at === undefined || !info.extendedInfo) return;
    const refAt = at + hfiTransportInfoTcp.fields.extendedInfo.at;
    this.#below("hfiExtendedInfo", info.extendedInfo, hfiExtendedInfo, refAt, ".transportInfo.extendedInfo");
  }

  /** Judges the structure that a reference at `refAt` leads to; where it is, unless a rule has stopped there. */
  #below<S extends Subject>(
    subject: S,
    value: Subjects[S],
    structure: Parameters<RuleContext["enter"]>[0],
    refAt: number,
    inner: string,
  ): number | undefined {
    const context = this.#context;
    const at = context.view.getUint32(refAt, true);
    context.enterBelow(structure, at, inner);
    return this.#apply(subject, value) ? at : undefined;
  }

  #enter<S extends Subject>(
    subject: S,
    value: Subjects[S],
    structure: Parameters<RuleContext["enter"]>[0],
    at: number,
    path: string,
  ): void {
    this.#context.enter(structure, at, path);
    this.#apply(subject, value);
  }

  /** Runs the rules for one subject; false when one of them has stopped the judgement. */
  #apply<S extends Subject>(subject: S, value: Subjects[S]): boolean {
    const context = this.#context;
    const { all, always, suspects } = this.#plan.runs[subject];
    const bits = suspects === undefined ? -1 : suspects(context);
    const runs = bits === 0 ? always : all;
    for (let i = 0; i < runs.length; i++) {
      const run = runs[i]!;
      if ((run.bits & bits) === 0 && run.bits !== -1) continue;
      context.run = run;
      context.reported = false;
      run.check(value, context);
      if (context.reported && run.stops) {
        this.#stopped.push(context.path);
        return false;
      }
    }
    return true;
  }

  /** What reading has met, under the catalogue's codes, without what follows from something else. */
  #readingFindings(): Diagnostic[] {
    const { diagnostics, frame } = this.#reading;
    const cut = this.#met.has("H005");
    const stopped = new Set(this.#stopped);
    const kept: Diagnostic[] = [];
    for (const met of diagnostics) {
      if (this.#met.has("H007") && !/^H00[1-7]$/.test(met.rule)) continue;
      if (this.#met.has("C001") && met.path !== "control.structureId" && !met.path.startsWith("header")) continue;
      if (cut && isBehindCut(met, frame)) continue;
      if (stopped.size > 0 && isBelow(met.path, stopped) && met.rule !== "O001" && met.rule !== "O002") continue;
      const found = recode(placed(met, frame));
      if (!this.#plan.applies(found.rule)) continue;
      // Two general defects of one text may be one of the catalogue's.
      if (found.rule !== met.rule && kept.some(({ rule, path }) => rule === found.rule && path === found.path))
        continue;
      kept.push(this.#lenient && found.rule === "H002" ? { ...found, severity: "warning" } : found);
    }
    return kept;
  }
}

/** A finding about a reference stands at the reference, not where it leads to: that may be anywhere. */
function placed(met: Diagnostic, frame: TableFrame): Diagnostic {
  return met.path.endsWith("Ref") ? { ...met, ...placeOf(frame, met.path) } : met;
}

/** Lists that reading has given up on, wholly or after some entries. */
function unreadLists({ diagnostics, frame }: NbftReading): ReadonlySet<string> {
  if (diagnostics.length === 0) return nothing;
  const unread = new Set<string>();
  for (const name of listNames) if (frame.control[`${name}Count`] !== frame.lists[name].count) unread.add(name);
  return unread;
}

/** Whether a table that was cut off shows this defect only because it was: the place is inside the length that the header states. */
function isBehindCut({ rule, offset, length, path }: Diagnostic, { header, control }: TableFrame): boolean {
  const within = (start: number, size: number) => start + size <= header.length;
  switch (rule) {
    case "H014":
      return within(header.heapOffset, header.heapLength);
    case "P001":
      return within(offset, length) && offset >= header.heapOffset;
    case "P006":
      return within(offset, length + 1);
    case "C006":
      return control.hostOffset > 0 && within(control.hostOffset, 32);
    case "C012": {
      const name = path.slice("control.".length, -"Offset".length) as ListName;
      return within(control[`${name}Offset`], control[`${name}Length`] * control[`${name}Count`]);
    }
    default:
      return false;
  }
}

/** Whether a path is one of the stopped ones or lies below one. */
function isBelow(path: string, stopped: ReadonlySet<string>): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf(".", end - 1)) {
    if (stopped.has(path.slice(0, end))) return true;
  }
  return false;
}

/** A defect that reading meets under a general code, under the catalogue's code for its place. */
function recode(met: Diagnostic): Diagnostic {
  const code = codeAt(met.rule, met.path);
  if (code === met.rule) return met;
  const { name, severity, hint, spec } = ruleOf(code)!;
  return { ...met, rule: code, name, severity, hint, spec };
}

function codeAt(code: string, path: string): string {
  if (path.startsWith("header.driverSignature")) {
    if (code === "P001") return "H019";
    if (code === "P008" || code === "P009") return "H020";
  }
  if (path.startsWith("host.hostNqn") && (code === "P001" || code === "P005" || code === "P006")) return "O005";
  if (code !== "P001") return code;
  if (path.startsWith("security[") && !path.endsWith(".secretKeypathRef")) return "Y007";
  return /^ssns\[\d+\]\.extendedInfoRef$/.test(path) ? "S027" : code;
}

const ranks: Readonly<Record<Severity, number>> = { error: 0, warning: 1, info: 2 };

/** The worst first, then by place, then by code, then as found. */
function order(findings: Diagnostic[]): Diagnostic[] {
  return findings.sort(
    (a, b) =>
      ranks[a.severity] - ranks[b.severity] || a.offset - b.offset || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}
