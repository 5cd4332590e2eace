import { join } from "node:path";
import { type Command, Option } from "commander";
import { bytesOfText } from "../../consumers/byte-text.ts";
import { consumerId, findConsumers } from "../../consumers/models.ts";
import { type NetworkFormat, networkConfiguration, networkConsumers } from "../../consumers/network-configuration.ts";
import { formatNote } from "../../output/connect-plan.ts";
import { escapeText } from "../../text/escape.ts";
import type { CliCommand } from "../command.ts";
import { addConsumerOption, consumersNamed } from "../consumer-option.ts";
import { type Io, raise, UsageError } from "../io.ts";
import { writeOutput } from "../output.ts";
import { addSourceArguments, type SourceArguments } from "../sources/arguments.ts";
import { readableTables } from "../sources/tables.ts";

interface NetworkOptions extends SourceArguments {
  readonly outputFormat: NetworkFormat;
  readonly consumer?: readonly string[];
  readonly directory?: string;
}

/** `nbft network [SOURCE…]`: the network configuration that comes from some tables. */
export default {
  define(command: Command, io: Io): void {
    addConsumerOption(
      addSourceArguments(command, io),
      "dracut@106, dracut@112, networkmanager@1.52 or networkmanager@1.54 (default: the newest)",
    )
      .addOption(
        new Option(
          "-o, --output-format <format>",
          "lines for the kernel command line, key files, or systemd-networkd's files",
        )
          .choices(["dracut", "networkmanager", "networkd"])
          .default("dracut"),
      )
      .option("-d, --directory <folder>", "write the files there instead of printing them")
      .action((sources: string[], options: NetworkOptions) => run(sources, options, io));
  },
} satisfies CliCommand;

function run(sources: readonly string[], options: NetworkOptions, io: Io): void {
  const consumer = consumerOf(options);
  const tables = [...readableTables(sources, options, io)];
  const { lines, files, warnings, rejected } = networkConfiguration(tables, options.outputFormat, consumer);
  for (const { source, note } of warnings) io.err(`nbft: ${escapeText(source)}: ${formatNote(note)}\n`);
  if (rejected) raise(io, 2);
  if (options.directory !== undefined) {
    for (const { name, text } of files) {
      writeOutput(io, join(options.directory, name), bytesOfText(text));
      io.out(`${join(options.directory, name)}\n`);
    }
    return;
  }
  if (lines) for (const line of lines) io.out(bytesOfText(`${line}\n`));
  else {
    for (const [i, { name, text }] of files.entries()) {
      io.out(bytesOfText(`${i > 0 ? "\n" : ""}# ${name}\n${text}`));
    }
  }
}

function consumerOf({ outputFormat, consumer }: NetworkOptions): string | undefined {
  if (!consumer) return undefined;
  const fitting = networkConsumers[outputFormat];
  const chosen = consumersNamed(consumer).filter((model) => fitting.includes(consumerId(model)));
  if (chosen.length > 0) return consumerId(chosen.at(-1)!);
  const which = fitting.length === 0 ? "no consumer is imitated" : `there are ${fitting.join(", ")}`;
  throw new UsageError(
    `--consumer: for -o ${outputFormat} ${which}${findConsumers(outputFormat).length > 0 ? "" : " (networkd reads no NBFT)"}`,
  );
}
