import { basename, join } from "node:path";
import { type FwCfgItems, fwCfgItems, readFwCfgTree } from "../../acpi/fw-cfg-capture.ts";
import { uuidIn } from "../../boot/defaults.ts";
import { READ_BY_ALL, tableOfBoot } from "../../boot/table.ts";
import type { Diagnostic } from "../../diagnostic.ts";
import { checkMachine, type InspectedFile } from "../../machine/qemu/check-machine.ts";
import { injectionArguments, injectTables, itemFileName } from "../../machine/qemu/inject.ts";
import { type MachineFirmware, qemuCommand } from "../../machine/qemu/machine.ts";
import { type MachineNeeds, needsOfBoot, needsOfTables } from "../../machine/qemu/needs.ts";
import { captureShape, type MachinePlan, type PlanOptions, planMachine } from "../../machine/qemu/plan.ts";
import { parseMachine } from "../../machine/qemu/route.ts";
import { encodeNbft } from "../../nbft/write/encode.ts";
import { captureFwCfg } from "../../node/capture-fw-cfg.ts";
import { openTree } from "../../node/file-tree.ts";
import { findFirmware } from "../../node/firmware.ts";
import { imageFormat } from "../../node/image-format.ts";
import { inspectFile } from "../../node/inspect.ts";
import { escapeText } from "../../text/escape.ts";
import { aboutFile, type Io, UsageError } from "../io.ts";
import { makeFolder, writeOutput } from "../output.ts";
import { type BootSource, bootSource } from "../sources/boot.ts";
import { accelerators, machineOf, type QemuOptions } from "./options.ts";

/** Everything that the output of `nbft qemu` is made from. */
export interface PreparedMachine {
  readonly plan: MachinePlan;
  readonly needs: MachineNeeds;
  /** Commands that have to run once before the machine. */
  readonly setup: readonly (readonly string[])[];
  readonly findings: readonly Diagnostic[];
}

/**
 * Plans the machine that the sources and options ask for.
 *
 * Writes files only where the user has named them: a table out of a container (`--table`), the items of the table-loader route (`--items`).
 */
export async function prepareMachine(
  sources: readonly string[],
  options: QemuOptions,
  io: Io,
): Promise<PreparedMachine> {
  const work = new Preparation(bootSource(sources, options, io), options, io);
  const plan = await work.plan();
  const findings = [...plan.diagnostics, ...(options.check ? work.check(plan) : [])];
  return { plan, needs: work.needs, setup: work.setup, findings };
}

class Preparation {
  readonly needs: MachineNeeds;
  readonly setup: string[][] = [];
  readonly #source: BootSource;
  readonly #options: QemuOptions;
  readonly #io: Io;
  /** Files that the setup commands will make, as they will be. */
  readonly #coming = new Map<string, Uint8Array>();

  constructor(source: BootSource, options: QemuOptions, io: Io) {
    this.#source = source;
    this.#options = options;
    this.#io = io;
    this.needs =
      source.kind === "boot"
        ? needsOfBoot(source.boot)
        : needsOfTables(source.tables.map(({ reading }) => reading.table));
  }

  /** Plans, and makes what the chosen way needs: an initrd, or a set of items. */
  async plan(): Promise<MachinePlan> {
    const base = this.#base();
    const first = planMachine(this.needs, base);
    if (first.route.name === "initrd") return this.#withInitrd(base);
    return first.route.name === "table-loader" ? this.#withItems(base) : first;
  }

  check({ spec }: MachinePlan): Diagnostic[] {
    return checkMachine(spec, (path) => {
      const bytes = this.#coming.get(path);
      return bytes === undefined ? inspectFile(path) : inMemory(bytes);
    });
  }

