import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { labCacheFolder } from "../../../lab/cache.ts";
import { defaultSuite } from "../../../lab/debian.ts";
import { type MatrixRun, runMatrix } from "../../../lab/matrix/matrix.ts";
import { formatMatrix } from "../../../lab/matrix/page.ts";
import { writeFileAtomic } from "../../../node/write-file.ts";
import { escapeText } from "../../../text/escape.ts";
import type { RowAction } from "../../command.ts";
import { note, raise, UsageError } from "../../io.ts";
import type { OptionsOf } from "../../options/options-of.ts";
import type { OptionRow } from "../../options/rows.ts";
import { writeRow } from "../../options/rows.ts";
import { sourceRows, sourceWords } from "../../options/table-rows.ts";
import { makeFolder, writeOutput } from "../../output.ts";
import { tablesOfSources } from "../../sources/boot.ts";
import { mirrorRow } from "./parts.ts";
import { longWork } from "./work.ts";

const rows = [
  ...sourceRows,
  {
    flags: "--suites <names>",
    description: `Debian releases whose kernel, dracut and nvme-cli boot them (default: ${defaultSuite})`,
    list: true,
  },
  {
    flags: "--depths <depths>",
    description: "how far (default: connect)",
    list: true,
    choices: ["read", "connect", "dracut"],
  },
  mirrorRow,
  {
    flags: "--results <file>",
    description: "lines of JSON, one a boot: what is in it is not booted again, what is new is added",
  },
  {
    flags: "--evidence <folder>",
    description: "keep what the machines of each new boot said, a file a boot",
  },
  writeRow("where to write the page (default: standard output)"),
] as const satisfies readonly OptionRow[];

type MatrixArguments = OptionsOf<typeof rows>;

/** `nbft lab matrix`: boots every source by every stack, and shows where the stacks differ from what is predicted. */
export const matrixAction: RowAction<MatrixArguments> = {
  words: sourceWords,
  rows,
  async run(sources, options, io) {
    if (sources.length === 0 && options.results === undefined)
      throw new UsageError(
        "SOURCE is missing: tables or boot descriptions to boot; or --results, to show what is in it",
      );
    const { suites = [defaultSuite], depths = ["connect"], results, mirror = io.env["NBFT_MIRROR"] } = options;
    const cases = sources.map((name) => {
      const { tables, boot } = tablesOfSources([name], options, io);
      return { name: escapeText(name), tables, described: boot?.targets };
    });
    const known = results === undefined ? [] : readResults(results);
    const keep = (run: MatrixRun, evidence: Uint8Array | undefined) => {
      // Before the line that says that this boot need not be made again.
      if (options.evidence !== undefined && evidence) keepEvidence(options.evidence, run, evidence);
      if (results !== undefined) appendFileSync(results, `${JSON.stringify(run)}\n`);
      const findings = run.findings?.length ?? 0;
      note(io, `${run.name}, ${run.suite}, ${run.depth}: ${run.judgement}, ${findings} findings, ${run.seconds} s`);
    };
    const plan = { cases, suites, depths, build: { cache: labCacheFolder(io.env), mirror } };
    const { runs, gaps } =
      sources.length === 0
        ? { runs: latest(known), gaps: [] }
        : await longWork(io, (tools) => runMatrix(plan, known, keep, tools));
    const page = formatMatrix(runs, gaps);
    if (options.write === undefined) io.out(page);
    else writeOutput(io, options.write, page);
    for (const { name, suite, depth, why } of gaps) note(io, `${name}, ${suite}, ${depth}: ${escapeText(why)}`);
    if (gaps.length > 0) raise(io, 2);
    else if (runs.some(({ findings }) => findings && findings.length > 0)) raise(io, 1);
  },
};

function keepEvidence(folder: string, { name, suite, depth }: MatrixRun, evidence: Uint8Array): void {
  makeFolder(folder);
  const file = `${name}-${suite}-${depth}`.replace(/[^\w.+=-]+/g, "_");
  writeFileAtomic(join(folder, `${file}.nbft`), evidence);
}

/** The last boot of each name, suite and depth. */
function latest(runs: readonly MatrixRun[]): MatrixRun[] {
  return [...new Map(runs.map((run) => [`${run.name} ${run.suite} ${run.depth}`, run])).values()];
}

function readResults(path: string): MatrixRun[] {
  if (!existsSync(path)) return [];
  const lines = readFileSync(path, "utf8").split("\n");
  return lines.flatMap((line, i) => {
    if (line.trim() === "") return [];
    try {
      return [JSON.parse(line) as MatrixRun];
    } catch {
      throw new UsageError(`${escapeText(path)}: line ${i + 1} is not JSON; remove it, and that boot is made again`);
    }
  });
}
