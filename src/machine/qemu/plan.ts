import type { Diagnostic } from "../../diagnostic.ts";
import { EncodeError } from "../../errors.ts";
import type { FwCfgArgument } from "./fw-cfg-argument.ts";
import type { MachineDisk, MachineFirmware, MachineNic, MachineSpec, NicBackend } from "./machine.ts";
import type { MachineNeeds, NicNeed } from "./needs.ts";
import { userNetwork } from "./network.ts";
import { planPci } from "./pci-places.ts";
import { parseMachine, type Route, type RouteName, type RouteQuestion, routesFor } from "./route.ts";
import { qemuFinding } from "./rules.ts";
import type { SmbiosSpec } from "./smbios.ts";

/** What a machine is to be made of. */
export interface PlanOptions {
  /** What QEMU and libvirt show. */
  readonly name: string;
  /** As in `qemu-system-ARCHITECTURE`: `x86_64`, `aarch64`, … */
  readonly architecture: string;
  /** Machine type with options. */
  readonly machine: string;
  /** `kvm`, `tcg`, …: QEMU takes the first that works. */
  readonly accelerators: readonly string[];
  /** CPU model; `cortex-a72` on aarch64, else `max`, unless given. */
  readonly cpu?: string | undefined;
  /** Number of virtual CPUs. */
  readonly cpus: number;
  /** MiB. */
  readonly memory: number;
  /** How QEMU is given the firmware. */
  readonly firmware: MachineFirmware;
  /** Files of the tables and their sizes in bytes, where known. */
  readonly tables: readonly { readonly path: string; readonly size?: number | undefined }[];
  /** The way to take; the best one unless given. */
  readonly route?: RouteName | undefined;
  /** fw_cfg items of an injected set, for the table-loader route. */
  readonly items?: readonly FwCfgArgument[];
  /** What each NIC is connected to, by position, the last one for all that follow; QEMU's user network unless given. */
  readonly networks?: readonly NicBackend[];
  /** Where connections to targets on a user network go, as `HOST:PORT`. */
  readonly target?: string | undefined;
  /** Card model; virtio unless given. */
  readonly nicModel?: string | undefined;
  /** Path of a kernel for QEMU to start; without it no initrd can carry the table. */
  readonly kernel?: string | undefined;
  /** Path of that kernel's initrd. */
  readonly initrd?: string | undefined;
  /** The initrd that the initrd route makes from the tables and `initrd`. */
  readonly initrdWithTables?: string | undefined;
  /** That kernel's command line. */
  readonly commandLine?: string | undefined;
  /** None unless given. */
  readonly disks?: readonly MachineDisk[];
  /** fw_cfg items besides those of the table; none unless given. */
  readonly fwCfg?: readonly FwCfgArgument[];
  /** Texts of the SMBIOS tables; QEMU's own unless given. */
  readonly smbios?: SmbiosSpec | undefined;
  /** More arguments in QEMU's own words. */
  readonly more?: readonly string[];
  /** What is known about versions and firmware, to choose the way. */
  readonly facts?: Pick<RouteQuestion, "qemu" | "kernel" | "seabios" | "lockdown" | "broken">;
}

