import type { PciPlace } from "../../machine/qemu/pci-places.ts";

/** Where the NICs go. */
export interface Placement {
  readonly machine: "pc" | "q35";
  /** Bridges that are needed so that the highest bus is there. */
  readonly buses: number;
  /** In the host: bus 0, or the bus of the N-th bridge. */
  readonly places: ReadonlyMap<string, PciPlace>;
  readonly remapped: readonly { readonly mac: string; readonly text: string }[];
}

const mostBuses = 8;
/** Slots of bus 0 that the machine's own devices take. */
const taken = { pc: [0, 1], q35: [0, 0x1f] } as const;
/** Slots for bridges and the lab's own devices, taken from the top when no NIC is there. */
const bridgesFrom = 0x1e;

/**
 * Gives each NIC the place that its table names, where a virtual machine can have one there; another one where not.
 *
 * @param wanted `segment:bus:device.function` by MAC.
 * @param machine decided by what the places need unless given.
 */
export function placeNics(
  wanted: readonly { readonly mac: string; readonly pci: string | undefined }[],
  machine?: "pc" | "q35",
): Placement {
  const parsed = wanted.map(({ mac, pci }) => ({ mac, pci, place: parsePlace(pci) }));
  // Slot 1 of a pc is its ISA bridge; device 0 of a further bus is where an Express port has its card.
  const express = parsed.some(({ place }) => place && (place.bus === 0 ? place.device === 1 : place.device === 0));
  const chosen = machine ?? (express ? "q35" : "pc");
  const places = new Map<string, PciPlace>();
  const remapped: { mac: string; text: string }[] = [];
  const used = new Set<string>();
  for (const { mac, pci, place } of parsed) {
    const why = pci === undefined ? undefined : whyNot(place, chosen, used);
    if (place && why === undefined) {
      places.set(mac, place);
      used.add(text(place));
    } else if (why !== undefined) remapped.push({ mac, text: `${pci}: ${why}` });
  }
  const buses = Math.max(0, ...[...places.values()].map(({ bus }) => bus));
  for (const { mac } of parsed) {
    if (places.has(mac)) continue;
    let device = 2;
    while ([...used].some((other) => other.startsWith(`0:${device}.`))) device++;
    places.set(mac, { bus: 0, device, function: 0 });
    used.add(`0:${device}.0`);
  }
  return {
    machine: chosen,
    buses,
    places,
    remapped: remapped.map(({ mac, text: why }) => ({
      mac,
      text: `${why}; its interface is at ${text(places.get(mac)!)}`,
    })),
  };
}

function parsePlace(pci: string | undefined): (PciPlace & { segment: number }) | undefined {
  const match = /^([0-9a-f]{4}):([0-9a-f]{2}):([0-9a-f]{2})\.([0-7])$/.exec(pci ?? "");
  if (!match) return undefined;
  const [segment, bus, device, fn] = match.slice(1).map((part) => Number.parseInt(part, 16)) as [
    number,
    number,
    number,
    number,
  ];
  return { segment, bus, device, function: fn };
}

function whyNot(
  place: (PciPlace & { segment: number }) | undefined,
  machine: "pc" | "q35",
  used: ReadonlySet<string>,
): string | undefined {
  if (!place) return "not a PCI place";
  if (place.segment !== 0) return "a virtual machine has segment 0 only";
  if (place.bus > mostBuses) return `the lab has buses 0 to ${mostBuses}`;
  if (place.bus === 0 && taken[machine].some((device) => device === place.device))
    return "a place of the machine's own devices";
  if (place.bus === 0 && place.device >= bridgesFrom - mostBuses) return "a place of the lab's own devices";
  if (place.bus > 0 && machine === "q35" && place.device !== 0)
    return "behind a PCI Express port there is device 0 only";
  if (place.bus > 0 && machine === "pc" && place.device === 0) return "behind a PCI bridge there is no device 0";
  return used.has(text(place)) ? "another interface is there" : undefined;
}

/** `bus:device.function` in hexadecimal. */
function text({ bus, device, function: fn }: PciPlace): string {
  return `${bus.toString(16)}:${device.toString(16)}.${fn}`;
}
