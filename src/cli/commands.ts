import type { CommandEntry } from "./command.ts";

/** Every command, in the order in which the help shows them. Add a command: one file in `commands/`, one row here. */
export const commands: readonly CommandEntry[] = [];
