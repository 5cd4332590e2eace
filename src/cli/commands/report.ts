import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainTables } from "../../consumers/explain.ts";
import { NbftError } from "../../errors.ts";
import type { NbftReading } from "../../nbft/read/read.ts";
import { readShared } from "../../nbft/read/shared-reading.ts";
import { readNamed } from "../../node/file-error.ts";
import { topologyOf } from "../../output/picture/topology.ts";
import { topologyMermaid } from "../../output/picture/topology-mermaid.ts";
import { topologySvg } from "../../output/picture/topology-svg.ts";
import { consumerMatrix } from "../../output/report/consumer-matrix.ts";
import { explainedFindings } from "../../output/report/explained-findings.ts";
import { pathsSeen, type ReportClaim, reportHtml } from "../../output/report/html.ts";
import { parseJson } from "../../text/parse-json.ts";
import type { RowCommand } from "../command.ts";
import { liveTablesFile } from "../help/notes.ts";
import { aboutFile, type Io, UsageError } from "../io.ts";
import { openPage } from "../open-page.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { formatRow, resultRow, secretsRow } from "../options/rows.ts";
import { sourceRows, sourceWords } from "../options/table-rows.ts";
import { refuseTerminal, writeOutput } from "../output.ts";
import { describing } from "../sources/describing.ts";
import { complain } from "../sources/readable.ts";
import { readableTables } from "../sources/tables.ts";

type Format = "html" | "svg" | "mermaid";

interface Named {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly reading: NbftReading;
}

/** The format has no default: the name of the file says it. */
const { default: _, ...writtenRow } = formatRow(
  ["html", "svg", "mermaid"],
  "what to write (default: by the name after -w, else html)",
);

const rows = [
  ...sourceRows,
  writtenRow,
  resultRow("write the report here"),
  { flags: "--open", description: "open the page in a browser" },
  {
    flags: "--verify <result>",
    description: "add the claims of a JSON result of nbft verify, and mark its dead paths",
  },
  secretsRow,
] as const satisfies readonly OptionRow[];

type ReportOptions = OptionsOf<typeof rows>;

/** `nbft report [SOURCE…] -w FILE`: a picture of tables, alone or in a page with everything else that is known of them. */
export default {
  words: sourceWords,
  rows,
  async run(sources, options, io) {
    const file = options.open ? openable(options.write) : options.write;
    const format = options.outputFormat ?? formatOf(file);
    const claims = options.verify === undefined ? undefined : claimsOf(options.verify);
    const tables = [...named(sources, await describing(sources, options, io), io)];
    if (tables.length === 0) return;
    if (format === "html" && file === "-") refuseTerminal(io, "HTML");
    writeOutput(io, file, render(format, tables, claims, options.showSecrets ?? false));
    if (options.open) await openPage(io, file);
  },
  manual: {
    examples: [
      ["nbft report -w boot.html", "draws the tables of this machine"],
      ["nbft report NBFT --open", "opens the page in a browser"],
      [
        "nbft verify boot.nbft -o json > boot.json; nbft report NBFT --verify boot.json -w boot.html",
        "adds what a boot proved",
      ],
    ],
    files: [liveTablesFile],
  },
} satisfies RowCommand<ReportOptions>;

/** A page that is opened is a file, and stays. */
function openable(file: string): string {
  return file === "-" ? join(mkdtempSync(join(tmpdir(), "nbft-")), "report.html") : file;
}

function formatOf(file: string): Format {
  if (file.endsWith(".svg")) return "svg";
  return /\.(mmd|mermaid)$/.test(file) ? "mermaid" : "html";
}

function* named(sources: readonly string[], options: ReportOptions, io: Io): Generator<Named> {
  for (const { path, bytes } of readableTables(sources, { ...options, shows: true }, io)) {
    try {
      yield { name: path, bytes, reading: readShared(bytes) };
    } catch (error) {
      if (!(error instanceof NbftError)) throw error;
      complain(io, path, error.message);
    }
  }
}

function render(
  format: Format,
  tables: readonly Named[],
  claims: readonly ReportClaim[] | undefined,
  showSecrets: boolean,
): string {
  if (format === "html") {
    const explanation = explainTables(tables.map(({ name, bytes }) => ({ path: name, bytes })));
    return reportHtml({
      tables: tables.map(({ name, reading }, i) => ({
        name,
        reading,
        findings: explainedFindings(reading),
        paths: explanation.tables[i]!.paths,
        matrix: consumerMatrix(explanation, explanation.tables[i]!),
      })),
      ...(claims ? { claims } : {}),
      showSecrets,
    });
  }
  if (tables.length > 1) throw new UsageError(`${format} shows one table; ${tables.length} were given`);
  const topology = topologyOf(tables[0]!.reading.table, pathsSeen(claims ?? []));
  return format === "svg" ? topologySvg(topology) : topologyMermaid(topology);
}

/** The claims of `nbft verify -o json`. */
function claimsOf(file: string): readonly ReportClaim[] {
  const result = aboutFile(file, () => parseJson(Buffer.from(readNamed(file)).toString()));
  const boots = (Array.isArray(result) ? result : [result]) as ({ claims?: unknown } | null)[];
  if (boots.length > 1) throw new UsageError(`${file}: ${boots.length} boots; a report shows one`);
  const claims = boots[0]?.claims;
  if (!Array.isArray(claims) || !claims.every(isClaim))
    throw new UsageError(`${file}: no result of nbft verify -o json`);
  return claims;
}

function isClaim(value: unknown): value is ReportClaim {
  if (typeof value !== "object" || value === null) return false;
  const claim = value as Record<string, unknown>;
  const texts = ["id", "about", "title", "expected", "seen", "source"].every((key) => typeof claim[key] === "string");
  return texts && ["pass", "fail", "unknown"].includes(claim["verdict"] as string);
}
