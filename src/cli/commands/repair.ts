import { readFileSync, statSync } from "node:fs";
import { FileChangedError } from "../../node/file-error.ts";
import {
  type DifferenceStyle,
  renderByteDifferences,
  renderDifferences,
  renderFrameDifferences,
} from "../../output/differences.ts";
import type { Paint } from "../../output/paint.ts";
import { type AppliedFix, type Repair, repairable, repairNbft } from "../../repair/repair.ts";
import { unrepairable } from "../../repair/unrepaired.ts";
import { tableRule, tableRulesNamed } from "../../rules/index.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { type Io, raise, UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { colorRow, formatRow, secretsRow, writeRow } from "../options/rows.ts";
import { originRows } from "../options/table-rows.ts";
import { editInPlace, refuseSameFile, writeOutput } from "../output.ts";
import { type OneTable, oneTable } from "../sources/one-table.ts";
import { onlySource } from "../sources/only-source.ts";

const rows = [
  ...originRows,
  writeRow("write the result here; name the table itself to change it"),
  {
    flags: "--only <codes>",
    description: "repair only findings of these rules, of any severity: codes, names, or a family's letter",
    list: true,
  },
  {
    flags: "-a, --all",
    description: "also repair infos, not only errors and warnings",
  },
  { flags: "--dry-run", description: "show what would change, write nothing" },
  { flags: "--list", description: "list the repairs of all rules" },
  { flags: "--no-backup", description: "keep no .bak when the table is replaced" },
  formatRow(["text", "json"], "how to show the changes"),
  secretsRow,
  colorRow,
] as const satisfies readonly OptionRow[];

type RepairArguments = OptionsOf<typeof rows>;

/** `nbft repair FILE -w OUT`: repairs what can be repaired safely. Exits 1 when errors are left, or a dry run would change something. */
export default {
  words: [["[file]", "a table in any container, a document, a boot description, or -"]],
  rows,
  run([given], options, io) {
    if (options.list) return io.out(repairable.map((code) => `${code.padEnd(6)}${tableRule(code)?.fix}\n`).join(""));
    const file = onlySource(given, options, "name the table to repair");
    const rules = options.only;
    checkRules(rules ?? []);
    if (options.write === undefined && !options.dryRun)
      throw new UsageError("name the file to write with -w FILE, or use --dry-run");
    const before = oneTable(file, { from: options.from }, io);
    const repair = repairNbft(before.bytes, { only: rules, all: options.all });
    const errors = repair.left.some(({ severity }) => severity === "error");
    if (!options.dryRun) write(file, before, repair.bytes, options, io);
    if (errors || (options.dryRun && repair.applied.length > 0)) raise(io, 1);
    tell(before, repair, options, io);
  },
  manual: {
    examples: [
      ["nbft repair NBFT --dry-run", "shows what it would change"],
      ["nbft repair NBFT --only O009 -w NBFT.repaired", "repairs what one rule finds"],
    ],
    one: "errors are left, or a dry run would change something",
  },
} satisfies RowCommand<RepairArguments>;

/** @throws {UsageError} for a word that names no rule, or none that can be repaired. */
function checkRules(words: readonly string[]): void {
  for (const word of words) {
    const named = tableRulesNamed(word);
    if (named.length === 0) throw new UsageError(`there is no rule ${escapeText(word)} (nbft rules lists them)`);
    if (!named.some(({ code }) => repairable.includes(code))) {
      const reason = unrepairable.get(named[0]!.code) ?? "nothing is wrong with what it finds";
      throw new UsageError(`${escapeText(word)} cannot be repaired: ${reason} (nbft repair --list)`);
    }
  }
}

function tell(before: OneTable, { applied, left, unrepaired }: Repair, options: RepairArguments, io: Io): void {
  // With the table on standard output, everything that is said about it goes to standard error.
  const say = (text: string) => {
    if (options.write !== "-" || options.dryRun) io.out(text);
    else if (!io.quiet) io.err(text);
  };
  if (options.outputFormat === "json") {
    say(formatJson({ source: before.name, applied, left, unrepaired }));
    return;
  }
  const paint = paintFor(io);
  say(applied.length === 0 ? "nothing to repair\n" : "");
  for (const fix of applied) say(fixText(fix, { paint, showSecrets: options.showSecrets, indent: "  " }));
  for (const { rule, path, reason, choice } of unrepaired) {
    const finding = left.find((each) => each.rule === rule && each.path === path)!;
    const mark = finding.severity === "error" ? paint.bad : paint.doubtful;
    say(
      `${mark("not repaired:")} ${rule} ${path}: ${escapeText(finding.message)}: ${reason}${choice ? `; --only ${rule} repairs it anyway` : ""}\n`,
    );
  }
}

/** Most values that are shown of one repair. */
const MOST_CHANGES = 20;

function fixText(
  { rule, name, title, findings, changes, frame, bytes, costs }: AppliedFix,
  style: DifferenceStyle & { paint: Paint },
): string {
  const times = findings > 1 ? ` (${findings} findings)` : "";
  const more = changes.length - MOST_CHANGES;
  return (
    `${style.paint.good(rule)} ${name}: ${title}${times}\n` +
    renderDifferences(changes.slice(0, MOST_CHANGES), style) +
    (more > 0 ? `  … and ${more} more\n` : "") +
    renderByteDifferences(bytes, style) +
    renderFrameDifferences(frame, style) +
    costs.map((cost) => `  ${style.paint.doubtful("warning:")} ${cost}\n`).join("")
  );
}

/** Writes the result; the table itself only where that was the file named, with the old one kept beside it. */
function write(
  file: string,
  before: OneTable,
  after: Uint8Array,
  { write: output, backup }: RepairArguments,
  io: Io,
): void {
  if (
    output === file &&
    file !== "-" &&
    statSync(file).isFile() &&
    Buffer.compare(readFileSync(file), before.bytes) === 0
  ) {
    const replace = (now: Uint8Array) => {
      if (Buffer.compare(now, before.bytes) === 0) return after;
      throw new FileChangedError(`${escapeText(file)}: was changed by another program; try again`);
    };
    editInPlace(io, file, replace, { backup });
    return;
  }
  refuseSameFile(file, output!);
  writeOutput(io, output!, after);
}
