import { behavioursOf } from "../consumers/behaviours/index.ts";
import { readAsLibnvme } from "../consumers/libnvme/libnvme.ts";
import { crashOfNvmeCliShow } from "../consumers/nvme-cli/show.ts";
import { readNbft } from "../nbft/read/read.ts";
import { ruleOf } from "../rules/catalogue.ts";
import { validate } from "../rules/validate.ts";
import { isObject } from "../text/is-object.ts";
import type { CorpusTable } from "./corpus.ts";

/** What a program is expected to do with a table. */
export interface ProgramExpectation {
  /** `either` where the specification leaves it to the reader, and where it is not known. */
  readonly does: "accept" | "reject" | "crash" | "either";
  /** Which finding or prediction says so, without full stop. */
  readonly why: string;
}

/** How a run of a program over one table ended. */
export interface ProgramRun {
  /** Undefined where a signal ended it, or where it took too long. */
  readonly code?: number | undefined;
  /** Name of the signal that ended it; undefined where it ended by itself. */
  readonly signal?: string | undefined;
  /** Whether it was ended because it took too long. */
  readonly timedOut: boolean;
  /** What it wrote to standard output. */
  readonly stdout: string;
  /** What it wrote to standard error. */
  readonly stderr: string;
}

/** One table tried on a program. */
export interface Trial {
  /** Which table. */
  readonly table: Pick<CorpusTable, "name" | "group" | "title">;
  /** What was expected of the program. */
  readonly expected: ProgramExpectation;
  /** What the program did: exit code 0 accepts, any other rejects, a signal or sanitizer is a crash. */
  readonly did: "accept" | "reject" | "crash" | "time out";
  /** What it read could be compared with the table. */
  readonly compared: boolean;
  /** What is not as expected; empty for a trial that passed. */
  readonly problems: readonly string[];
}

/** What the specification expects of every reader: it must take what has no error, and must not take what is fatally wrong. */
export function expectedBySpecification({ bytes }: CorpusTable): ProgramExpectation {
  const findings = validate(bytes);
  const fatal = findings.find(({ rule }) => ruleOf(rule)?.fatal);
  if (fatal) return { does: "reject", why: `${fatal.rule} ${fatal.message}` };
  const error = findings.find(({ severity }) => severity === "error");
  if (error) return { does: "either", why: `${error.rule} ${error.message}` };
  if (!readNbft(bytes).table.control.flags.valid) return { does: "either", why: "it says that nothing is configured" };
  return { does: "accept", why: "it has no error" };
}

/**
 * What `nvme nbft show -o json` of a release is predicted to do.
 *
 * @returns a function that throws a RangeError where `release` is not a release of nvme-cli
 */
export function expectedOfNvmeCli(release: string): (table: CorpusTable) => ProgramExpectation {
  return ({ bytes }) => {
    const reading = readAsLibnvme(bytes, release);
    const { table, rejection, readsPastEnd } = reading;
    const does = behavioursOf("nvme-cli", release);
    const crash = crashOfNvmeCliShow([{ path: "NBFT", bytes, reading }], "json", {}, does);
    const who = `nvme-cli ${release}`;
    if (crash !== undefined) return { does: "crash", why: `${who} dies: ${crash}` };
    if (readsPastEnd) return { does: "either", why: `${who} reads memory after the file` };
    if (table === undefined) return { does: "reject", why: `${who}: ${rejection?.message ?? "rejects it"}` };
    return { does: "accept", why: `${who} takes it` };
  };
}

/** Holds how a run ended, and what it printed, against what is expected. */
export function judgeRun(table: CorpusTable, expected: ProgramExpectation, run: ProgramRun): Trial {
  const did = didOf(run);
  const problems: string[] = [];
  if (did === "time out") problems.push("took too long");
  else if (did === "crash" && expected.does !== "crash") problems.push(`crashed: ${crashOf(run)}`);
  // A program that was predicted to read where no memory is may find some there.
  else if (did !== expected.does && (expected.does === "accept" || expected.does === "reject")) {
    problems.push(`${did}s it, expected to ${expected.does} it: ${expected.why}`);
  }
  const read = did === "accept" && isWithoutError(table) ? documentIn(run.stdout) : undefined;
  if (read) problems.push(...differences(read, readNbft(table.bytes).table, ""));
  const { name, group, title } = table;
  return { table: { name, group, title }, expected, did, compared: read !== undefined, problems };
}

function didOf(run: ProgramRun): Trial["did"] {
  if (run.timedOut) return "time out";
  if (crashOf(run) !== undefined) return "crash";
  return run.code === 0 ? "accept" : "reject";
}

/** How a program died: by a signal, which a shell reports as 128 and its number, or by a sanitizer. */
function crashOf({ code, signal, stderr }: ProgramRun): string | undefined {
  if (signal !== undefined) return signal;
  const sanitizer = /^.*(ERROR: \w+Sanitizer|runtime error:).*$/m.exec(stderr);
  if (sanitizer) return sanitizer[0].trim().slice(0, 200);
  return code !== undefined && code > 128 && code < 160 ? `signal ${code - 128}` : undefined;
}

/** Readers may differ about what is in a table with errors. */
function isWithoutError({ bytes }: CorpusTable): boolean {
  return validate(bytes, { least: "error" }).length === 0;
}

const sections = ["header", "control", "host", "hfi", "ssns", "security", "discovery"];

/** What a program printed, where that is a document. */
function documentIn(text: string): Readonly<Record<string, unknown>> | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  return Object.keys(value).some((key) => sections.includes(key)) ? (value as Record<string, unknown>) : undefined;
}

/** Everything that is in a document must be so in the table; what a program leaves out, it does not read. `null` means that there is nothing. */
function differences(read: unknown, there: unknown, path: string): string[] {
  if (read === null && there === undefined) return [];
  if (Array.isArray(read) && Array.isArray(there)) {
    const length =
      read.length === there.length ? [] : [`${path}: read ${read.length} entries, expected ${there.length}`];
    return [
      ...length,
      ...read.slice(0, there.length).flatMap((each, i) => differences(each, there[i], `${path}[${i}]`)),
    ];
  }
  if (isObject(read) && isObject(there)) {
    return Object.entries(read).flatMap(([key, value]) =>
      differences(value, there[key], path === "" ? key : `${path}.${key}`),
    );
  }
  if (Object.is(read, there)) return [];
  return [`${path}: read ${shown(read)}, expected ${there === undefined ? "nothing" : shown(there)}`];
}

function shown(value: unknown): string {
  const text = JSON.stringify(value);
  return text.length > 120 ? `${text.slice(0, 120)}…` : text;
}
