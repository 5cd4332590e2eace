import { cleanLab } from "../../lab/build.ts";
import { labCacheFolder } from "../../lab/cache.ts";
import type { CliCommand } from "../command.ts";
import { labCacheFile } from "../help/notes.ts";
import { defineBuild } from "./lab/build.ts";
import { defineMatrix } from "./lab/matrix.ts";
import { defineRun } from "./lab/run.ts";

/** `nbft lab`: boots tables in virtual machines and proves what happened to them. */
export default {
  subcommands: [
    ["run", "boot once with these tables, or those of a boot description, and check the boot", defineRun],
    ["matrix", "boot with several stacks, and show where they differ from what is predicted", defineMatrix],
    ["build", "fetch and make what the lab's machines need; lab run does so as well", defineBuild],
    [
      "clean",
      "remove everything that the lab keeps",
      (clean, io) => clean.action(() => cleanLab(labCacheFolder(io.env))),
    ],
  ],
  manual: {
    examples: [["nbft lab run boot.yaml --depth dracut", "boots a real kernel and a real dracut"]],
    one: "the boot is refuted: a claim does not hold",
    files: [labCacheFile],
  },
} satisfies CliCommand;
