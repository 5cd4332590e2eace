import type { Command } from "commander";
import { cleanLab } from "../../lab/build.ts";
import { labCacheFolder } from "../../lab/cache.ts";
import type { CliCommand } from "../command.ts";
import { labCacheFile } from "../help/notes.ts";
import type { Io } from "../io.ts";
import { defineBuild } from "./lab/build.ts";
import { defineMatrix } from "./lab/matrix.ts";
import { defineRun } from "./lab/run.ts";

/** `nbft lab`: boots tables in virtual machines and proves what happened to them. */
export default {
  define(command: Command, io: Io): void {
    const add = (name: string, summary: string, define: (command: Command, io: Io) => void) => {
      define(command.command(name).summary(summary).description(summary), io);
    };
    add("run", "boot once with these tables, or those of a boot description, and check the boot", defineRun);
    add("matrix", "boot with several stacks, and show where they differ from what is predicted", defineMatrix);
    add("build", "fetch and make what the lab's machines need; lab run does so as well", defineBuild);
    add("clean", "remove everything that the lab keeps", (clean) => {
      clean.action(() => cleanLab(labCacheFolder(io.env)));
    });
  },
  manual: {
    examples: [["nbft lab run boot.yaml --depth dracut", "boots a real kernel and a real dracut"]],
    one: "the boot is refuted: a claim does not hold",
    files: [labCacheFile],
  },
} satisfies CliCommand;
