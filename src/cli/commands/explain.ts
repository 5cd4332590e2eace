import { type Command, Option } from "commander";
import { explainTables } from "../../consumers/explain.ts";
import { consumerModels } from "../../consumers/models.ts";
import { formatExplanation } from "../../output/explanation.ts";
import { formatJson } from "../../text/json.ts";
import type { CliCommand } from "../command.ts";
import { addConsumerOption, consumersNamed } from "../consumer-option.ts";
import type { Io } from "../io.ts";
import { type ColorChoice, colorOption, paintFor } from "../paint.ts";
import { addSourceArguments, type SourceArguments } from "../sources/arguments.ts";
import { readableTables } from "../sources/tables.ts";

interface ExplainOptions extends SourceArguments {
  readonly outputFormat: "text" | "json";
  readonly consumer?: readonly string[];
  readonly models?: true;
  readonly color: ColorChoice;
}

/** `nbft explain [SOURCE…]`: what each consumer does with some tables, as if they lay in one directory. */
export default {
  define(command: Command, io: Io): void {
    addConsumerOption(
      addSourceArguments(command, io),
      "only this one, for example dracut or nvme-cli@2.13; may be repeated",
    )
      .addOption(new Option("-o, --output-format <format>", "text or JSON").choices(["text", "json"]).default("text"))
      .option("--models", "show also what each model rests on and does not cover, and what consumers write")
      .addOption(colorOption())
      .action((sources: string[], options: ExplainOptions) => {
        const models = options.consumer ? consumersNamed(options.consumer) : consumerModels;
        const show = options.models ?? options.consumer !== undefined;
        const tables = [...readableTables(sources, options, io)];
        const explanation = explainTables(tables, models);
        if (options.outputFormat === "json") io.out(formatJson(explanation));
        else if (tables.length > 0)
          io.out(formatExplanation(explanation, { paint: paintFor(io, options.color), models: show }));
      });
  },
} satisfies CliCommand;
