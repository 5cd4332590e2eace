import { collectorScript, hookOverlay } from "../../lab/initrds.ts";
import type { RowCommand } from "../command.ts";
import type { OptionsOf } from "../options/options-of.ts";
import type { OptionRow } from "../options/rows.ts";
import { formatRow, resultRow } from "../options/rows.ts";
import { writeOutput } from "../output.ts";

const rows = [
  formatRow(["script", "overlay"], "shell script, or an archive for a dracut initramfs, which then reports, too"),
  resultRow("write it here"),
] as const satisfies readonly OptionRow[];

type CollectOptions = OptionsOf<typeof rows>;

/** `nbft collect`: prints the collector, for a machine without this program. */
export default {
  words: [],
  rows,
  run: (_, { outputFormat, write }, io) =>
    writeOutput(io, write, outputFormat === "overlay" ? hookOverlay() : collectorScript),
  manual: { examples: [["nbft collect | ssh root@server sh > server.nbft", "collects what proves a boot"]] },
} satisfies RowCommand<CollectOptions>;
