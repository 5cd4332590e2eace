import { collectorScript, hookOverlay } from "../../lab/initrds.ts";
import type { RowCommand } from "../command.ts";
import { formatRow, writeRow } from "../options/rows.ts";
import { writeOutput } from "../output.ts";

interface CollectOptions {
  readonly outputFormat: "script" | "overlay";
  readonly write: string;
}

/** `nbft collect`: prints the collector, for a machine without this program. */
export default {
  words: [],
  rows: [
    formatRow(
      ["script", "overlay"],
      "shell script, or an archive to append to a dracut initramfs, which then reports as well",
    ),
    writeRow("write it here", "file", "-"),
  ],
  run: (_, { outputFormat, write }, io) =>
    writeOutput(io, write, outputFormat === "overlay" ? hookOverlay() : collectorScript),
  manual: { examples: [["nbft collect | ssh root@server sh > server.nbft", "collects what proves a boot"]] },
} satisfies RowCommand<CollectOptions>;
