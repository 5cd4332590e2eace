import type { AcpitableOption } from "./acpitable.ts";
import { formatAcpitable } from "./acpitable.ts";
import { type FwCfgArgument, formatFwCfg } from "./fw-cfg-argument.ts";
import { formatOption, type OptionPart } from "./option-text.ts";
import { formatSlot, type PciBridge, type PciPlace } from "./pci-places.ts";
import { parseMachine } from "./route.ts";
import { formatSmbios, type SmbiosSpec } from "./smbios.ts";

/** How a NIC of a machine is connected. */
export type NicBackend =
  /** QEMU's own network, without privileges. */
  | {
      /** QEMU's user network. */
      readonly kind: "user";
      /** IPv4 network with its prefix length, `192.168.101.0/24`; QEMU's own 10.0.2.0/24 where absent. */
      readonly network?: string | undefined;
      /** The address in it that is this host: its loopback, and the gateway to everything else. */
      readonly host?: string | undefined;
      /** The address of its name server. */
      readonly dns?: string | undefined;
      /** First address that its DHCP server gives. */
      readonly firstLease?: string | undefined;
      /** IPv6 prefix with its length. */
      readonly prefix?: string | undefined;
      /** Connections to an address of the network that go elsewhere. */
      readonly forwards?: readonly Forward[];
    }
  | {
      /** A bridge of this host, by QEMU's helper. */
      readonly kind: "bridge";
      /** Name of the bridge. */
      readonly name: string;
    }
  | {
      /** A TAP interface that exists already. */
      readonly kind: "tap";
      /** Name of the interface. */
      readonly name: string;
    }
  /** A unix stream socket (QEMU 7.2 and later), to another machine or to passt. */
  | {
      readonly kind: "stream";
      /** Path of the socket. */
      readonly path: string;
      /** Whether this machine listens and the other one connects; false unless given. */
      readonly server?: boolean;
    }
  /** A network that libvirt knows; for libvirt's XML only. */
  | {
      readonly kind: "libvirt";
      /** Name of the network. */
      readonly name: string;
    };

/** `address:port` inside a user network, and the command that a connection is given to. */
export interface Forward {
  /** IP address inside the user network. */
  readonly address: string;
  /** TCP port at that address. */
  readonly port: number;
  /** Host and port that the connection really goes to. */
  readonly to: string;
}

/** A NIC of a machine. */
export interface MachineNic {
  /** Id of its network. */
  readonly id: string;
  /** Lower case with colons. */
  readonly mac: string;
  /** QEMU's device, such as `virtio-net-pci`. */
  readonly model: string;
  /** Undefined where QEMU chooses. */
  readonly place?: PciPlace | undefined;
  /** What its network is connected to. */
  readonly backend: NicBackend;
}

/** How firmware is given. */
export type MachineFirmware =
  | {
      /** QEMU's own: SeaBIOS on a PC. */
      readonly kind: "default";
    }
  /** Code and variables in flash. */
  | {
      readonly kind: "flash";
      /** Path of the code, mapped read-only. */
      readonly code: string;
      /** Image format of the code; `raw` unless given. */
      readonly codeFormat?: string;
      /** The machine's own variables; made from the template where absent. */
      readonly vars?: string | undefined;
      /** Image format of the variables; `raw` unless given. */
      readonly varsFormat?: string;
      /** Path of the empty variable store that `vars` is made from. */
      readonly template?: string | undefined;
    }
  /** One file: `-bios`. */
  | {
      readonly kind: "bios";
      /** Path of the file. */
      readonly file: string;
    };

/** A disk of a machine. */
export interface MachineDisk {
  /** Path of the image, or another name that QEMU's `file=` takes. */
  readonly path: string;
  /** Image format, `raw` or `qcow2`. */
  readonly format: string;
  /** Logical block size in bytes; 512 unless given. */
  readonly blockSize?: number | undefined;
  /** Whether the guest may not write to it; writable unless given. */
  readonly readonly?: boolean;
}

