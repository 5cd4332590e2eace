import type { Command } from "commander";
import type { CliCommand } from "../command.ts";
import { commandGroups, describeCli } from "../describe-cli.ts";
import type { Io } from "../io.ts";
import { manualPage } from "../render/manual.ts";
import { version } from "../version.ts";

/** `nbft manual`: prints the manual page, for `man -l -` and for packagers. */
export default {
  define(command: Command, io: Io): void {
    command.action(async () => {
      io.out(manualPage(await describeCli(io), version, commandGroups()));
    });
  },
} satisfies CliCommand;
