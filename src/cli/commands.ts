import type { CommandEntry } from "./command.ts";

/** Every command, in the order in which the help shows them. Add a command: one file in `commands/`, one row here. */
export const commands: readonly CommandEntry[] = [
  {
    name: "dump",
    summary: "show tables: as a tree, JSON, hex, or as nvme-cli does",
    load: async () => (await import("./commands/dump.ts")).default,
  },
];
