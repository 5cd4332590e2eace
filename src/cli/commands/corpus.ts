import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { shellWord } from "../../consumers/shell-word.ts";
import { type CorpusTable, corpus } from "../../corpus/corpus.ts";
import { corpusGroups } from "../../corpus/groups.ts";
import { expectedBySpecification, expectedOfNvmeCli, judgeRun, type Trial } from "../../corpus/trial.ts";
import { runProgram } from "../../node/run-program.ts";
import { formatTrials, formatTrialsJunit } from "../../output/trials.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { nvmeCliAsked } from "../consumer-option.ts";
import { makeOutputFolder, TableFolder } from "../corpus-files.ts";
import { type Io, raise, UsageError } from "../io.ts";
import { countArgument, seedRow } from "../options/corpus-rows.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { colorRow, forceRow, formatRow, writeRow } from "../options/rows.ts";
import { consumerRow } from "../options/table-rows.ts";
import { terminalProgress } from "../progress.ts";

const rows = [
  consumerRow("expect the behavior of this release of nvme-cli, such as nvme-cli@2.16"),
  writeRow("write the tables here", "folder"),
  {
    flags: "--run <command>",
    description: "run a program on each table: {} is the file, {dir} its folder; without them, standard input",
  },
  {
    flags: "--timeout <seconds>",
    description: "time limit of the program for each table",
    parse: countArgument,
    default: 10,
  },
  formatRow(["text", "json", "junit"], "how to show the results of --run"),
  seedRow,
  { flags: "--random <count>", description: "number of valid random tables", parse: countArgument, default: 16 },
  {
    flags: "--mutants <count>",
    description: "number of mutants of valid tables",
    parse: countArgument,
    default: 64,
  },
  { flags: "--groups <groups>", description: "only these groups", list: true, choices: corpusGroups },
  { flags: "--no-documents", description: "do not write documents" },
  forceRow,
  colorRow,
] as const satisfies readonly OptionRow[];

type CorpusArguments = OptionsOf<typeof rows>;

/** `nbft corpus`: tables for testing readers, sound and malformed: written with what is expected of each, or tried on a program. */
export default {
  words: [],
  rows,
  async run(_, options, io) {
    if (options.write === undefined && options.run === undefined)
      throw new UsageError("nothing to do: -w FOLDER writes the tables, --run COMMAND tries them on a program");
    if (options.write !== undefined) writeTables(options.write, options, io);
    if (options.run !== undefined) await tryTables(options.run, options, io);
  },
  manual: {
    examples: [
      ["nbft corpus -w corpus --seed 7", "writes tables for testing a parser"],
      ["nbft corpus --run './reader {}' -o junit > reader.xml", "runs a parser on them"],
    ],
    one: "with --run: the program does not do what is expected of it",
  },
} satisfies RowCommand<CorpusArguments>;

function* tablesOf({ seed, random, mutants, groups }: CorpusArguments): Generator<CorpusTable> {
  for (const table of corpus(seed, { random, mutants })) if (groups?.includes(table.group) ?? true) yield table;
}

function writeTables(target: string, options: CorpusArguments, io: Io): void {
  const { seed, random, mutants } = options;
  makeOutputFolder(target, options.force ?? false);
  const folder = new TableFolder(io, target, options.documents);
  const { progress, clear } = terminalProgress(io);
  const groups = new Map<string, number>();
  for (const { group, name, title, bytes } of tablesOf(options)) {
    progress({ step: "writing", detail: name });
    folder.add({ folder: group, name, bytes, about: { group, title } });
    groups.set(group, (groups.get(group) ?? 0) + 1);
  }
  const count = folder.finish({ seed, random, mutants });
  clear();
  const parts = [...groups].map(([group, size]) => `${size} ${group}`).join(", ");
  // Beside the result of a program, this is not what was asked for.
  const say = options.run === undefined ? io.out : io.err;
  if (!io.quiet) say(`${escapeText(target)}: ${count} tables (${parts}), expected.json\n`);
}

async function tryTables(command: string, options: CorpusArguments, io: Io): Promise<void> {
  const release = nvmeCliAsked(options, "corpus");
  const expected = release ? expectedOfNvmeCli(release.release) : expectedBySpecification;
  const { progress, clear } = terminalProgress(io);
  // The only file in its folder, named as the kernel names it: what takes a folder of tables can be tried as well.
  const folder = mkdtempSync(join(tmpdir(), "nbft-corpus-"));
  const file = join(folder, "NBFT");
  const input = /\{\}|\{dir\}/.test(command) ? new Uint8Array() : undefined;
  const line = command.replaceAll("{}", shellWord(file)).replaceAll("{dir}", shellWord(folder));
  const trials: Trial[] = [];
  try {
    for (const table of tablesOf(options)) {
      progress({ step: "trying", detail: table.name });
      writeFileSync(file, table.bytes);
      const run = await runProgram(line, input ?? table.bytes, options.timeout);
      // What the shell says of a program that is not there, or is none: no table was tried.
      if (run.code === 126 || run.code === 127)
        throw new UsageError(`--run: ${escapeText(run.stderr.trim().split("\n").at(-1) ?? command)}`);
      trials.push(judgeRun(table, expected(table), run));
    }
  } finally {
    clear();
    rmSync(folder, { recursive: true, force: true });
  }
  if (options.outputFormat === "json") io.out(formatJson({ format: 1, command, seed: options.seed, trials }));
  else if (options.outputFormat === "junit") io.out(formatTrialsJunit(trials));
  else io.out(formatTrials(command, trials, paintFor(io)));
  if (trials.some(({ problems }) => problems.length > 0)) raise(io, 1);
}
