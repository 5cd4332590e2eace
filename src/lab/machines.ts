import { imageFormat } from "../node/image-format.ts";
import type { Link } from "./topology/links.ts";
import type { HostNic } from "./topology/topology.ts";

/** How QEMU runs the guests' instructions. */
export type Acceleration = "kvm" | "tcg";

/** How two machines are joined: unix sockets from QEMU 7.2 on, TCP on the loopback address before; or not at all: networks that nobody else is on. */
export type Wiring =
  | { readonly kind: "stream" }
  | { readonly kind: "socket"; readonly ports: readonly number[] }
  | { readonly kind: "none" };

/** A virtual machine, as far as the lab's two have something in common. Files are relative to the folder that QEMU runs in. */
export interface VirtualMachine {
  /** Names its files: `NAME.console`, `NAME.report`, `NAME.serial`. */
  readonly name: string;
  readonly machine: "pc" | "q35";
  readonly acceleration: Acceleration;
  /** Megabytes. */
  readonly memory: number;
  readonly cpus: number;
  readonly kernel?: string | undefined;
  readonly initrd?: string | undefined;
  readonly commandLine?: string | undefined;
  /** The report comes by the second serial port alone, as from a guest that has no virtio. */
  readonly serialReport?: boolean | undefined;
  /** The second serial port is QEMU's standard input: what is said there the guest reads. */
  readonly listens?: boolean | undefined;
  /** Everything else, in QEMU's own words. */
  readonly more: readonly string[];
}

/** Slots of the lab's own devices: above those of NICs and bridges. */
const reportSlot = "0x1e";

/**
 * All that QEMU can emulate but what makes a guest slower: with `erms` and `fsrm` Linux and the C library copy byte by byte what they would copy by
 * words, `la57` adds a level to every walk of the page tables, and `smap`, `smep` and `pku` check what nobody here attacks.
 */
const emulatedProcessor = "max,erms=off,fsrm=off,la57=off,smap=off,smep=off,pku=off";

/** QEMU's arguments for a machine, without the program. */
export function machineArguments(machine: VirtualMachine): string[] {
  const { name, acceleration, kernel, initrd, commandLine } = machine;
  const accelerator =
    acceleration === "kvm"
      ? ["-accel", "kvm", "-cpu", "host"]
      : ["-accel", "tcg,thread=multi,tb-size=128", "-cpu", emulatedProcessor];
  return [
    ...["-name", `nbft-${name}`, "-M", machine.machine, ...accelerator],
    ...["-m", String(machine.memory), "-smp", String(machine.cpus)],
    ...["-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"],
    // The first serial port is the console; the second takes the report of a guest that has no virtio, or what is said to a guest that has.
    ...["-serial", `file:${name}.console`],
    ...(machine.listens
      ? ["-chardev", "stdio,id=words,signal=off", "-serial", "chardev:words"]
      : ["-serial", `file:${name}.serial`]),
    ...(machine.serialReport ? [] : reportPort(name)),
    ...(kernel === undefined ? [] : ["-kernel", kernel]),
    ...(initrd === undefined ? [] : ["-initrd", initrd]),
    ...(commandLine === undefined ? [] : ["-append", commandLine]),
    ...machine.more,
  ];
}

function reportPort(name: string): string[] {
  return [
    ...["-device", `virtio-serial-pci,addr=${reportSlot}`, "-chardev", `file,id=report,path=${name}.report`],
    ...["-device", "virtserialport,chardev=report,name=org.nbft.report"],
  ];
}

function backend(link: Link, server: boolean, wiring: Wiring): string {
  const id = `link${link.id}`;
  if (wiring.kind === "none") return `hubport,id=${id},hubid=${100 + link.id}`;
  if (wiring.kind === "stream")
    return `stream,id=${id},server=${server ? "on" : "off"},addr.type=unix,addr.path=${id}.sock`;
  return `socket,id=${id},${server ? "listen" : "connect"}=127.0.0.1:${wiring.ports[link.id]}`;
}

/** The target's end of each link: one NIC each. */
export function targetNics(links: readonly Link[], wiring: Wiring): string[] {
  return links.flatMap((link) => [
    ...["-netdev", backend(link, true, wiring)],
    ...["-device", `virtio-net-pci,netdev=link${link.id},mac=${link.targetMac},romfile=`],
  ]);
}

/** The host's NICs at their PCI places. NICs that share a link meet in a hub. */
export function hostNics(
  nics: readonly HostNic[],
  links: readonly Link[],
  buses: number,
  machine: "pc" | "q35",
  wiring: Wiring,
  model = "virtio-net-pci",
): string[] {
  const bridges = Array.from({ length: buses }, (_, i) => {
    // Bridges in ascending slots are numbered in that order by every firmware.
    const slot = `0x${(0x1d - buses + 1 + i).toString(16)}`;
    const id = `bus${i + 1}`;
    return machine === "q35"
      ? `pcie-root-port,id=${id},bus=pcie.0,addr=${slot},chassis=${i + 1}`
      : `pci-bridge,id=${id},bus=pci.0,addr=${slot},chassis_nr=${i + 1}`;
  });
  const args = bridges.flatMap((bridge) => ["-device", bridge]);
  for (const link of links) {
    args.push("-netdev", backend(link, false, wiring));
    if (link.hostMacs.length > 1)
      args.push("-netdev", `hubport,id=hub${link.id},hubid=${link.id},netdev=link${link.id}`);
  }
  const alone = nics.filter(
    ({ place }) => place.function > 0 && !nics.some((other) => sameSlot(other, place) && other.place.function === 0),
  );
  // A card whose first function is missing is not looked at further: something without meaning takes that place.
  for (const { place } of alone.filter((nic, i) => alone.findIndex((other) => sameSlot(other, nic.place)) === i))
    args.push("-device", `virtio-rng-pci,${slotOf(place, machine)}.0,multifunction=on`);
  for (const [i, { mac, place, link }] of nics.entries()) {
    const shared = links.find(({ id }) => id === link)!.hostMacs.length > 1;
    const netdev = shared ? `nic${i}` : `link${link}`;
    if (shared) args.push("-netdev", `hubport,id=nic${i},hubid=${link}`);
    const several = nics.some((other) => sameSlot(other, place) && other.place.function !== place.function);
    const multifunction = several || place.function > 0 ? ",multifunction=on" : "";
    args.push(
      "-device",
      `${model},netdev=${netdev},mac=${mac},${slotOf(place, machine)}.${place.function}${multifunction},romfile=`,
    );
  }
  return args;
}

function sameSlot(nic: HostNic, place: { bus: number; device: number }): boolean {
  return nic.place.bus === place.bus && nic.place.device === place.device;
}

function slotOf({ bus, device }: { bus: number; device: number }, machine: "pc" | "q35"): string {
  const name = bus > 0 ? `bus${bus}` : machine === "q35" ? "pcie.0" : "pci.0";
  return `bus=${name},addr=0x${device.toString(16)}`;
}

/** A disk, raw or qcow2, that is read from a file and never written to it. */
export function diskArguments(file: string, index: number, blockSize: 512 | 4096 = 512): string[] {
  const escaped = file.replaceAll(",", ",,");
  return [
    ...[
      "-drive",
      `if=none,id=disk${index},file=${escaped},format=${imageFormat(file) ?? "raw"},cache=unsafe,snapshot=on`,
    ],
    ...[
      "-device",
      `virtio-blk-pci,drive=disk${index}${blockSize === 512 ? "" : `,logical_block_size=${blockSize},physical_block_size=${blockSize}`}`,
    ],
  ];
}
