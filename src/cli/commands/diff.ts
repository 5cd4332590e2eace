import { type Command, Option } from "commander";
import { diffBytes } from "../../diff/diff-bytes.ts";
import { diffTables } from "../../diff/diff-tables.ts";
import { readAnyTable } from "../any-table.ts";
import type { CliCommand } from "../command.ts";
import { type Io, raise } from "../io.ts";
import { type ColorChoice, colorOption, paintFor } from "../paint.ts";
import { renderDifferences } from "../render/differences.ts";

interface DiffOptions {
  readonly outputFormat: "text" | "json";
  readonly bytes?: true;
  readonly showSecrets?: true;
  readonly color: ColorChoice;
}

/** `nbft diff A B`: what two tables say differently. Exits 0 when they are the same, 1 when they differ, 2 on trouble. */
export default {
  define(command: Command, io: Io): void {
    command
      .argument("<a>", "table in any form, document or boot description, or -")
      .argument("<b>", "the other one")
      .addOption(new Option("-o, --output-format <format>", "how to show it").choices(["text", "json"]).default("text"))
      .option("--bytes", "also tell where the bytes differ though they say the same: offsets, lengths, padding")
      .option("--show-secrets", "show key paths in text")
      .addOption(colorOption())
      .action((a: string, b: string, options: DiffOptions) => {
        const [before, after] = [readAnyTable(a, {}, io), readAnyTable(b, {}, io)];
        const differences = diffTables(before.reading.table, after.reading.table);
        const bytes = options.bytes ? diffBytes(before.reading, after.reading) : undefined;
        if (differences.length > 0 || (bytes?.length ?? 0) > 0) raise(io, 1);
        if (options.outputFormat === "json") {
          io.out(
            `${JSON.stringify({ a: before.name, b: after.name, differences, ...(bytes ? { bytes } : {}) }, null, 2)}\n`,
          );
        } else io.out(renderDifferences(differences, bytes, paintFor(io, options.color), options.showSecrets ?? false));
      });
  },
} satisfies CliCommand;
