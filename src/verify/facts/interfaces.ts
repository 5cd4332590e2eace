import type { InterfaceAddress } from "./addresses.ts";
import type { Attributes } from "./attributes.ts";

/** A network interface as the kernel shows it. */
export interface InterfaceFacts {
  readonly name: string;
  /** Lower case with colons. */
  readonly mac: string | undefined;
  /** VLAN id; 0 for an interface that is no VLAN. */
  readonly vlan: number;
  /** Interface below a VLAN. */
  readonly parent: string | undefined;
  readonly carrier: boolean | undefined;
  /** `segment:bus:device.function` of its PCI function. */
  readonly pci: string | undefined;
  readonly addresses: readonly InterfaceAddress[];
}

const net = "/sys/class/net";

/** Interfaces in a report's `network.attrs`, with the addresses that belong to them. */
export function readInterfaces(network: Attributes, addresses: readonly InterfaceAddress[]): InterfaceFacts[] {
  const vlans = vlansOf(network);
  return network.entries(net).map((name) => {
    const vlan = vlans.get(name);
    const carrier = network.value(`${net}/${name}/carrier`);
    return {
      name,
      mac: network.value(`${net}/${name}/address`)?.toLowerCase(),
      vlan: vlan?.id ?? 0,
      parent: vlan?.parent,
      carrier: carrier === undefined ? undefined : carrier === "1",
      // A virtio device is one step away from the PCI function that carries it.
      pci: slotOf(network, `${net}/${name}/device/uevent`) ?? slotOf(network, `${net}/${name}/device/../uevent`),
      addresses: addresses.filter((address) => address.interface === name),
    };
  });
}

function slotOf(network: Attributes, path: string): string | undefined {
  const line = network.lines(path)?.find((text) => text.startsWith("PCI_SLOT_NAME="));
  return line?.slice("PCI_SLOT_NAME=".length).trim();
}

/** `/proc/net/vlan/config` has a line for each: name, id, parent. */
function vlansOf(network: Attributes): Map<string, { id: number; parent: string }> {
  const vlans = new Map<string, { id: number; parent: string }>();
  for (const line of network.lines("/proc/net/vlan/config") ?? []) {
    const match = /^(\S+)\s*\|\s*(\d+)\s*\|\s*(\S+)/.exec(line);
    if (match) vlans.set(match[1]!, { id: Number(match[2]), parent: match[3]! });
  }
  return vlans;
}
