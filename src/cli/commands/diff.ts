import { type Command, Option } from "commander";
import { diffBytes } from "../../diff/diff-bytes.ts";
import { diffTables } from "../../diff/diff-tables.ts";
import { containerKinds } from "../../node/index.ts";
import { renderByteDifferences, renderDifferences } from "../../output/differences.ts";
import { formatJson } from "../../text/json.ts";
import type { CliCommand } from "../command.ts";
import { type Io, raise, UsageError } from "../io.ts";
import { type ColorChoice, colorOption, paintFor } from "../paint.ts";
import type { SourceArguments } from "../sources/arguments.ts";
import { oneTable } from "../sources/one-table.ts";

interface DiffOptions extends Pick<SourceArguments, "from"> {
  readonly outputFormat: "text" | "json";
  readonly bytes?: true;
  readonly showSecrets?: true;
  readonly color: ColorChoice;
}

/** `nbft diff A B`: what two tables say differently. Exits 0 when they are the same, 1 when they differ, 2 on trouble. */
export default {
  define(command: Command, io: Io): void {
    command
      .argument("<a>", "table in any container, document or boot description, or -")
      .argument("<b>", "the other one")
      .addOption(new Option("-o, --output-format <format>", "how to show it").choices(["text", "json"]).default("text"))
      .option("--bytes", "also tell where the bytes differ though they say the same: places, lengths, leftovers")
      .addOption(
        new Option("--from <kind>", "what the tables are in, instead of judging by their content").choices([
          ...containerKinds,
        ]),
      )
      .option("--show-secrets", "show key paths in text")
      .addOption(colorOption())
      .action((a: string, b: string, options: DiffOptions) => {
        if (a === "-" && b === "-") throw new UsageError("standard input can be read once only");
        const [before, after] = [oneTable(a, options, io), oneTable(b, options, io)];
        const differences = diffTables(before.reading.table, after.reading.table);
        const bytes = options.bytes ? diffBytes(before.reading, after.reading) : undefined;
        if (differences.length > 0 || (bytes?.length ?? 0) > 0) raise(io, 1);
        if (options.outputFormat === "json") {
          const result = { a: before.name, b: after.name, differences, ...(bytes && { bytes }) };
          io.out(formatJson(result));
          return;
        }
        const style = { paint: paintFor(io, options.color), showSecrets: options.showSecrets };
        io.out(renderDifferences(differences, style) + renderByteDifferences(bytes ?? [], style));
      });
  },
} satisfies CliCommand;
