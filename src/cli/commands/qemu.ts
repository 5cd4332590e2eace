import type { Command } from "commander";
import { escapeText } from "../../text/escape.ts";
import type { CliCommand } from "../command.ts";
import { type Io, note, raise } from "../io.ts";
import { addQemuOptions, type QemuOptions } from "../qemu/options.ts";
import { prepareMachine } from "../qemu/prepare.ts";
import { libvirtNotes, renderJson, renderLibvirt, renderRoutes, renderShell } from "../qemu/render.ts";

/** `nbft qemu SOURCE…`: prints the command of a machine that fits a table. Exits 1 when `--check` finds an error. */
export default {
  define(command: Command, io: Io): void {
    addQemuOptions(command, io).action(async (sources: string[], options: QemuOptions) => {
      if (options.routes) return io.out(renderRoutes(options));
      const machine = await prepareMachine(sources, options, io);
      for (const { severity, path, message, hint } of machine.findings)
        note(io, `${severity}: ${path}: ${escapeText(message)}${hint === undefined ? "" : ` (${hint})`}`);
      if (options.check && machine.findings.some(({ severity }) => severity === "error")) raise(io, 1);
      if (options.outputFormat === "json") io.out(renderJson(machine));
      else if (io.exitCode > 0) return;
      else if (options.outputFormat === "libvirt") {
        for (const text of libvirtNotes(machine, options.libvirtVersion)) note(io, text);
        io.out(renderLibvirt(machine, options.libvirtVersion));
      } else io.out(renderShell(machine, sources.join(" ")));
    });
  },
  manual: {
    examples: [["nbft qemu boot.yaml", "prints how to start QEMU with the table in it"]],
    one: "with --check: the machine cannot take the table",
  },
} satisfies CliCommand;
