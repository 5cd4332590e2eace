import { everyMutation, type Mutant, mutationKinds, mutations } from "../../corpus/mutations.ts";
import { createPrng } from "../../corpus/prng.ts";
import { verdictOf } from "../../corpus/verdict.ts";
import { escapeText } from "../../text/escape.ts";
import { formatHex } from "../../text/hex.ts";
import type { RowCommand } from "../command.ts";
import { makeOutputFolder, TableFolder } from "../corpus-files.ts";
import { type Io, UsageError } from "../io.ts";
import { countArgument, seedRow } from "../options/corpus-rows.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { forceRow, resultRow } from "../options/rows.ts";
import { originRows } from "../options/table-rows.ts";
import { terminalProgress } from "../progress.ts";
import { oneTable } from "../sources/one-table.ts";
import { onlySource } from "../sources/only-source.ts";

/** How many random mutants are made where nobody says it. */
const COUNT = 100;

const rows = [
  ...originRows,
  resultRow("write the mutants here; - prints a JSON line for each instead", "folder"),
  {
    flags: "-n, --count <count>",
    description: `number of mutants (default: ${COUNT}; with --all, all there are)`,
    parse: countArgument,
  },
  seedRow,
  { flags: "-a, --all", description: "every possible change, in order, instead of random ones" },
  {
    flags: "--kinds <kinds>",
    description: "only these kinds of changes",
    list: true,
    choices: mutationKinds.map(({ kind }) => kind),
  },
  {
    flags: "--checksum <how>",
    description: "correct it, so that parsers read the rest; or keep it as it was",
    choices: ["right", "kept"],
    default: "right",
  },
  {
    flags: "--with <file>",
    description: "a table to put before or after this one, for the kind concatenate",
    repeated: true,
  },
  { flags: "--documents", description: "also write the document of each mutant" },
  forceRow,
] as const satisfies readonly OptionRow[];

type MutateArguments = OptionsOf<typeof rows>;

/** `nbft mutate FILE -n N --seed S -w DIR`: mutants of a table, made by what its bytes are. */
export default {
  words: [["[file]", "a table in any container, a document, a boot description, or -"]],
  rows,
  after: () => `\nKinds of changes:\n${kindList()}`,
  run([file], options, io) {
    const source = onlySource(file, options, "name the table to change");
    const { bytes, name } = oneTable(source, { from: options.from }, io);
    const others = (options.with ?? []).map((path) => oneTable(path, {}, io).bytes);
    const choices = { kinds: options.kinds, others, checksum: options.checksum };
    const prng = createPrng(options.seed);
    const made = options.all ? everyMutation(bytes, choices) : mutations(bytes, prng, choices);
    const count = options.count ?? (options.all ? Number.POSITIVE_INFINITY : COUNT);
    const mutants = numbered(made, count, name);
    if (options.write === "-") print(mutants, io);
    else write(mutants, aboutOf(name, options), options, io);
  },
  manual: { examples: [["nbft mutate NBFT -n 100 -w mutants", "changes a table in a hundred ways"]] },
} satisfies RowCommand<MutateArguments>;

/** What was asked for, as the list of mutants tells it. */
function aboutOf(table: string, { seed, all, kinds, checksum }: MutateArguments): Readonly<Record<string, unknown>> {
  return { table, ...(all ? { all } : { seed }), ...(kinds && { kinds }), checksum };
}

function kindList(): string {
  const width = Math.max(...mutationKinds.map(({ kind }) => kind.length));
  return mutationKinds.map(({ kind, title }) => `  ${kind.padEnd(width)}  ${title}\n`).join("");
}

/** The first mutants, numbered from 1. */
function* numbered(mutants: Iterable<Mutant>, count: number, table: string): Generator<[string, Mutant]> {
  let number = 0;
  if (count === 0) return;
  try {
    for (const mutant of mutants) {
      number++;
      yield [String(number).padStart(4, "0"), mutant];
      if (number >= count) return;
    }
  } catch (error) {
    if (error instanceof RangeError) throw new UsageError(`${escapeText(table)}: ${error.message}`);
    throw error;
  }
}

function print(mutants: Iterable<[string, Mutant]>, io: Io): void {
  for (const [name, { bytes, changes }] of mutants) {
    io.out(`${JSON.stringify({ name, changes, ...verdictOf(bytes), bytes: formatHex(bytes) })}\n`);
  }
}

function write(
  mutants: Iterable<[string, Mutant]>,
  about: Readonly<Record<string, unknown>>,
  { write: output, documents, force }: MutateArguments,
  io: Io,
): void {
  makeOutputFolder(output, force ?? false);
  const folder = new TableFolder(io, output, documents ?? false);
  const { progress, clear } = terminalProgress(io);
  for (const [name, { bytes, changes }] of mutants) {
    progress({ step: "writing", detail: name });
    folder.add({ folder: "", name, bytes, about: { changes } });
  }
  const written = folder.finish(about);
  clear();
  if (!io.quiet) io.out(`${escapeText(output)}: ${written} ${written === 1 ? "mutant" : "mutants"}, expected.json\n`);
}
