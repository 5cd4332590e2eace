import type { Command } from "commander";
import { diffTables } from "../../diff/diff-tables.ts";
import { readNbft } from "../../nbft/read.ts";
import { repairable, repairNbft } from "../../repair/repair.ts";
import { readAnyTable } from "../any-table.ts";
import type { CliCommand } from "../command.ts";
import { type Io, raise, UsageError } from "../io.ts";
import { writeOutput } from "../output.ts";
import { type ColorChoice, colorOption, paintFor } from "../paint.ts";
import { renderDifferences } from "../render/differences.ts";

interface RepairOptions {
  readonly output?: string;
  readonly only?: readonly string[];
  readonly dryRun?: true;
  readonly color: ColorChoice;
}

/** `nbft repair FILE -o OUT`: mends what can be mended safely. Exits 1 when errors are left. */
export default {
  define(command: Command, io: Io): void {
    command
      .argument("<file>", "table, in any container, or -")
      .option(
        "-o, --output <file>",
        "file to write, - for standard output; the table itself only when it is named here",
      )
      .option("--only <rules...>", `codes of the rules to repair: ${repairable.join(", ")}`)
      .option("--dry-run", "show what would change, write nothing")
      .addOption(colorOption())
      .action((file: string, options: RepairOptions) => {
        const only = options.only?.flatMap((word) => word.split(",")).filter(Boolean);
        const unknown = only?.find((rule) => !repairable.includes(rule));
        if (unknown !== undefined) throw new UsageError(`${unknown} cannot be repaired; ${repairable.join(", ")} can`);
        if (options.output === undefined && !options.dryRun)
          throw new UsageError("name the file to write with -o FILE, or ask for --dry-run");
        const before = readAnyTable(file, {}, io);
        const { bytes, applied, left } = repairNbft(before.bytes, only);
        // With the table on standard output, everything that is said about it goes to standard error.
        const say = (text: string) => (options.output === "-" ? io.err(text) : io.out(text));
        const paint = paintFor(io, options.color);
        for (const { rule, title, findings } of applied)
          say(`${paint.good(rule)} ${title}${findings > 1 ? ` (${findings} findings)` : ""}\n`);
        if (applied.length === 0) say("nothing to repair\n");
        say(renderDifferences(diffTables(before.reading.table, readNbft(bytes).table), undefined, paint, false));
        const errors = left.filter(({ severity }) => severity === "error");
        for (const { rule, path, message } of errors) say(`${paint.bad("left")} ${rule} ${path}: ${message}\n`);
        if (errors.length > 0) raise(io, 1);
        if (!options.dryRun) writeOutput(io, options.output!, bytes);
      });
  },
} satisfies CliCommand;