/** A machine to be started: neutral between QEMU's command line and libvirt. */
export interface MachineSpec {
  /** What QEMU and libvirt show. */
  readonly name: string;
  /** As in `qemu-system-ARCHITECTURE`: `x86_64`, `aarch64`, … */
  readonly architecture: string;
  /** Machine type with options, for example `q35,acpi=off`. */
  readonly machine: string;
  /** `kvm`, `tcg`, …: QEMU takes the first that works, libvirt KVM where it is named. */
  readonly accelerators: readonly string[];
  /** CPU model: `max`, `host`, `cortex-a72`, … */
  readonly cpu: string;
  /** Number of virtual CPUs. */
  readonly cpus: number;
  /** MiB. */
  readonly memory: number;
  /** How QEMU is given the firmware. */
  readonly firmware: MachineFirmware;
  /** In the order in which QEMU gets them. */
  readonly nics: readonly MachineNic[];
  /** PCI bridges that the NICs' places need. */
  readonly bridges: readonly PciBridge[];
  /** Functions 0 that a device which does nothing has, so that a guest finds the NICs beside it. */
  readonly fillers?: readonly PciPlace[];
  /** ACPI tables that QEMU appends to its own (`-acpitable`). */
  readonly tables: readonly AcpitableOption[];
  /** fw_cfg items (`-fw_cfg`). */
  readonly fwCfg: readonly FwCfgArgument[];
  /** In the order in which QEMU gets them, each behind a virtio-blk controller. */
  readonly disks: readonly MachineDisk[];
  /** Texts of the SMBIOS tables; QEMU's own where absent. */
  readonly smbios?: SmbiosSpec | undefined;
  /** Path of the kernel that QEMU starts; the firmware chooses where absent. */
  readonly kernel?: string | undefined;
  /** Path of that kernel's initrd. */
  readonly initrd?: string | undefined;
  /** That kernel's command line. */
  readonly commandLine?: string | undefined;
  /** What its first serial port is connected to; the terminal, with QEMU's monitor, unless given. */
  readonly console?: string | undefined;
  /** More arguments in QEMU's own words. */
  readonly more?: readonly string[];
}

/** A command: a program and its arguments, each option with its value. */
export interface QemuCommand {
  /** `qemu-system-ARCHITECTURE`. */
  readonly program: string;
  /** One entry an option: its name, and its value where it has one. */
  readonly options: readonly (readonly string[])[];
}

/**
 * The QEMU command of a machine.
 *
 * @throws {EncodeError} when a table's path cannot be written in an `-acpitable` option.
 */
export function qemuCommand(spec: MachineSpec): QemuCommand {
  const options: (readonly string[])[] = [
    ["-name", formatOption([["", spec.name]])],
    ["-machine", spec.machine],
    ...spec.accelerators.map((name) => ["-accel", name]),
    ["-cpu", spec.cpu],
    ["-smp", String(spec.cpus)],
    ["-m", String(spec.memory)],
    ["-nodefaults"],
    ["-display", "none"],
    ["-serial", spec.console ?? "mon:stdio"],
    ...firmwareOptions(spec.firmware),
    ...spec.tables.map((table) => ["-acpitable", formatAcpitable(table)]),
    ...spec.fwCfg.map((item) => ["-fw_cfg", formatFwCfg(item)]),
    ...formatSmbios(spec.smbios ?? {}).map((text) => ["-smbios", text]),
    ...bridgeOptions(spec),
    ...fillerOptions(spec),
    ...spec.nics.flatMap((nic) => nicOptions(nic, spec)),
    ...spec.disks.flatMap((disk, i) => diskOptions(disk, i)),
    ...option("-kernel", spec.kernel),
    ...option("-initrd", spec.initrd),
    ...option("-append", spec.commandLine),
  ];
  if (spec.more && spec.more.length > 0) options.push(spec.more);
  return { program: `qemu-system-${spec.architecture}`, options };
}

function option(name: string, value: string | undefined): string[][] {
  return value === undefined ? [] : [[name, value]];
}

function firmwareOptions(firmware: MachineFirmware): string[][] {
  if (firmware.kind === "default") return [];
  if (firmware.kind === "bios") return [["-bios", firmware.file]];
  const flash = (file: string, format: string, readonly: boolean) => [
    "-drive",
    formatOption([
      ["if", "pflash"],
      ["format", format],
      ...(readonly ? [["readonly", "on"] as const] : []),
      ["file", file],
    ]),
  ];
  const code = flash(firmware.code, firmware.codeFormat ?? "raw", true);
  return firmware.vars === undefined ? [code] : [code, flash(firmware.vars, firmware.varsFormat ?? "raw", false)];
}

function bridgeOptions(spec: MachineSpec): string[][] {
  const { type } = parseMachine(spec.machine);
  return spec.bridges.flatMap(({ bus, device, root }, i) => {
    const slot = `0x${device.toString(16)}`;
    const parts: OptionPart[] =
      type === "pc"
        ? [
            ["", "pci-bridge"],
            ["id", `bus${bus}`],
            ["chassis_nr", String(bus)],
            ["addr", slot],
          ]
        : [
            ["", "pcie-root-port"],
            ["id", `bus${bus}`],
            ["bus", root ? `root${root.bus}` : "pcie.0"],
            ["chassis", String(bus)],
            ["addr", slot],
          ];
    const port = ["-device", formatOption(parts)];
    return root && spec.bridges[i - 1]?.root !== root ? [rootBus(root), port] : [port];
  });
}

