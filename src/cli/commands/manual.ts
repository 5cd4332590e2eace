import { version } from "../../version.ts";
import type { RowCommand } from "../command.ts";
import { commands } from "../commands.ts";
import { commandGroups, describeCli } from "../help/describe-cli.ts";
import { commandPage, manualPage } from "../help/manual.ts";

/** `nbft manual [COMMAND]`: prints the manual page, or that of a command, for `man -l -` and for packagers. */
export default {
  words: [["[command]", "the command to write about", commands.map(({ name }) => name)]],
  rows: [],
  async run([name], _, io) {
    const entry = commands.find((each) => each.name === name);
    if (!entry) return io.out(manualPage(await describeCli(io), version, commandGroups()));
    const [text] = await describeCli(io, [entry]);
    const { manual } = await entry.load();
    io.out(commandPage(text!, manual, version));
  },
  manual: { examples: [["nbft manual plan | man -l -", "shows the page of a command"]] },
} satisfies RowCommand;
