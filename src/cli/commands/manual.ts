import type { Command } from "commander";
import { version } from "../../version.ts";
import type { CliCommand } from "../command.ts";
import { commandGroups, describeCli } from "../help/describe-cli.ts";
import { manualPage } from "../help/manual.ts";
import type { Io } from "../io.ts";

/** `nbft manual`: prints the manual page, for `man -l -` and for packagers. */
export default {
  define(command: Command, io: Io): void {
    command.action(async () => {
      io.out(manualPage(await describeCli(io), version, commandGroups()));
    });
  },
} satisfies CliCommand;
