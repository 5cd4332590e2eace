import type { Diagnostic } from "../../diagnostic.ts";
import { qemuFinding } from "./rules.ts";

/** A place on a machine's PCI buses. */
export interface PciPlace {
  /** Bus number; 0 is the root bus. */
  readonly bus: number;
  /** Device (slot) on the bus, 0 to 31. */
  readonly device: number;
  /** Function of the device, 0 to 7. */
  readonly function: number;
}

/** A bridge that has to be there so that a bus has its number. */
export interface PciBridge {
  /** Number of the bus behind it, from 1. */
  readonly bus: number;
  /** Its own slot on its root bus. */
  readonly device: number;
  /** Its root bus, where that is not bus 0: a further one (pxb-pcie), with its number and its slot on bus 0. */
  readonly root?: { readonly bus: number; readonly device: number };
}

/** Where the cards of a machine go. */
export interface PciPlan {
  /** By position of the address asked for; undefined where QEMU chooses. */
  readonly places: readonly (PciPlace | undefined)[];
  /** By bus number; empty where every card is on bus 0. */
  readonly bridges: readonly PciBridge[];
  /** Functions 0 that some device must have, so that a guest looks for the other functions beside it. */
  readonly fillers: readonly PciPlace[];
  /** Cards that cannot be where they are wished (Q042), and those without a wish (Q043). */
  readonly diagnostics: readonly Diagnostic[];
}

/** Machine types with PCI, and the slots of bus 0 that are their own. */
const ownSlots: Readonly<Record<string, readonly number[]>> = {
  // Host bridge; ISA bridge with IDE and power management.
  pc: [0, 1],
  // Host bridge; LPC bridge with SATA and SMBus.
  q35: [0, 0x1f],
  virt: [0],
};

/** Firmware numbers buses by the slot of their bridge, lowest first; bridges start here unless a card has the slot. */
const firstBridgeSlot = 0x10;
/** Buses above this one are behind root ports of further root buses: there is no slot on bus 0 for as many bridges. */
const mostBridges = 15;

/**
 * Places cards where a table says they are: bus 0, behind as many bridges as the bus needs, or behind a root port of a root bus that begins just
 * before it. What a virtual machine cannot have is a finding, and left to QEMU.
 *
 * @param asked `0000:00:03.0`, or undefined for any place.
 * @param machine `q35`, `pc` or `virt`; any other has no PCI.
 */
export function planPci(asked: readonly (string | undefined)[], machine: string): PciPlan {
  const own = ownSlots[machine];
  const diagnostics: Diagnostic[] = [];
  const wanted = asked.map(parse);
  if (!own) {
    if (wanted.some((place) => place !== undefined))
      diagnostics.push(qemuFinding("Q042", "nics", `${machine} has no PCI: no card can be where the table says`));
    return { places: asked.map(() => undefined), bridges: [], fillers: [], diagnostics };
  }
  const used = new Map<string, number>();
  const places = wanted.map((place, i) => {
    const path = `nics[${i}].pci`;
    if (!place) {
      diagnostics.push(qemuFinding("Q043", path, "the table names no PCI place; QEMU chooses one"));
      return undefined;
    }
    const why = refusal(place, machine, own);
    const other = used.get(text(place));
    const trouble = why ?? (other === undefined ? undefined : `nics[${other}] is there already`);
    if (trouble) {
      diagnostics.push(qemuFinding("Q042", path, `${asked[i]}: ${trouble}`, "The card goes where QEMU has room"));
      return undefined;
    }
    used.set(text(place), i);
    return place;
  });
  const fillers = new Map<string, PciPlace>();
  for (const place of places) {
    const first = place && { bus: place.bus, device: place.device, function: 0 };
    if (first && !used.has(text(first))) fillers.set(text(first), first);
  }
  const slots = freeSlots(used);
  const buses = [...new Set(places.map((place) => place?.bus ?? 0))].sort((a, b) => a - b);
  const last = Math.max(...buses.filter((bus) => bus <= mostBridges), 0);
  const bridges = slots.slice(0, last).map((device, i): PciBridge => ({ bus: i + 1, device }));
  return {
    places,
    bridges: [...bridges, ...rootPorts(buses, slots.slice(last))],
    fillers: [...fillers.values()],
    diagnostics,
  };
}

/** Slots of bus 0 for bridges. */
function freeSlots(used: ReadonlyMap<string, number>): number[] {
  const all = Array.from({ length: 0x1f - firstBridgeSlot }, (_, i) => firstBridgeSlot + i);
  return all.filter((device) => ![...used.keys()].some((key) => key.startsWith(`0:${device}.`)));
}

/**
 * Root ports for the buses that are too far for bridges. Firmware gives the port of a root bus the number after that bus, the next port the one after
 * that, so that buses in a row share a root bus. Tried with QEMU 7.2, SeaBIOS and OVMF.
 */
function rootPorts(buses: readonly number[], slots: readonly number[]): PciBridge[] {
  const ports: PciBridge[] = [];
  for (const bus of buses.filter((each) => each > mostBridges)) {
    const before = ports.at(-1);
    const joins = before?.bus === bus - 1;
    const roots = new Set(ports.map(({ root }) => root!.bus)).size;
    const root = joins ? before.root! : { bus: bus - 1, device: slots[roots]! };
    ports.push({ bus, device: joins ? before.device + 1 : 0, root });
  }
  return ports;
}

function parse(address: string | undefined): (PciPlace & { segment: number }) | undefined {
  const match = /^([0-9a-f]{4}):([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/i.exec(address ?? "");
  if (!match) return undefined;
  const [segment = 0, bus = 0, device = 0, fn = 0] = match.slice(1).map((part) => Number.parseInt(part, 16));
  return { segment, bus, device, function: fn };
}

function refusal(place: PciPlace & { segment: number }, machine: string, own: readonly number[]): string | undefined {
  if (place.segment !== 0) return "the machine has segment 0 only";
  if (place.device > 0x1f) return "a bus has 32 devices";
  if (place.bus === 0) return own.includes(place.device) ? `slot ${place.device} is the machine's own` : undefined;
  if (place.bus > mostBridges && machine === "pc") return `a pc has no more than ${mostBridges} bridges`;
  if (place.bus === mostBridges + 1) return "there is no number for a root bus between it and those of bridges";
  if (machine === "pc") return place.device === 0 ? "behind a PCI bridge there is no device 0" : undefined;
  return place.device === 0 ? undefined : "behind a PCI Express port there is device 0 only";
}

function text({ bus, device, function: fn }: PciPlace): string {
  return `${bus}:${device}.${fn}`;
}

/** A place as QEMU's `addr` property: `0x3`, or `0x3.0x1`. */
export function formatSlot({ device, function: fn }: PciPlace): string {
  return fn === 0 ? `0x${device.toString(16)}` : `0x${device.toString(16)}.0x${fn.toString(16)}`;
}
