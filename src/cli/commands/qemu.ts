import { mkdirSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import { type FwCfgItems, fwCfgItems, readFwCfgTree } from "../../acpi/fw-cfg-capture.ts";
import { uuidIn } from "../../boot/defaults.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { captureFwCfg } from "../../node/capture-fw-cfg.ts";
import { openTree } from "../../node/file-tree.ts";
import { findFirmware } from "../../node/firmware.ts";
import { inspectFile } from "../../node/inspect.ts";
import { writeFileAtomic } from "../../node/write-file.ts";
import { checkMachine } from "../../qemu/check-machine.ts";
import { formatShell, shellComment, shellQuote } from "../../qemu/command-text.ts";
import type { FwCfgArgument } from "../../qemu/fw-cfg-argument.ts";
import { injectionArguments, injectTables, itemFileName } from "../../qemu/inject.ts";
import { libvirtDomain } from "../../qemu/libvirt.ts";
import { type MachineFirmware, type NicBackend, qemuCommand } from "../../qemu/machine.ts";
import { type MachineNeeds, needsOfBoot, needsOfTables } from "../../qemu/needs.ts";
import { ovmfSwitch, ovmfSwitches } from "../../qemu/ovmf-switches.ts";
import { captureShape, describeNic, type MachinePlan, type PlanOptions, planMachine } from "../../qemu/plan.ts";
import { parseMachine, type RouteName, routesFor } from "../../qemu/route.ts";
import { escapeText } from "../../text/escape.ts";
import { type BootSource, readBootSource } from "../boot-source.ts";
import type { CliCommand } from "../command.ts";
import { type Io, raise, UsageError } from "../io.ts";
import { addSourceArguments, type SourceArguments } from "../sources.ts";

interface QemuOptions extends SourceArguments {
  readonly outputFormat: "shell" | "json" | "libvirt";
  readonly check?: true;
  readonly route?: RouteName;
  readonly arch: "x86_64" | "aarch64";
  readonly machine?: string;
  readonly memory: number;
  readonly cpus: number;
  readonly cpu?: string;
  readonly accel?: readonly string[];
  readonly firmware?: string;
  readonly code?: string;
  readonly vars?: string;
  readonly template?: string;
  readonly net?: readonly NicBackend[];
  readonly target?: string;
  readonly nicModel?: string;
  readonly kernel?: string;
  readonly initrd?: string;
  readonly append?: string;
  readonly disk?: readonly { path: string; blockSize: number }[];
  readonly table?: string;
  readonly uuid?: string;
  readonly oemString?: readonly string[];
  readonly fwCfg?: readonly FwCfgArgument[];
  readonly switch?: readonly FwCfgArgument[];
  readonly name?: string;
  readonly capture?: string;
  readonly items?: string;
  readonly kernelVersion?: string;
  readonly qemuVersion?: string;
  readonly libvirtVersion?: string;
}

/** Everything that the output is made from. */
interface Result {
  readonly plan: MachinePlan;
  readonly needs: MachineNeeds;
  /** Commands that have to run once before the machine. */
  readonly setup: readonly (readonly string[])[];
  readonly findings: readonly Diagnostic[];
}

async function prepare(sources: readonly string[], options: QemuOptions, io: Io): Promise<Result> {
  const source = readBootSource(sources, options, io);
  const needs =
    source.kind === "boot"
      ? needsOfBoot(source.boot)
      : needsOfTables(source.tables.map(({ reading }) => reading.table));
  const setup: string[][] = [];
  const firmware = firmwareOf(options, setup);
  const byFirmware =
    options.route === "variables" ||
    (options.vars !== undefined && options.route === undefined && source.kind === "boot");
  const tables = byFirmware ? [] : tableFiles(source, options, setup);
  if (byFirmware && source.kind === "boot" && options.vars !== undefined) {
    setup.push(["nbft", "vars", "set", options.vars, "--attempts", source.path, "--no-backup"]);
  }
  const base: PlanOptions = {
    name: options.name ?? "nbft",
    architecture: options.arch,
    machine: options.machine ?? (options.arch === "aarch64" ? "virt" : "q35"),
    accelerators: options.accel ?? ["kvm", "tcg"],
    cpu: options.cpu,
    cpus: options.cpus,
    memory: options.memory,
    firmware,
    tables,
    route: options.route,
    networks: options.net ?? [],
    target: options.target,
    nicModel: options.nicModel,
    kernel: options.kernel,
    initrd: options.initrd,
    commandLine: options.append,
    disks: (options.disk ?? []).map((disk) => ({ format: "raw", ...disk })),
    fwCfg: [...(options.fwCfg ?? []), ...(options.switch ?? [])],
    smbios: smbiosOf(options, needs),
    facts: { kernel: options.kernelVersion, qemu: options.qemuVersion } as NonNullable<PlanOptions["facts"]>,
  };
  const plan = await planWith(base, source, options, setup);
  const findings = [...plan.diagnostics, ...(options.check ? checkMachine(plan.spec, inspectFile) : [])];
  return { plan, needs, setup, findings };
}

/** Plans, and makes what the chosen way needs: an initrd, or a set of items. */
async function planWith(
  base: PlanOptions,
  source: BootSource,
  options: QemuOptions,
  setup: string[][],
): Promise<MachinePlan> {
  const first = planMachine(needsFor(source), base);
  if (first.route.name === "initrd") {
    const out = options.initrd === undefined ? "nbft-initrd.img" : `nbft-${basename(options.initrd)}`;
    const paths = base.tables.map(({ path }) => path);
    setup.push([
      "nbft",
      "initrd",
      ...paths,
      ...(options.initrd === undefined ? [] : ["--base", options.initrd]),
      "-o",
      out,
    ]);
    return planMachine(needsFor(source), { ...base, initrdWithTables: out });
  }
  if (first.route.name !== "table-loader") return first;
  if (source.kind === "boot")
    throw new UsageError("the table-loader route needs the table itself: make it with nbft encode first");
  if (options.items === undefined)
    throw new UsageError("the table-loader route writes fw_cfg items: say where with --items DIR");
  const capture = await readCapture(needsFor(source), base, options);
  const injection = injectTables(
    capture,
    source.tables.map(({ bytes }) => bytes),
  );
  mkdirSync(options.items, { recursive: true });
  const fileOf = (item: string) => join(options.items!, itemFileName(item));
  for (const [item, bytes] of injection.items) writeFileAtomic(fileOf(item), bytes);
  const plan = planMachine(needsFor(source), { ...base, items: injectionArguments(injection, fileOf) });
  return { ...plan, diagnostics: [...injection.diagnostics, ...plan.diagnostics] };
}

function needsFor(source: BootSource): MachineNeeds {
  return source.kind === "boot"
    ? needsOfBoot(source.boot)
    : needsOfTables(source.tables.map(({ reading }) => reading.table));
}

/** The captured items: of a folder, or of the very machine that is planned, started once without a guest. */
async function readCapture(needs: MachineNeeds, base: PlanOptions, options: QemuOptions): Promise<FwCfgItems> {
  if (options.capture !== undefined && options.capture !== "auto") return readFwCfgTree(openTree(options.capture));
  const bare = planMachine(needs, { ...base, tables: [] });
  const { program, options: words } = qemuCommand(captureShape(bare.spec));
  const args = words.filter(([name]) => name !== "-display").flat();
  const { items } = await captureFwCfg({
    command: [program, ...args],
    architecture: options.arch,
    firmwareTime: parseMachine(base.machine).type === "virt" ? 0 : 4000,
  });
  return fwCfgItems(Object.fromEntries(items));
}

function firmwareOf(options: QemuOptions, setup: string[][]): MachineFirmware {
  const { firmware, code, vars, template } = options;
  if (code !== undefined) {
    if (template !== undefined && vars !== undefined) setup.push(["cp", "-n", template, vars]);
    return { kind: "flash", code, vars, template };
  }
  const wanted = firmware ?? (options.arch === "aarch64" || vars !== undefined ? "uefi" : "seabios");
  if (wanted === "seabios") return { kind: "default" };
  if (wanted !== "uefi" && wanted !== "ovmf" && wanted !== "aavmf") return { kind: "bios", file: wanted };
  const machine = options.machine ?? (options.arch === "aarch64" ? "virt" : "q35");
  const found = findFirmware({ architecture: options.arch, machine: parseMachine(machine).type });
  if (found?.mapping.device !== "flash")
    throw new UsageError(
      `no UEFI firmware for ${options.arch} ${machine} is described in /usr/share/qemu/firmware: name it with --code and --vars`,
    );
  const { executable, nvramTemplate } = found.mapping;
  const own = vars ?? "nbft-vars.fd";
  const from = template ?? nvramTemplate;
  if (from === undefined) return { kind: "flash", code: executable };
  setup.push(["cp", "-n", from, own]);
  return { kind: "flash", code: executable, vars: own, template: from };
}

function tableFiles(source: BootSource, options: QemuOptions, setup: string[][]): PlanOptions["tables"] {
  if (source.kind === "boot") {
    const path = options.table ?? `${basename(source.path).replace(/\.[^.]*$/, "")}.nbft`;
    setup.push(["nbft", "encode", source.path, "-o", path]);
    return [{ path }];
  }
  return source.tables.map(({ path, bytes, container }, i) => {
    if (container === undefined && path !== "-") return { path, size: bytes.length };
    // A table inside a container has no file of its own yet.
    if (options.table === undefined)
      throw new UsageError(`${escapeText(path)} is inside a container: name a file for it with --table FILE`);
    const file = source.tables.length === 1 ? options.table : `${options.table}${i + 1}`;
    writeFileAtomic(file, bytes);
    return { path: file, size: bytes.length };
  });
}

function smbiosOf(options: QemuOptions, needs: MachineNeeds): PlanOptions["smbios"] {
  const uuid = options.uuid === "host" ? uuidIn(needs.hostNqn ?? "") : options.uuid;
  if (options.uuid === "host" && uuid === undefined) throw new UsageError("the host NQN has no UUID for --uuid host");
  if (uuid === undefined && !options.oemString) return undefined;
  return { ...(uuid !== undefined && { uuid }), ...(options.oemString && { oemStrings: options.oemString }) };
}

function renderShell({ plan, needs, setup }: Result, title: string): string {
  const lines = ["#!/bin/sh", shellComment(`${title}: ${plan.route.name} route, ${plan.route.reason}`)];
  for (const note of plan.route.notes) lines.push(shellComment(`  ${note}`));
  for (const [i, nic] of plan.spec.nics.entries())
    lines.push(
      shellComment(
        `  ${nic.id} ${nic.mac} ${needs.nics[i]?.pci ?? "anywhere"}: ${escapeText(describeNic(needs.nics[i]!))}`,
      ),
    );
  lines.push("set -e");
  for (const words of setup) lines.push(words.map(shellQuote).join(" "));
  return `${lines.join("\n")}\nexec ${formatShell(qemuCommand(plan.spec))}`;
}

function renderJson({ plan, needs, setup, findings }: Result): string {
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
  return `${JSON.stringify(value, null, 2)}\n`;
}

function renderLibvirt({ plan }: Result, version: string | undefined): string {
  // libvirt takes absolute paths only.
  const { spec } = plan;
  const absolute = (path: string | undefined) => (path === undefined ? undefined : resolve(path));
  const firmware = spec.firmware;
  return libvirtDomain(
    {
      ...spec,
      firmware:
        firmware.kind === "flash"
          ? {
              ...firmware,
              code: resolve(firmware.code),
              vars: absolute(firmware.vars),
              template: absolute(firmware.template),
            }
          : firmware.kind === "bios"
            ? { kind: "bios", file: resolve(firmware.file) }
            : firmware,
      tables: spec.tables.map((table) => ({
        ...table,
        ...(table.file && { file: table.file.map((path) => resolve(path)) }),
      })),
      fwCfg: spec.fwCfg.map((item) => ("file" in item ? { ...item, file: resolve(item.file) } : item)),
      disks: spec.disks.map((disk) => ({ ...disk, path: resolve(disk.path) })),
      kernel: absolute(spec.kernel),
      initrd: absolute(spec.initrd),
    },
    { version },
  );
}

/** `nbft qemu SOURCE…`: prints the command of a machine that fits a table. Exits 1 when `--check` finds an error. */
export default {
  define(command: Command, io: Io): void {
    const number = (text: string) => {
      if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError("expected a whole number from 1 on");
      return Number(text);
    };
    const collect =
      <T>(parse: (text: string) => T) =>
      (text: string, list: readonly T[] = []) => [...list, parse(text)];
    addSourceArguments(command)
      .addOption(
        new Option("-o, --output-format <format>", "what to print")
          .choices(["shell", "json", "libvirt"])
          .default("shell"),
      )
      .option("--check", "look at files, sizes, pairs, ids and names first; exit 1 on an error")
      .addOption(
        new Option("--route <route>", "how the table gets in").choices([
          "acpitable",
          "initrd",
          "table-loader",
          "variables",
        ]),
      )
      .addOption(new Option("--arch <arch>", "architecture").choices(["x86_64", "aarch64"]).default("x86_64"))
      .option("--machine <type>", "machine type with options (default: q35, or virt)")
      .option("--memory <mib>", "memory in MiB", number, 1024)
      .option("--cpus <n>", "number of CPUs", number, 2)
      .option("--cpu <model>", "CPU model")
      .addOption(
        new Option("--accel <name>", "accelerator; repeat for a fallback (default: kvm, tcg)").argParser(
          collect((text) => text),
        ),
      )
      .option("--firmware <name>", "seabios, uefi (found by QEMU's firmware descriptors), or a file for -bios")
      .option("--code <file>", "firmware code for flash")
      .option("--vars <file>", "the machine's own firmware variables")
      .option("--template <file>", "variables to copy to --vars when that is not there")
      .addOption(
        new Option(
          "--net <backend>",
          "user, bridge:NAME, tap:NAME, stream:PATH or libvirt:NAME; {n} is the NIC's number; repeat for each NIC",
        ).argParser(collect(parseBackend)),
      )
      .option("--target <host:port>", "where the table's targets really are, for the user network")
      .option("--nic-model <model>", "card model (default: virtio-net-pci)")
      .option("--kernel <file>", "kernel to boot")
      .option("--initrd <file>", "its initrd")
      .option("--append <text>", "its command line")
      .addOption(new Option("--disk <file[,block-size=4096]>", "raw disk; repeat").argParser(collect(parseDisk)))
      .option("--table <file>", "file for the table of a boot description, or of a container")
      .option("--uuid <uuid>", "system UUID, or host: that of the host NQN")
      .addOption(new Option("--oem-string <text>", "SMBIOS OEM string; repeat").argParser(collect((text) => text)))
      .addOption(
        new Option("--fw-cfg <name=string>", "fw_cfg item; NAME=@FILE for a file; repeat").argParser(
          collect(parseItem),
        ),
      )
      .addOption(
        new Option("--switch <key=value>", `OVMF switch: ${ovmfSwitches.map(({ key }) => key).join(", ")}`).argParser(
          collect(parseSwitch),
        ),
      )
      .option("--name <name>", "name of the machine", "nbft")
      .option("--capture <dir>", "captured fw_cfg items for the table-loader route; auto: capture from QEMU", "auto")
      .option("--items <dir>", "where the table-loader route writes its items")
      .option("--kernel-version <version>", "the guest's Linux, to choose the route")
      .option("--qemu-version <version>", "QEMU's version, to choose the route")
      .option("--libvirt-version <version>", "libvirt's version; before 11.2 tables go on QEMU's command line")
      .option("--routes", "list every route for this machine with its reason, and stop")
      .action(async (sources: string[], options: QemuOptions & { routes?: true }) => {
        if (options.routes) return printRoutes(options, io);
        const result = await prepare(sources, options, io);
        for (const { severity, path, message, hint } of result.findings)
          io.err(`nbft: ${severity}: ${path}: ${escapeText(message)}${hint === undefined ? "" : ` (${hint})`}\n`);
        if (options.check && result.findings.some(({ severity }) => severity === "error")) raise(io, 1);
        if (options.outputFormat === "json") io.out(renderJson(result));
        else if (io.exitCode > 0) return;
        else if (options.outputFormat === "libvirt") io.out(renderLibvirt(result, options.libvirtVersion));
        else io.out(renderShell(result, sources.join(" ")));
      });
  },
} satisfies CliCommand;

function printRoutes(options: QemuOptions, io: Io): void {
  const machine = options.machine ?? (options.arch === "aarch64" ? "virt" : "q35");
  const firmware =
    options.firmware === "seabios" || (options.firmware === undefined && options.arch === "x86_64")
      ? "seabios"
      : "ovmf";
  const routes = routesFor({
    architecture: options.arch,
    machine,
    firmware,
    ...(options.kernelVersion !== undefined && { kernel: options.kernelVersion }),
    ...(options.qemuVersion !== undefined && { qemu: options.qemuVersion }),
  });
  if (options.outputFormat === "json") io.out(`${JSON.stringify(routes, null, 2)}\n`);
  else
    for (const { name, usable, reason, notes } of routes) {
      io.out(`${usable ? "yes" : "no "} ${name}: ${reason}\n`);
      for (const note of notes) io.out(`      ${note}\n`);
    }
}

function parseBackend(text: string): NicBackend {
  const [kind = "", ...rest] = text.split(":");
  const name = rest.join(":");
  if (kind === "user" && name === "") return { kind: "user" };
  if (name !== "" && kind === "stream") return { kind, path: name };
  if (name !== "" && (kind === "bridge" || kind === "tap" || kind === "libvirt")) return { kind, name };
  throw new InvalidArgumentError("expected user, bridge:NAME, tap:NAME, stream:PATH or libvirt:NAME");
}

function parseDisk(text: string): { path: string; blockSize: number } {
  const match = /^(.+?)(?:,block-size=(512|4096))?$/.exec(text);
  if (!match) throw new InvalidArgumentError("expected FILE or FILE,block-size=4096");
  return { path: match[1]!, blockSize: Number(match[2] ?? 512) };
}

function parseItem(text: string): FwCfgArgument {
  const match = /^([^=]+)=(@?)(.+)$/s.exec(text);
  if (!match) throw new InvalidArgumentError("expected NAME=STRING or NAME=@FILE");
  return match[2] === "@" ? { name: match[1]!, file: match[3]! } : { name: match[1]!, string: match[3]! };
}

function parseSwitch(text: string): FwCfgArgument {
  const [key = "", ...rest] = text.split("=");
  const item = ovmfSwitch(key, rest.join("="));
  if (typeof item === "string") throw new InvalidArgumentError(item);
  return item;
}
