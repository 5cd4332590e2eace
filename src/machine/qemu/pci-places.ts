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
  /** Its own slot on bus 0. */
  readonly device: number;
}

/** Where the cards of a machine go. */
export interface PciPlan {
  /** By position of the address asked for; undefined where QEMU chooses. */
  readonly places: readonly (PciPlace | undefined)[];
  /** By bus number, from 1; empty where every card is on bus 0. */
  readonly bridges: readonly PciBridge[];
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
const mostBuses = 15;

/**
 * Places cards where a table says they are: bus 0, or behind as many bridges as the highest bus needs. What a virtual machine cannot have is a
 * finding, and left to QEMU.
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
    return { places: asked.map(() => undefined), bridges: [], diagnostics };
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
  for (const [i, place] of places.entries()) {
    if (place && place.function > 0 && !used.has(text({ ...place, function: 0 })))
      diagnostics.push(
        qemuFinding(
          "Q042",
          `nics[${i}].pci`,
          `${asked[i]}: a guest finds function ${place.function} only beside a function 0`,
        ),
      );
  }
  const buses = Math.max(0, ...places.map((place) => place?.bus ?? 0));
  const bridges: PciBridge[] = [];
  for (let device = firstBridgeSlot; bridges.length < buses && device < 0x1f; device++) {
    if (![...used.keys()].some((key) => key.startsWith(`0:${device}.`)))
      bridges.push({ bus: bridges.length + 1, device });
  }
  return { places, bridges, diagnostics };
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
  if (place.bus > mostBuses) return `more than ${mostBuses} bridges`;
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