/** A further root bus with its number. */
function rootBus({ bus, device }: NonNullable<PciBridge["root"]>): string[] {
  return [
    "-device",
    formatOption([
      ["", "pxb-pcie"],
      ["id", `root${bus}`],
      ["bus_nr", String(bus)],
      ["bus", "pcie.0"],
      ["addr", `0x${device.toString(16)}`],
    ]),
  ];
}

function placeParts(place: PciPlace, type: string): OptionPart[] {
  const root = type === "pc" ? "pci.0" : "pcie.0";
  return [
    ["bus", place.bus === 0 ? root : `bus${place.bus}`],
    ["addr", formatSlot(place)],
  ];
}

/** A source of random numbers, which every QEMU has, in each place where a guest looks for a function 0. */
function fillerOptions({ machine, fillers = [] }: MachineSpec): string[][] {
  const { type } = parseMachine(machine);
  return fillers.map((place) => [
    "-device",
    formatOption([["", "virtio-rng-pci"], ...placeParts(place, type), ["multifunction", "on"]]),
  ]);
}

function nicOptions(nic: MachineNic, spec: MachineSpec): string[][] {
  const { type } = parseMachine(spec.machine);
  const device: OptionPart[] = [["", nic.model]];
  if (nic.backend.kind !== "libvirt") device.push(["netdev", nic.id]);
  device.push(["mac", nic.mac]);
  if (nic.place) {
    device.push(...placeParts(nic.place, type));
    if (nic.place.function === 0 && hasSiblings(nic, spec)) device.push(["multifunction", "on"]);
  }
  // Without an option ROM the firmware's own boot from this card does not get in the way.
  if (type !== "microvm") device.push(["romfile", ""]);
  const backend = nic.backend.kind === "libvirt" ? [] : [["-netdev", backendOption(nic.id, nic.backend)]];
  return [...backend, ["-device", formatOption(device)]];
}

function hasSiblings(nic: MachineNic, spec: MachineSpec): boolean {
  return spec.nics.some(
    (other) => other !== nic && other.place?.bus === nic.place?.bus && other.place?.device === nic.place?.device,
  );
}

function backendOption(id: string, backend: Exclude<NicBackend, { kind: "libvirt" }>): string {
  switch (backend.kind) {
    case "bridge":
      return formatOption([
        ["", "bridge"],
        ["id", id],
        ["br", backend.name],
      ]);
    case "tap":
      return formatOption([
        ["", "tap"],
        ["id", id],
        ["ifname", backend.name],
        ["script", "no"],
        ["downscript", "no"],
      ]);
    case "stream":
      return formatOption([
        ["", "stream"],
        ["id", id],
        ["server", backend.server ? "on" : "off"],
        ["addr.type", "unix"],
        ["addr.path", backend.path],
      ]);
    case "user": {
      const parts: OptionPart[] = [
        ["", "user"],
        ["id", id],
      ];
      if (backend.network !== undefined) parts.push(["net", backend.network]);
      if (backend.host !== undefined) parts.push(["host", backend.host]);
      if (backend.dns !== undefined) parts.push(["dns", backend.dns]);
      if (backend.firstLease !== undefined) parts.push(["dhcpstart", backend.firstLease]);
      if (backend.prefix !== undefined) {
        const [prefix = "", length = "64"] = backend.prefix.split("/");
        parts.push(["ipv6-prefix", prefix], ["ipv6-prefixlen", length]);
      }
      for (const { address, port, to } of backend.forwards ?? []) {
        const [host = "", service = ""] = splitPortal(to);
        parts.push(["guestfwd", `tcp:${address}:${port}-cmd:nc ${host} ${service}`]);
      }
      return formatOption(parts);
    }
  }
}

function splitPortal(text: string): [string, string] {
  const at = text.lastIndexOf(":");
  return [text.slice(0, at).replace(/^\[|\]$/g, ""), text.slice(at + 1)];
}

function diskOptions(disk: MachineDisk, i: number): string[][] {
  const id = `disk${i}`;
  const device: OptionPart[] = [
    ["", "virtio-blk-pci"],
    ["drive", id],
  ];
  if (disk.blockSize !== undefined && disk.blockSize !== 512) {
    device.push(["logical_block_size", String(disk.blockSize)], ["physical_block_size", String(disk.blockSize)]);
  }
  const drive: OptionPart[] = [
    ["if", "none"],
    ["id", id],
    ["format", disk.format],
    ["file", disk.path],
  ];
  if (disk.readonly) drive.push(["readonly", "on"]);
  return [
    ["-drive", formatOption(drive)],
    ["-device", formatOption(device)],
  ];
}
