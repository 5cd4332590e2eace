import { Argument, type Command } from "commander";
import { version } from "../../version.ts";
import type { CliCommand } from "../command.ts";
import { commands } from "../commands.ts";
import { commandGroups, describeCli } from "../help/describe-cli.ts";
import { commandPage, manualPage } from "../help/manual.ts";
import type { Io } from "../io.ts";

/** `nbft manual [COMMAND]`: prints the manual page, or that of a command, for `man -l -` and for packagers. */
export default {
  define(command: Command, io: Io): void {
    command
      .addArgument(new Argument("[command]", "the command to write about").choices(commands.map(({ name }) => name)))
      .action(async (name: string | undefined) => {
        const entry = commands.find((each) => each.name === name);
        if (!entry) return io.out(manualPage(await describeCli(io), version, commandGroups()));
        const [text] = await describeCli(io, [entry]);
        const { manual } = await entry.load();
        io.out(commandPage(text!, manual, version));
      });
  },
  manual: { examples: [["nbft manual plan | man -l -", "shows the page of a command"]] },
} satisfies CliCommand;