/** A machine, and how the table gets into it. */
export interface MachinePlan {
  /** The machine, ready for {@link qemuCommand} or libvirt. */
  readonly spec: MachineSpec;
  /** The way that is taken; `variables` where the firmware makes the table itself. */
  readonly route: Route;
  /** The other ways, and why they are not taken. */
  readonly others: readonly Route[];
  /** What the machine cannot have as the table says. */
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Plans the machine that a table, or a boot description, needs: a NIC for each MAC address at the PCI place that the table names, networks
 * that fit its addresses, and the table by the best way.
 *
 * @throws {EncodeError} when no way leads into the machine, or the wanted one does not; the message says why.
 */
export function planMachine(needs: MachineNeeds, options: PlanOptions): MachinePlan {
  const { route, others } = selectRoute(options);
  const machine = route.name === "table-loader" ? withoutAcpi(options.machine) : options.machine;
  const nics = planNics(needs, options);
  const byInitrd = route.name === "initrd";
  const spec: MachineSpec = {
    name: options.name,
    architecture: options.architecture,
    machine,
    accelerators: options.accelerators,
    cpu: options.cpu ?? (options.architecture === "aarch64" ? "cortex-a72" : "max"),
    cpus: options.cpus,
    memory: options.memory,
    firmware: options.firmware,
    nics: nics.nics,
    bridges: nics.bridges,
    fillers: nics.fillers,
    tables: route.name === "acpitable" ? options.tables.map(({ path }) => ({ file: [path] })) : [],
    fwCfg: [...(options.fwCfg ?? []), ...(route.name === "table-loader" ? (options.items ?? []) : [])],
    disks: options.disks ?? [],
    smbios: options.smbios,
    kernel: options.kernel,
    initrd: byInitrd ? (options.initrdWithTables ?? options.initrd) : options.initrd,
    commandLine: options.commandLine,
    more: options.more ?? [],
  };
  return { spec, route, others, diagnostics: nics.diagnostics };
}

function selectRoute(options: PlanOptions): { route: Route; others: Route[] } {
  const variables: Route = {
    name: "variables",
    usable: true,
    reason: "the firmware makes the table from its own variables",
    notes: ["needs a firmware with the NVMe-oF driver, such as Timberland's OVMF"],
  };
  if (options.tables.length === 0 || options.route === "variables") return { route: variables, others: [] };
  const { firmware } = options;
  const sizes = options.tables.flatMap(({ size }) => (size === undefined ? [] : [size]));
  const routes = routesFor({
    ...options.facts,
    architecture: options.architecture,
    machine: options.machine,
    firmware: firmware.kind === "default" ? (options.architecture === "aarch64" ? "none" : "seabios") : "ovmf",
    ...(sizes.length > 0 && { sizes }),
    initrd: options.kernel !== undefined,
  });
  const route =
    options.route === undefined
      ? routes.find(({ usable }) => usable)
      : routes.find(({ name }) => name === options.route);
  if (!route?.usable) {
    const reasons = (options.route === undefined ? routes : [route!]).map(({ name, reason }) => `${name}: ${reason}`);
    throw new EncodeError(`the table cannot get into this machine: ${reasons.join("; ")}`);
  }
  return { route, others: routes.filter((other) => other !== route) };
}

function withoutAcpi(machine: string): string {
  return parseMachine(machine).acpi ? `${machine},acpi=off` : machine;
}

function planNics(
  needs: MachineNeeds,
  options: PlanOptions,
): Required<Pick<MachineSpec, "nics" | "bridges" | "fillers">> & { diagnostics: Diagnostic[] } {
  const { type } = parseMachine(options.machine);
  const pci = planPci(
    needs.nics.map((nic) => nic.pci),
    type,
  );
  const diagnostics: Diagnostic[] = [...pci.diagnostics];
  if (needs.nics.length === 0)
    diagnostics.push(qemuFinding("Q043", "nics", "the table names no network interface: the machine gets none"));
  const model = options.nicModel ?? (type === "microvm" ? "virtio-net-device" : "virtio-net-pci");
  const nics = needs.nics.map((nic, i): MachineNic => {
    const given = options.networks?.[Math.min(i, options.networks.length - 1)];
    const path = `nics[${i}]`;
    let backend: NicBackend;
    if (given === undefined || given.kind === "user") {
      const shaped = userNetwork(nic, path, needs.destinations, options.target);
      diagnostics.push(...shaped.diagnostics);
      backend = shaped.backend;
    } else backend = numbered(given, i);
    return { id: `net${i}`, mac: nic.mac, model, place: pci.places[i], backend };
  });
  return { nics, bridges: pci.bridges, fillers: pci.fillers, diagnostics };
}

/** `{n}` in a bridge's, tap's or socket's name is the NIC's number, from 0. */
function numbered(backend: NicBackend, i: number): NicBackend {
  const fill = (text: string) => text.replaceAll("{n}", String(i));
  if (backend.kind === "user") return backend;
  return backend.kind === "stream"
    ? { ...backend, path: fill(backend.path) }
    : { ...backend, name: fill(backend.name) };
}

/**
 * The same machine for a capture of its tables: the same cards, disks, CPUs and memory, with nothing behind them that could be changed.
 */
export function captureShape(spec: MachineSpec): MachineSpec {
  const { firmware } = spec;
  return {
    ...spec,
    firmware: firmware.kind === "flash" ? { kind: "flash", code: firmware.code } : firmware,
    nics: spec.nics.map((nic) => ({ ...nic, backend: { kind: "user" } })),
    disks: spec.disks.map((disk) => ({ ...disk, path: "null-co://", format: "raw" })),
    accelerators: ["tcg"],
    console: "null",
    tables: [],
    fwCfg: [],
    kernel: undefined,
    initrd: undefined,
    commandLine: undefined,
  };
}

/** One line about a NIC, for a person: what lives on it. */
export function describeNic({ names, networks }: NicNeed): string {
  const parts = networks.map(({ address, prefixLength, vlan, dhcp }, i) => {
    const how =
      address === undefined ? (dhcp ? "DHCP" : "no address") : `${address}/${prefixLength}${dhcp ? " by DHCP" : ""}`;
    return `${names[i]}: ${how}${vlan ? ` in VLAN ${vlan}` : ""}`;
  });
  return parts.join(", ");
}
