import { checkBytes } from "../bytes/bytes.ts";
import type { Diagnostic } from "../diagnostic.ts";
import { DecodeError } from "../errors.ts";
import { type NbftReading, readNbft } from "../nbft/read/read.ts";
import { checkTable } from "./check-table.ts";
import { tableRule } from "./index.ts";
import { type RuleChoice, type RuleSelection, severityRanks as ranks, selectRules } from "./selection.ts";
import { type CheckedTable, TablesContext } from "./tables-context.ts";

/** Choices of {@link validate}. */
export interface ValidateOptions extends RuleChoice {
  /** A wrong checksum is a warning. */
  readonly lenient?: boolean;
}

/** Bytes of a table, or what {@link readNbft} made of them. */
export type TableInput = Uint8Array | NbftReading;

/** A table among several, with a name for findings about the others. */
export interface NamedTable {
  /** What messages call the table, for example its file. */
  readonly name: string;
  /** Bytes, or a reading of them. */
  readonly table: TableInput;
}

/**
 * Checks one table: findings of the reader and of every rule, each defect once, the worst first, then by offset. Any bytes will do: that
 * they are not a table is a finding. Time follows the number of bytes.
 *
 * NVMe Boot Specification 1.0 to 1.3; {@link rules} lists the rules.
 *
 * @throws {RangeError} when an option names a rule that does not exist.
 */
export function validate(table: TableInput, options: ValidateOptions = {}): Diagnostic[] {
  return order(check(table, selectRules(options), options).findings, options);
}

/**
 * Checks several tables of one machine: each by itself, and together where a rule spans tables.
 *
 * @returns the findings about each table, in the order of the tables.
 * @throws {RangeError} when an option names a rule that does not exist.
 */
export function validateTogether(
  tables: readonly (TableInput | NamedTable)[],
  options: ValidateOptions = {},
): Diagnostic[][] {
  const selection = selectRules(options);
  const checked = tables.map((entry, i) => {
    const { name, table } = "name" in entry ? entry : { name: `table ${i + 1}`, table: entry };
    return { name, ...check(table, selection, options) };
  });
  const readable = checked.filter((table): table is CheckedTable & typeof table => table.reading !== undefined);
  const context = new TablesContext(readable);
  for (const rule of readable.length > 1 ? selection.across : []) {
    context.rule = rule;
    rule.across!(context);
  }
  return checked.map(({ findings }) => order(findings, options));
}

function check(
  table: TableInput,
  selection: RuleSelection,
  options: ValidateOptions,
): { reading: NbftReading | undefined; findings: Diagnostic[] } {
  let reading: NbftReading;
  if (isReading(table)) reading = table;
  else {
    checkBytes(table);
    try {
      reading = readNbft(table);
    } catch (error) {
      if (!(error instanceof DecodeError)) throw error;
      return { reading: undefined, findings: notTable(error, table.length, selection) };
    }
  }
  const findings = checkTable(reading, selection);
  if (!options.lenient) return { reading, findings };
  const milder = findings.map((found) => (found.rule === "H002" ? { ...found, severity: "warning" as const } : found));
  return { reading, findings: milder };
}

const isReading = (table: TableInput): table is NbftReading =>
  typeof table === "object" && table !== null && "frame" in table;

/** Bytes that are not a table at all. */
function notTable({ rule: code = "H003", message }: DecodeError, size: number, selection: RuleSelection): Diagnostic[] {
  if (!selection.applies(code)) return [];
  const { name, severity, hint, spec } = tableRule(code)!;
  const place =
    code === "H003" ? { path: "header.signature", offset: 0, length: 4 } : { path: "header", offset: 0, length: size };
  return [{ rule: code, name, severity, ...place, message, hint, spec }];
}

/** The worst first, then by place, then by code, then as found. */
function order(all: Diagnostic[], { least = "info" }: RuleChoice): Diagnostic[] {
  const findings = least === "info" ? all : all.filter(({ severity }) => ranks[severity] <= ranks[least]);
  if (findings.length < 2) return findings;
  return findings.sort(
    (a, b) =>
      ranks[a.severity] - ranks[b.severity] || a.offset - b.offset || (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0),
  );
}
