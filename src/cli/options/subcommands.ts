import type { Command } from "commander";
import type { Io } from "../io.ts";

/** A subcommand: its name, what it does, and what adds its options and action. */
export type Subcommand = readonly [name: string, summary: string, define: (command: Command, io: Io) => void];

/** Adds subcommands. Where words of the command line name some, the others are names without options: these take longer than most actions. */
export function addSubcommands(command: Command, io: Io, argv: readonly string[], rows: readonly Subcommand[]): void {
  const named = rows.some(([name]) => argv.includes(name));
  for (const [name, summary, define] of rows) {
    const subcommand = command.command(name).summary(summary).description(summary);
    if (!named || argv.includes(name)) define(subcommand, io);
  }
}
