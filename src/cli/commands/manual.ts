import { Argument, type Command } from "commander";
import { version } from "../../version.ts";
import type { CliCommand } from "../command.ts";
import { commands } from "../commands.ts";
import { commandNotes } from "../help/command-notes.ts";
import { commandGroups, describeCli } from "../help/describe-cli.ts";
import { commandPage, manualPage } from "../help/manual.ts";
import type { Io } from "../io.ts";

/** `nbft manual [COMMAND]`: prints the manual page, or that of a command, for `man -l -` and for packagers. */
export default {
  define(command: Command, io: Io): void {
    command
      .addArgument(new Argument("[command]", "the command to write about").choices(commands.map(({ name }) => name)))
      .action(async (name: string | undefined) => {
        const all = await describeCli(io);
        const one = all.find((each) => each.name === name);
        io.out(one ? commandPage(one, commandNotes[one.name]!, version) : manualPage(all, version, commandGroups()));
      });
  },
} satisfies CliCommand;
