import type { RowCommand } from "../command.ts";
import { completionScript, type Shell, shells } from "../help/completion.ts";
import { describeCli } from "../help/describe-cli.ts";

/** `nbft completion SHELL`: prints a script that completes command lines. */
export default {
  words: [["<shell>", "the shell to write for", shells]],
  rows: [],
  async run([shell], _, io) {
    io.out(completionScript(shell as Shell, await describeCli(io)));
  },
  manual: {
    examples: [["nbft completion bash > ~/.local/share/bash-completion/completions/nbft", "installs completion"]],
  },
} satisfies RowCommand;
