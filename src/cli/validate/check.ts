import type { Diagnostic, Severity } from "../../diagnostic.ts";
import { findingsNdjson, isAtLeast, type SourceFindings, type UnreadSource } from "../../output/findings/text.ts";
import { fixableRules } from "../../repair/repair.ts";
import { tableRules, tableRulesNamed } from "../../rules/index.ts";
import { type ValidateOptions, validate, validateTogether } from "../../rules/validate.ts";
import { escapeText } from "../../text/escape.ts";
import { Batch } from "../batch.ts";
import { findingsOutput } from "../findings-output.ts";
import { type Io, note, raise, UsageError } from "../io.ts";
import type { ValidateArguments } from "../options/validate-rows.ts";
import type { DescribedTable } from "../sources/described.ts";
import { describing } from "../sources/describing.ts";
import { complain, isSingle } from "../sources/readable.ts";
import { sourceTables } from "../sources/tables.ts";

/** The same with what a project's file says. */
type Judging = ValidateArguments & { readonly failOn: Severity };

/**
 * Checks tables, and prints the findings.
 *
 * @throws {UsageError} for a word that names no rule.
 */
export async function checkSources(sources: readonly string[], given: Judging, io: Io): Promise<void> {
  const { only = [], off = [], lenient = false } = given;
  checkRules("--only", only);
  checkRules("--off", off);
  check(sources, await describing(sources, given, io), { only, off, lenient }, io);
}

/** @throws {UsageError} for a word that names no rule. */
function checkRules(option: string, words: readonly string[]): void {
  const unknown = words.find((word) => tableRulesNamed(word).length === 0);
  if (unknown !== undefined)
    throw new UsageError(`${option}: there is no rule ${escapeText(unknown)} (nbft rules lists them)`);
}

function check(sources: readonly string[], given: Judging, options: ValidateOptions, io: Io): void {
  const { first, rest } = begin(sourceTables({ ...given, sources }, io));
  const separate = given.separate ?? rest !== undefined;
  if (rest && !given.separate) note(io, `more than ${ONE_MACHINE} tables, each is checked by itself`);
  if (separate && given.outputFormat === "ndjson") {
    stream(chain(first, rest), given, options, io);
    return;
  }
  const found = [...chain(first, rest)];
  const { groups, unread, single } = judge(found, sources, { ...given, ...(separate && { separate }) }, options, io);
  const shown = given.outputFormat === "text" ? groups.map(withFixable) : groups;
  io.out(findingsOutput({ groups: shown, unread, rules: tableRules, single }, given, io));
  if (groups.some(({ findings }) => findings.some((finding) => isAtLeast(finding, given.failOn)))) raise(io, 1);
}

/** No machine has more tables; a directory with more holds those of a fleet. */
const ONE_MACHINE = 64;

/** The tables of one machine, and what follows when there are more: they are not kept. */
function begin(tables: Generator<DescribedTable>): { first: DescribedTable[]; rest?: Generator<DescribedTable> } {
  const first: DescribedTable[] = [];
  for (let next = tables.next(); !next.done; next = tables.next()) {
    first.push(next.value);
    if (first.length > ONE_MACHINE) return { first, rest: tables };
  }
  return { first };
}

function* chain(first: readonly DescribedTable[], rest: Iterable<DescribedTable> = []): Generator<DescribedTable> {
  yield* first;
  yield* rest;
}

/** Findings are written in pieces of about this many characters. Larger ones outlive a collection, and the heap grows by 16 MB. */
const PIECE = 1 << 13;

/** Checks tables that have nothing to do with each other one by one: memory does not grow with their number. */
function stream(tables: Iterable<DescribedTable>, given: Judging, options: ValidateOptions, io: Io): void {
  const batch = new Batch(io);
  let lines = "";
  for (const table of tables) {
    const { path, bytes, error, foreign } = table;
    if (error !== undefined && !foreign) {
      batch.fail();
      complain(io, path, error);
      continue;
    }
    const findings = error === undefined ? placed(validate(bytes!, options), table) : noTable(error, options);
    for (const { rule, name } of findings) batch.count(`${rule} ${name}`);
    if (findings.some((finding) => isAtLeast(finding, given.failOn))) raise(io, 1);
    lines += findingsNdjson([{ source: path, findings }]);
    batch.done(path);
    if (lines.length < PIECE) continue;
    io.out(lines);
    lines = "";
  }
  io.out(lines);
  batch.finish();
}

/** Checks what every source holds. */
function judge(
  found: readonly DescribedTable[],
  sources: readonly string[],
  given: ValidateArguments,
  options: ValidateOptions,
  io: Io,
): {
  groups: (SourceFindings & { readonly bytes: Uint8Array | undefined })[];
  unread: UnreadSource[];
  single: boolean;
} {
  const batch = new Batch(io);
  const unread = found.flatMap(({ path, error, foreign }) =>
    error === undefined || foreign ? [] : [{ source: path, message: error }],
  );
  for (const { source, message } of unread) {
    batch.fail();
    complain(io, source, message);
  }
  const readable = found.filter(({ error, foreign }) => error === undefined || foreign);
  const named = readable.map(({ path, bytes }) => ({ name: path, table: bytes ?? new Uint8Array() }));
  const findings = given.separate
    ? named.map(({ table }) => validate(table, options))
    : validateTogether(named, options);
  const groups = readable.map((table, i) => ({
    source: table.path,
    bytes: table.bytes,
    within: table.within,
    made: table.made,
    findings: table.error === undefined ? placed(findings[i]!, table) : noTable(table.error, options),
  }));
  if (given.outputFormat === "ndjson") {
    for (const { source, findings: found } of groups) {
      for (const { rule, name } of found) batch.count(`${rule} ${name}`);
      batch.done(source);
    }
    batch.finish();
  }
  return { groups, unread, single: isSingle(sources, given, readable) };
}

/** Findings about a document with line and column of what they are about. */
function placed(findings: Diagnostic[], { locate }: DescribedTable): Diagnostic[] {
  return locate ? findings.map((finding) => ({ ...finding, ...locate(finding.path) })) : findings;
}

/** Findings with the rules that `nbft repair` would repair; infos are not offered a repair. */
function withFixable({ bytes, ...group }: SourceFindings & { readonly bytes: Uint8Array | undefined }): SourceFindings {
  const worse = group.findings.filter(({ severity }) => severity !== "info");
  return { ...group, fixable: bytes && worse.length > 0 ? fixableRules(bytes, worse) : new Set() };
}

/** A source that could be opened and holds no table, of whatever form it is. */
function noTable(message: string, options: ValidateOptions): Diagnostic[] {
  // Four bytes that are not a signature stand for it, so that the rule and the choice of rules stay where they are.
  return validate(new Uint8Array(4), options).map((finding) => ({ ...finding, message: `not an NBFT: ${message}` }));
}
