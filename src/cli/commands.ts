import type { CommandEntry } from "./command.ts";

/** Every command, in the order in which the help shows them. Add a command: one file in `commands/`, one row here. */
export const commands: readonly CommandEntry[] = [
  {
    name: "dump",
    summary: "show tables: as a tree, JSON, hex, or as nvme-cli does",
    load: async () => (await import("./commands/dump.ts")).default,
  },
  {
    name: "validate",
    summary: "check tables against the specification and against what shipping readers do",
    load: async () => (await import("./commands/validate.ts")).default,
  },
  {
    name: "rules",
    summary: "list the rules of validate, or explain some",
    load: async () => (await import("./commands/rules.ts")).default,
  },
  {
    name: "repair",
    summary: "mend what can be mended safely, each repair tied to a rule",
    load: async () => (await import("./commands/repair.ts")).default,
  },
  {
    name: "diff",
    summary: "tell what two tables say differently",
    load: async () => (await import("./commands/diff.ts")).default,
  },
  {
    name: "corpus",
    summary: "write tables for testing readers: sound and malformed, with what is expected of each",
    load: async () => (await import("./commands/corpus.ts")).default,
  },
  {
    name: "mutate",
    summary: "write mutants of a table, made by what its bytes are",
    load: async () => (await import("./commands/mutate.ts")).default,
  },
  {
    name: "report",
    summary: "draw tables: a page with picture, tree, bytes and findings, or the picture alone",
    load: async () => (await import("./commands/report.ts")).default,
  },
  {
    name: "encode",
    summary: "make a table from its document or from a boot description",
    load: async () => (await import("./commands/encode.ts")).default,
  },
  {
    name: "init",
    summary: "write a boot description: ready-made, from a few options, or from a table",
    load: async () => (await import("./commands/init.ts")).default,
  },
  {
    name: "predict",
    summary: "say which table the Timberland OVMF will publish, byte for byte",
    load: async () => (await import("./commands/predict.ts")).default,
  },
  {
    name: "tables",
    summary: "list every ACPI table of a dump, capture, archive, memory image or machine",
    load: async () => (await import("./commands/tables.ts")).default,
  },
  {
    name: "plan",
    summary: "list the connections that nvme connect-all --nbft will try, in order",
    load: async () => (await import("./commands/plan.ts")).default,
  },
  {
    name: "explain",
    summary: "say what each Linux consumer will do with a table, and where they disagree",
    load: async () => (await import("./commands/explain.ts")).default,
  },
  {
    name: "network",
    summary: "print the network configuration of a table for dracut, NetworkManager or systemd-networkd",
    load: async () => (await import("./commands/network.ts")).default,
  },
  {
    name: "qemu",
    summary: "print the QEMU command, or libvirt domain, of a machine that fits a table or boot description",
    load: async () => (await import("./commands/qemu.ts")).default,
  },
  {
    name: "lab",
    summary: "boot tables in virtual machines, with a real target, and prove what became of them",
    load: async () => (await import("./commands/lab.ts")).default,
  },
  {
    name: "verify",
    summary: "judge a boot, claim by claim, by the evidence that it left",
    load: async () => (await import("./commands/verify.ts")).default,
  },
  {
    name: "collect",
    summary: "print the script that gathers a boot's evidence on any machine",
    load: async () => (await import("./commands/collect.ts")).default,
  },
  {
    name: "vars",
    summary: "read and write the firmware's variables in OVMF_VARS.fd and its like, without a firmware",
    load: async () => (await import("./commands/vars.ts")).default,
  },
  {
    name: "attempt",
    summary: "check, format and convert the text that the firmware's setattempt reads",
    load: async () => (await import("./commands/attempt.ts")).default,
  },
  {
    name: "initrd",
    summary: "put tables before an initrd, where Linux takes them from",
    load: async () => (await import("./commands/initrd.ts")).default,
  },
  {
    name: "efidisk",
    summary: "write an EFI disk: startup.nsh, the attempts' Config, your EFI files",
    load: async () => (await import("./commands/efidisk.ts")).default,
  },
  {
    name: "target",
    summary: "print the configuration of a Linux soft target that serves a boot",
    load: async () => (await import("./commands/target.ts")).default,
  },
  {
    name: "doctor",
    summary: "say what this machine can do: programs, firmware, acceleration",
    load: async () => (await import("./commands/doctor.ts")).default,
  },
  {
    name: "completion",
    summary: "print completion for bash, zsh or fish",
    load: async () => (await import("./commands/completion.ts")).default,
  },
  {
    name: "manual",
    summary: "print the manual page",
    load: async () => (await import("./commands/manual.ts")).default,
  },
];
