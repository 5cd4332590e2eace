import { cleanLab } from "../../lab/build.ts";
import { labCacheFolder } from "../../lab/cache.ts";
import type { CliCommand, RowAction } from "../command.ts";
import { labCacheFile } from "../help/notes.ts";
import { buildAction } from "./lab/build.ts";
import { matrixAction } from "./lab/matrix.ts";
import { runAction } from "./lab/run.ts";

const cleanAction: RowAction = {
  words: [],
  rows: [],
  run: (_words, _options, io) => cleanLab(labCacheFolder(io.env)),
};

/** `nbft lab`: boots tables in virtual machines and proves what happened to them. */
export default {
  subcommands: [
    ["run", "boot once with these tables, or those of a boot description, and check the boot", runAction],
    ["matrix", "boot with several stacks, and show where they differ from what is predicted", matrixAction],
    ["build", "fetch and build what the lab's machines need; lab run does so, too", buildAction],
    ["clean", "remove everything that the lab keeps", cleanAction],
  ],
  manual: {
    examples: [["nbft lab run boot.yaml --depth dracut", "boots a real kernel and a real dracut"]],
    one: "the boot is refuted: a claim does not hold",
    files: [labCacheFile],
  },
} satisfies CliCommand;
