import type { Command } from "commander";
import { collectorScript, hookOverlay } from "../../lab/initrds.ts";
import type { CliCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { writeOutput } from "../output.ts";

interface CollectOptions {
  readonly output: string;
  readonly overlay?: true;
}

/** `nbft collect`: prints the collector, for a machine that has none of this. */
export default {
  define(command: Command, io: Io): void {
    command
      .option("-o, --output <file>", "where to write it", "-")
      .option("--overlay", "instead, an archive to append to a dracut initramfs: it reports from there as well")
      .action(({ output, overlay }: CollectOptions) => {
        writeOutput(io, output, overlay ? hookOverlay() : collectorScript);
      });
  },
} satisfies CliCommand;
