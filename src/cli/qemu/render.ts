import { resolve } from "node:path";
import { formatShell, shellComment, shellQuote } from "../../machine/qemu/command-text.ts";
import { libvirtDomain, neededLibvirt } from "../../machine/qemu/libvirt.ts";
import { type MachineFirmware, qemuCommand } from "../../machine/qemu/machine.ts";
import { describeNic } from "../../machine/qemu/plan.ts";
import { isBefore, type Route, routesFor } from "../../machine/qemu/route.ts";
import { escapeText } from "../../text/escape.ts";
import { formatJson } from "../../text/json.ts";
import { machineOf, type QemuOptions } from "./options.ts";
import type { PreparedMachine } from "./prepare.ts";

/** A shell script: what the machine is, what has to run before it, and its command. */
export function renderShell({ plan, needs, setup }: PreparedMachine, title: string): string {
  const { route, spec } = plan;
  const lines = ["#!/bin/sh", shellComment(`${title}: ${route.name} route, ${route.reason}`)];
  for (const note of route.notes) lines.push(shellComment(`  ${note}`));
  for (const [i, nic] of spec.nics.entries())
    lines.push(
      shellComment(
        `  ${nic.id} ${nic.mac} ${needs.nics[i]?.pci ?? "anywhere"}: ${escapeText(describeNic(needs.nics[i]!))}`,
      ),
    );
  lines.push("set -e");
  for (const words of setup) lines.push(words.map(shellQuote).join(" "));
  return `${lines.join("\n")}\nexec ${formatShell(qemuCommand(spec))}`;
}

/** The same as data. */
export function renderJson({ plan, needs, setup, findings }: PreparedMachine): string {
  const { program, options } = qemuCommand(plan.spec);
  const value = {
    program,
    arguments: options.flat(),
    setup,
    route: plan.route,
    otherRoutes: plan.others,
    needs,
    findings,
  };
  return formatJson(value);
}

/** A libvirt domain; libvirt takes absolute paths only. */
export function renderLibvirt({ plan: { spec } }: PreparedMachine, version: string | undefined): string {
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(path));
  return libvirtDomain(
    {
      ...spec,
      firmware: absoluteFirmware(spec.firmware),
      tables: spec.tables.map(({ file = [] }) => ({ file: file.map((path) => resolve(path)) })),
      fwCfg: spec.fwCfg.map((item) => ("file" in item ? { ...item, file: resolve(item.file) } : item)),
      disks: spec.disks.map((disk) => ({ ...disk, path: resolve(disk.path) })),
      kernel: absolute(spec.kernel),
      initrd: absolute(spec.initrd),
    },
    { version },
  );
}

/** What libvirt needs for a domain, and what has to run before it. */
export function libvirtNotes({ plan: { spec }, setup }: PreparedMachine, version: string | undefined): string[] {
  const needed = neededLibvirt(spec, { version });
  // libvirt copies the template by itself.
  const first = setup.filter(([program]) => program !== "cp");
  return [
    ...(needed === undefined ? [] : [libvirtNote(needed, version)]),
    ...first.map((words) => `run this first: ${words.map(shellQuote).join(" ")}`),
  ];
}

function libvirtNote(needed: string, version: string | undefined): string {
  if (version === undefined) return `needs libvirt ${needed} or later; for an older one say --libvirt-version VERSION`;
  return isBefore(version, needed)
    ? `needs libvirt ${needed} or later: ${version} does not take these flash files in qcow2, qemu-img convert -O raw makes files for it`
    : `needs libvirt ${needed} or later`;
}

function absoluteFirmware(firmware: MachineFirmware): MachineFirmware {
  if (firmware.kind === "default") return firmware;
  if (firmware.kind === "bios") return { kind: "bios", file: resolve(firmware.file) };
  const { code, vars, template } = firmware;
  return {
    ...firmware,
    code: resolve(code),
    vars: vars === undefined ? undefined : resolve(vars),
    template: template === undefined ? undefined : resolve(template),
  };
}

/** Every route of a machine with its reason. */
export function renderRoutes(options: QemuOptions): string {
  const seabios = options.firmware === "seabios" || (options.firmware === undefined && options.arch === "x86_64");
  const routes = routesFor({
    architecture: options.arch,
    machine: machineOf(options),
    firmware: seabios ? "seabios" : "ovmf",
    ...(options.kernelVersion !== undefined && { kernel: options.kernelVersion }),
    ...(options.qemuVersion !== undefined && { qemu: options.qemuVersion }),
  });
  return options.outputFormat === "json" ? formatJson(routes) : routes.map(routeLines).join("");
}

function routeLines({ name, usable, reason, notes }: Route): string {
  const lines = [`${usable ? "yes" : "no "} ${name}: ${reason}`, ...notes.map((note) => `      ${note}`)];
  return `${lines.join("\n")}\n`;
}
