import { join } from "node:path";
import { latin1Bytes } from "../../bytes/latin1.ts";
import { behavioursOf, findRelease, programs } from "../../consumers/behaviours/index.ts";
import { findReleases } from "../../consumers/models.ts";
import { type NetworkWriter, networkConfiguration, newestWriter } from "../../consumers/network-configuration.ts";
import { besideRelease } from "../../consumers/stacks.ts";
import { formatNote } from "../../output/connect-plan.ts";
import { escapeText } from "../../text/escape.ts";
import type { RowCommand } from "../command.ts";
import { stackNamed } from "../consumer-option.ts";
import { liveTablesFile } from "../help/notes.ts";
import { type Io, note, raise, UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { formatRow, resultRow } from "../options/rows.ts";
import { consumerRow, sourceRows, sourceWords, stackRow } from "../options/table-rows.ts";
import { makeFolder, writeOutput } from "../output.ts";
import { describing } from "../sources/describing.ts";
import { readableTables } from "../sources/tables.ts";

const rows = [
  ...sourceRows,
  consumerRow("program whose files to print, for example dracut@106 or networkmanager@1.58 (default: the newest)"),
  stackRow,
  formatRow(
    ["dracut", "networkmanager", "networkd"],
    "lines for the kernel command line, key files, or systemd-networkd's files",
  ),
  resultRow("write the files into this folder", "folder"),
] as const satisfies readonly OptionRow[];

type NetworkOptions = OptionsOf<typeof rows>;

/** `nbft network [SOURCE…]`: the network configuration that comes from some tables. */
export default {
  words: sourceWords,
  rows,
  run: async (sources, options, io) => print(sources, await describing(sources, options, io), io),
  manual: { examples: [["nbft network -o networkmanager NBFT", "prints key files"]], files: [liveTablesFile] },
} satisfies RowCommand<NetworkOptions>;

function print(sources: readonly string[], options: NetworkOptions, io: Io): void {
  const writer = writerOf(options, (remark) => note(io, escapeText(remark)));
  const tables = [...readableTables(sources, { ...options, shows: true }, io)];
  const { lines, files, warnings, rejected } = networkConfiguration(tables, options.outputFormat, writer);
  for (const warning of warnings) {
    const text = `${escapeText(warning.source)}: ${formatNote(warning.note)}`;
    if (rejected) io.err(`nbft: ${text}\n`);
    else note(io, text);
  }
  if (rejected) raise(io, 2);
  if (options.write !== "-") {
    if (files.length > 0) makeFolder(options.write);
    for (const { name, text } of files) {
      const path = join(options.write, name);
      writeOutput(io, path, latin1Bytes(text));
      if (!io.quiet) io.out(`${path}\n`);
    }
    return;
  }
  if (lines) for (const line of lines) io.out(latin1Bytes(`${line}\n`));
  else {
    for (const [i, { name, text }] of files.entries()) {
      io.out(latin1Bytes(`${i > 0 ? "\n" : ""}# ${name}\n${text}`));
    }
  }
}

const formatPrograms = { dracut: "dracut", networkmanager: "networkmanager", networkd: undefined } as const;

function writerOf({ outputFormat, consumer, stack }: NetworkOptions, tell: (remark: string) => void): NetworkWriter {
  if (stack !== undefined && consumer) throw new UsageError("give either --stack or --consumer");
  if (stack !== undefined) return { stack: stackNamed(stack) };
  if (!consumer) return newestWriter(outputFormat);
  const program = formatPrograms[outputFormat];
  const releases = consumer.flatMap((word) => {
    const found = findReleases(word);
    return found.length > 1 ? [findRelease(found[0]!.program, programs[found[0]!.program].newest.release)!] : found;
  });
  const release = releases.findLast((each) => each.program === program);
  if (!release) {
    const which =
      program === undefined ? "no consumer is imitated (networkd reads no NBFT)" : `it takes ${program}@RELEASE`;
    throw new UsageError(`--consumer: for -o ${outputFormat} ${which}`);
  }
  if (release.outside !== undefined) tell(release.outside);
  if (program === "networkmanager" && behavioursOf(program, release.release).readsNbft) return { reader: release };
  const beside = besideRelease(release);
  tell(beside.remark);
  const { dracut, nvmeCli } = beside.stack;
  return {
    stack: program === "dracut" ? { dracut: release, nvmeCli } : { dracut, nvmeCli, networkManager: release },
  };
}
