import { escapeText } from "../../text/escape.ts";
import type { RowCommand } from "../command.ts";
import { note, raise } from "../io.ts";
import { sourceWords } from "../options/table-rows.ts";
import { type QemuOptions, qemuRows } from "../qemu/options.ts";
import { prepareMachine } from "../qemu/prepare.ts";
import { libvirtNotes, renderJson, renderLibvirt, renderRoutes, renderShell } from "../qemu/render.ts";

/** `nbft qemu SOURCE…`: prints the command of a machine that fits a table. Exits 1 when `--check` finds an error. */
export default {
  words: sourceWords,
  rows: qemuRows,
  async run(sources, options, io) {
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
  },
  manual: {
    examples: [["nbft qemu boot.yaml", "prints how to start QEMU with the table in it"]],
    one: "with --check: the machine cannot take the table",
  },
} satisfies RowCommand<QemuOptions>;
