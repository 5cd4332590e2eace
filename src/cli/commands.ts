import type { CommandEntry } from "./command.ts";

/** Every command, in the order in which the help shows them. Add a command: one file in `commands/`, one row here. */
export const commands: readonly CommandEntry[] = [
  {
    name: "dump",
    summary: "show tables: as a tree, JSON, hex, or as nvme-cli does",
    load: async () => (await import("./commands/dump.ts")).default,
  },
  {
    name: "tables",
    summary: "list every ACPI table of a dump, capture, archive, memory image or machine",
    load: async () => (await import("./commands/tables.ts")).default,
  },
  {
    name: "qemu",
    summary: "print the QEMU command, or libvirt domain, of a machine that fits a table or boot description",
    load: async () => (await import("./commands/qemu.ts")).default,
  },
];
