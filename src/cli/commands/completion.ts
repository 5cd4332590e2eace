import { Argument, type Command } from "commander";
import type { CliCommand } from "../command.ts";
import { completionScript, type Shell, shells } from "../help/completion.ts";
import { describeCli } from "../help/describe-cli.ts";
import type { Io } from "../io.ts";

/** `nbft completion SHELL`: prints a script that completes command lines. */
export default {
  define(command: Command, io: Io): void {
    command
      .addArgument(new Argument("<shell>", "the shell to write for").choices(shells))
      .action(async (shell: Shell) => {
        io.out(completionScript(shell, await describeCli(io)));
      });
  },
  manual: {
    examples: [["nbft completion bash > ~/.local/share/bash-completion/completions/nbft", "installs completion"]],
  },
} satisfies CliCommand;
