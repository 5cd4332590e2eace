import type { Command } from "commander";
import { type CorpusGroup, corpus, corpusGroups } from "../../corpus/corpus.ts";
import { escapeText } from "../../text/escape.ts";
import type { CliCommand } from "../command.ts";
import { makeOutputFolder, TableFolder } from "../corpus-files.ts";
import type { Io } from "../io.ts";
import { countArgument } from "../number-arguments.ts";
import { listOption } from "../options/list.ts";
import { forceOption, writeOption } from "../options/write.ts";
import { terminalProgress } from "../progress.ts";

interface CorpusArguments {
  readonly write: string;
  readonly seed: string;
  readonly random: number;
  readonly mutants: number;
  readonly groups?: readonly CorpusGroup[];
  readonly documents: boolean;
  readonly force?: true;
}

/** `nbft corpus -w DIR`: tables for testing readers, sound and malformed, each with its document and what is expected of it. */
export default {
  define(command: Command, io: Io): void {
    command
      .addOption(writeOption("write the tables here", "folder").makeOptionMandatory())
      .option("--seed <seed>", "the same seed, a number or a word, gives the same bytes everywhere", "1")
      .option("--random <count>", "random tables without fault", countArgument, 16)
      .option("--mutants <count>", "mutants of tables without fault", countArgument, 64)
      .addOption(listOption("--groups <groups>", "only these groups", corpusGroups))
      .option("--no-documents", "leave out the documents")
      .addOption(forceOption())
      .action((options: CorpusArguments) => {
        const { write, seed, random, mutants } = options;
        makeOutputFolder(write, options.force ?? false);
        const folder = new TableFolder(io, write, options.documents);
        const { progress, clear } = terminalProgress(io);
        const groups = new Map<string, number>();
        for (const { group, name, title, bytes } of corpus(seed, { random, mutants })) {
          if (options.groups && !options.groups.includes(group)) continue;
          progress({ step: "writing", detail: name });
          folder.add({ folder: group, name, bytes, about: { group, title } });
          groups.set(group, (groups.get(group) ?? 0) + 1);
        }
        const count = folder.finish({ seed, random, mutants });
        clear();
        const parts = [...groups].map(([group, size]) => `${size} ${group}`).join(", ");
        if (!io.quiet) io.out(`${escapeText(write)}: ${count} tables (${parts}), expected.json\n`);
      });
  },
} satisfies CliCommand;
