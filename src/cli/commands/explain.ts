import type { Command } from "commander";
import { explainTables } from "../../consumers/explain.ts";
import { allModels, stackModels } from "../../consumers/models.ts";
import { formatExplanation } from "../../output/explanation.ts";
import { formatJson } from "../../text/json.ts";
import { paintFor } from "../color.ts";
import type { CliCommand } from "../command.ts";
import { addConsumerOption, addStackOption, type ConsumerArguments, modelsAsked } from "../consumer-option.ts";
import { type Io, UsageError } from "../io.ts";
import { colorOption, verboseOption } from "../options/common.ts";
import { formatOption } from "../options/format.ts";
import { addSourceArguments, type SourceArguments } from "../sources/arguments.ts";
import { readableTables } from "../sources/tables.ts";

interface ExplainOptions extends SourceArguments, ConsumerArguments {
  readonly outputFormat: "text" | "json" | "ndjson";
  readonly all?: true;
  readonly verbose?: true;
}

/** `nbft explain [SOURCE…]`: what systems and programs do with some tables, as if they lay in one directory. */
export default {
  define(command: Command, io: Io): void {
    addStackOption(
      addConsumerOption(
        addSourceArguments(command, io),
        "only these programs, for example dracut or nvme-cli@2.13, with commas between",
      ),
    )
      .option("-a, --all", "every release that is known, instead of what distributions ship")
      .addOption(formatOption(["text", "json", "ndjson"], "text, JSON, or one JSON object a table"))
      .addOption(verboseOption("show also what each model rests on and does not cover, and what consumers write"))
      .addOption(colorOption())
      .action((sources: string[], options: ExplainOptions) => {
        if (options.all && (options.consumer || options.stack !== undefined)) {
          throw new UsageError("--all shows every release: leave out --consumer and --stack");
        }
        const asked = modelsAsked(options);
        const models = asked ?? (options.all ? allModels() : stackModels());
        const tables = [...readableTables(sources, { ...options, shows: true }, io)];
        const explanation = explainTables(tables, models);
        if (options.outputFormat === "json") io.out(formatJson(explanation));
        else if (options.outputFormat === "ndjson") {
          for (const table of explanation.tables) {
            io.out(`${JSON.stringify({ ...table, consumers: explanation.consumers })}\n`);
          }
        } else if (tables.length > 0) {
          const show = options.verbose ?? asked !== undefined;
          io.out(formatExplanation(explanation, { paint: paintFor(io), models: show }));
        }
      });
  },
} satisfies CliCommand;
