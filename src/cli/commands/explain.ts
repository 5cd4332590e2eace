import { basename } from "node:path";
import { explainTables } from "../../consumers/explain.ts";
import { allModels, stackModels } from "../../consumers/models.ts";
import type { TableFile } from "../../consumers/nvme-cli/show.ts";
import { stackModel } from "../../consumers/stacks.ts";
import { NbftError } from "../../errors.ts";
import { describeInitramfs } from "../../initramfs/description.ts";
import { problemsOfInitramfs } from "../../initramfs/problems.ts";
import { stackOfInitramfs } from "../../initramfs/stack.ts";
import { tryRead } from "../../nbft/read/shared-reading.ts";
import { networkDrivers, openInitramfsPath } from "../../node/initramfs.ts";
import { formatExplanation } from "../../output/explanation.ts";
import { formatInitramfs } from "../../output/initramfs.ts";
import type { Paint } from "../../output/paint.ts";
import { formatRemedies } from "../../output/remedies.ts";
import { formatSecurityNeeds } from "../../output/security-needs.ts";
import { remediesOf } from "../../repair/remedies.ts";
import { pathsWithProfile } from "../../secrets/archive.ts";
import { securityNeeds } from "../../secrets/needs.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { paintFor } from "../color.ts";
import type { RowCommand } from "../command.ts";
import { modelsAsked } from "../consumer-option.ts";
import { liveTablesFile } from "../help/notes.ts";
import { UsageError } from "../io.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { colorRow, formatRow, verboseRow } from "../options/rows.ts";
import { consumerRow, sourceRows, sourceWords, stackRow } from "../options/table-rows.ts";
import { describing } from "../sources/describing.ts";
import { readableTables } from "../sources/tables.ts";

const rows = [
  ...sourceRows,
  consumerRow("only these programs, for example dracut or nvme-cli@2.13, with commas between"),
  stackRow,
  { flags: "-a, --all", description: "every known release, instead of those of distributions" },
  formatRow(["text", "json", "ndjson"], "text, JSON, or one JSON object a table"),
  {
    flags: "--initrd <file|folder>",
    description: "predict for this initramfs (or unpacked folder), and show what it lacks",
  },
  {
    flags: "--drivers <names>",
    description: "kernel modules of the network cards for --initrd (default: this machine's)",
    parse: (names) => names.split(","),
  },
  verboseRow("also show the evidence and limits of each model, and the files that programs write"),
  colorRow,
] as const satisfies readonly OptionRow[];

type ExplainOptions = OptionsOf<typeof rows>;

/** `nbft explain [SOURCE…]`: what systems and programs do with some tables, as if they lay in one directory. */
export default {
  words: sourceWords,
  rows,
  async run(sources, options, io) {
    if (options.all && (options.consumer || options.stack !== undefined)) {
      throw new UsageError("--all shows every release: leave out --consumer and --stack");
    }
    const opened = options.initrd === undefined ? undefined : openImage(options.initrd, options);
    const asked = opened ? opened.models : modelsAsked(options);
    const models = asked ?? (options.all ? allModels() : stackModels());
    const tables = [...readableTables(sources, { ...(await describing(sources, options, io)), shows: true }, io)];
    const explanation = explainTables(tables, models);
    const image = opened?.about(tables);
    const explained = explanation.tables.map((table, i) => ({
      ...table,
      security: securityNeeds(tables[i]!, models),
    }));
    const remedies = remediesOf(
      tables.map(({ path, bytes, show }) => ({
        path,
        bytes,
        isPartial: !!show,
        hostUnknown: !!show && !show.host?.nqn,
      })),
      models,
    );
    if (options.outputFormat === "json")
      io.out(formatJson({ ...image?.data, ...explanation, tables: explained, remedies }));
    else if (options.outputFormat === "ndjson") {
      for (const table of explained) {
        io.out(`${JSON.stringify({ ...table, ...image?.data, consumers: explanation.consumers, remedies })}\n`);
      }
    } else if (tables.length > 0) {
      const show = options.verbose ?? asked !== undefined;
      if (image) io.out(image.text(paintFor(io)));
      if (models.length > 0) io.out(formatExplanation(explanation, { paint: paintFor(io), models: show }));
      for (const { source, security } of explained) io.out(formatSecurityNeeds(source, security, paintFor(io)));
      const help = formatRemedies(remedies, paintFor(io));
      if (help !== "") io.out(`\n${help}`);
    }
  },
  manual: {
    examples: [
      ["nbft explain NBFT", "predicts what each program will do, and why they differ"],
      ["nbft explain NBFT --initrd /boot/initrd.img", "predicts for an initramfs, too"],
    ],
    files: [liveTablesFile],
  },
} satisfies RowCommand<ExplainOptions>;

/** An initramfs as `--initrd` names it: its one model, and what is shown of it beside the prediction. */
function openImage(path: string, { consumer, stack, all, drivers = networkDrivers() }: ExplainOptions) {
  if (consumer || stack !== undefined || all)
    throw new UsageError("--initrd is one stack: leave out --consumer, --stack and --all");
  const description = describeInitramfs(openNamed(path), drivers);
  const found = stackOfInitramfs(basename(path), description);
  const system = { hostNqn: description.hostNqn?.value, hostId: description.hostId?.value };
  return {
    models: typeof found === "string" ? [] : [stackModel(found, { system })],
    about: (tables: readonly TableFile[]) => {
      const problems = problemsOfInitramfs(
        description,
        found,
        tables.some(({ bytes }) => hasVlan(bytes)),
        [...new Set(pathsWithProfile(tables))]
          .filter(({ profile }) => profile)
          .map(({ path: wanted, requires }) => ({ path: wanted, ...requires })),
      );
      const unpredicted = typeof found === "string" ? found : undefined;
      return {
        data: { initramfs: { source: path, ...description, problems, unpredicted } },
        text: (paint: Paint) => `${formatInitramfs(path, description, problems, unpredicted, paint)}\n`,
      };
    },
  };
}

function openNamed(path: string) {
  try {
    return openInitramfsPath(path);
  } catch (error) {
    if (error instanceof NbftError) throw new UsageError(`${escapeText(path)}: ${escapeText(error.message)}`);
    throw error;
  }
}

function hasVlan(bytes: Uint8Array): boolean {
  return tryRead(bytes)?.table.hfi.some(({ transportInfo }) => (transportInfo?.vlan ?? 0) !== 0) ?? false;
}