  #base(): PlanOptions {
    const options = this.#options;
    const source = this.#source;
    const firmware = this.#firmware();
    const byFirmware =
      options.route === "variables" ||
      (options.vars !== undefined && options.route === undefined && source.kind === "boot");
    const tables = byFirmware ? [] : this.#tables();
    if (byFirmware && source.kind === "boot" && options.vars !== undefined)
      this.setup.push(["nbft", "vars", "set", options.vars, "--attempts", source.path, "--no-backup"]);
    return {
      name: options.name,
      architecture: options.arch,
      machine: machineOf(options),
      accelerators: options.accel ?? accelerators,
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
      disks: (options.disk ?? []).map((disk) => ({ format: imageFormat(disk.path) ?? "raw", ...disk })),
      fwCfg: [...(options.fwCfg ?? []), ...(options.switch ?? [])],
      smbios: this.#smbios(),
      facts: {
        ...(options.kernelVersion !== undefined && { kernel: options.kernelVersion }),
        ...(options.qemuVersion !== undefined && { qemu: options.qemuVersion }),
      },
    };
  }

  #withInitrd(base: PlanOptions): MachinePlan {
    const { initrd } = this.#options;
    const made = initrd === undefined ? "nbft-initrd.img" : `nbft-${basename(initrd)}`;
    const paths = base.tables.map(({ path }) => path);
    this.setup.push(["nbft", "initrd", ...paths, ...(initrd === undefined ? [] : ["--base", initrd]), "-w", made]);
    this.#coming.set(made, new Uint8Array(0));
    return planMachine(this.needs, { ...base, initrdWithTables: made });
  }

  async #withItems(base: PlanOptions): Promise<MachinePlan> {
    const { items: folder, capture } = this.#options;
    if (this.#source.kind === "boot") {
      const name = escapeText(this.#source.path);
      throw new UsageError(
        `${name}: a boot description, and the table-loader route takes a table: nbft encode ${name} -w NBFT makes it`,
      );
    }
    if (folder === undefined)
      throw new UsageError("the table-loader route writes fw_cfg items: say where with --items DIR");
    const captured = await this.#capture(base);
    const tables = this.#source.tables.map(({ bytes }) => bytes);
    const injection = aboutFile(capture === "auto" ? "--capture auto" : capture, () => injectTables(captured, tables));
    makeFolder(folder);
    const fileOf = (item: string) => join(folder, itemFileName(item));
    for (const [item, bytes] of injection.items) writeOutput(this.#io, fileOf(item), bytes);
    const plan = planMachine(this.needs, { ...base, items: injectionArguments(injection, fileOf) });
    return { ...plan, diagnostics: [...injection.diagnostics, ...plan.diagnostics] };
  }

  /** The captured items: of a folder, or of the very machine that is planned, started once without a guest. */
  async #capture(base: PlanOptions): Promise<FwCfgItems> {
    const { capture, arch } = this.#options;
    if (capture !== "auto") return readFwCfgTree(openTree(capture));
    const bare = planMachine(this.needs, { ...base, tables: [] });
    const { program, options } = qemuCommand(captureShape(bare.spec));
    const args = options.filter(([name]) => name !== "-display").flat();
    const { items } = await captureFwCfg({
      command: [program, ...args],
      architecture: arch,
      firmwareTime: parseMachine(base.machine).type === "virt" ? 0 : 4000,
    });
    return fwCfgItems(Object.fromEntries(items));
  }

  #firmware(): MachineFirmware {
    const { firmware, code, vars, template, arch } = this.#options;
    if (code !== undefined) {
      if (template !== undefined && vars !== undefined) this.setup.push(["cp", "-n", template, vars]);
      return { kind: "flash", code, vars, template, ...formats(code, vars, template) };
    }
    const wanted = firmware ?? (arch === "aarch64" || vars !== undefined ? "uefi" : "seabios");
    if (wanted === "seabios") return { kind: "default" };
    if (wanted !== "uefi") return { kind: "bios", file: wanted };
    const machine = machineOf(this.#options);
    const found = findFirmware({ architecture: arch, machine: parseMachine(machine).type });
    if (found?.mapping.device !== "flash")
      throw new UsageError(
        `no UEFI firmware for ${arch} ${machine} is described in /usr/share/qemu/firmware: name it with --code and --vars`,
      );
    const { executable, nvramTemplate } = found.mapping;
    const from = template ?? nvramTemplate;
    const { nvramFormat } = found.mapping;
    // What the file is counts: a descriptor may say of a converted one what it was.
    const executableFormat = imageFormat(executable) ?? found.mapping.executableFormat;
    if (from === undefined) return { kind: "flash", code: executable, codeFormat: executableFormat };
    const own = vars ?? "nbft-vars.fd";
    this.setup.push(["cp", "-n", from, own]);
    // A copy has its template's format.
    const varsFormat = imageFormat(own) ?? imageFormat(from) ?? nvramFormat ?? "raw";
    return { kind: "flash", code: executable, codeFormat: executableFormat, vars: own, varsFormat, template: from };
  }

  #tables(): PlanOptions["tables"] {
    const { table } = this.#options;
    if (this.#source.kind === "boot") {
      const { path: from, boot } = this.#source;
      const path = table ?? `${basename(from).replace(/\.[^.]*$/, "")}.nbft`;
      // What nbft encode writes.
      const bytes = aboutFile(from, () => encodeNbft(tableOfBoot(boot, { revision: READ_BY_ALL })));
      // A script makes it; what libvirt reads has to be there.
      if (this.#options.outputFormat === "libvirt") writeOutput(this.#io, path, bytes);
      else this.setup.push(["nbft", "encode", from, "-w", path]);
      this.#coming.set(path, bytes);
      return [{ path, size: bytes.length }];
    }
    const { tables } = this.#source;
    return tables.map(({ path, bytes, container }, i) => {
      if (container === undefined && path !== "-") return { path, size: bytes.length };
      // A table inside a container has no file of its own yet.
      if (table === undefined)
        throw new UsageError(`${escapeText(path)}: inside a container: name a file for it with --table FILE`);
      const file = tables.length === 1 ? table : `${table}${i + 1}`;
      writeOutput(this.#io, file, bytes);
      return { path: file, size: bytes.length };
    });
  }

  #smbios(): PlanOptions["smbios"] {
    const { uuid: wanted, oemString } = this.#options;
    const uuid = wanted === "host" ? uuidIn(this.needs.hostNqn ?? "") : wanted;
    if (wanted === "host" && uuid === undefined) throw new UsageError("the host NQN has no UUID for --uuid host");
    if (uuid === undefined && !oemString) return undefined;
    return { ...(uuid !== undefined && { uuid }), ...(oemString && { oemStrings: oemString }) };
  }
}

function inMemory(bytes: Uint8Array): InspectedFile {
  return { size: bytes.length, head: (length) => bytes.slice(0, length), bytes: () => bytes };
}

/** The formats of the files that were named: their own, or that of the template which is copied. */
function formats(code: string, vars: string | undefined, template: string | undefined) {
  return {
    codeFormat: imageFormat(code) ?? "raw",
    varsFormat: (vars && imageFormat(vars)) ?? (template && imageFormat(template)) ?? "raw",
  };
}
