import type { Command } from "commander";
import { collectorScript, hookOverlay } from "../../lab/initrds.ts";
import type { CliCommand } from "../command.ts";
import type { Io } from "../io.ts";
import { optionOf } from "../options/add.ts";
import { formatRow, writeRow } from "../options/rows.ts";
import { writeOutput } from "../output.ts";

interface CollectOptions {
  readonly outputFormat: "script" | "overlay";
  readonly write: string;
}

/** `nbft collect`: prints the collector, for a machine without this program. */
export default {
  define(command: Command, io: Io): void {
    command
      .addOption(
        optionOf(
          formatRow(
            ["script", "overlay"],
            "shell script, or an archive to append to a dracut initramfs, which then reports as well",
          ),
        ),
      )
      .addOption(optionOf(writeRow("write it here", "file", "-")))
      .action(({ outputFormat, write }: CollectOptions) => {
        writeOutput(io, write, outputFormat === "overlay" ? hookOverlay() : collectorScript);
      });
  },
  manual: { examples: [["nbft collect | ssh root@server sh > server.nbft", "collects what proves a boot"]] },
} satisfies CliCommand;
