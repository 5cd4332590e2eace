import { subnetOf } from "../../reach/subnet.ts";
import type { ExpectedInterface } from "../../verify/expectation.ts";

/** One network: the NICs of the host that are on it, and the NIC that the target has there. */
export interface Link {
  readonly id: number;
  readonly targetMac: string;
  readonly hostMacs: readonly string[];
}

/** Most networks of a lab. */
export const mostLinks = 8;

/** One network per MAC; MACs whose HFIs are in one and the same subnet share theirs, as they would at home. */
export function linksOf(interfaces: readonly ExpectedInterface[]): Link[] {
  const macs = [...new Set(interfaces.map(({ mac }) => mac))];
  const groups = macs.map((mac) => new Set([mac]));
  const bySubnet = new Map<string, string>();
  for (const { mac, vlan, address, prefix } of interfaces) {
    const network = address === undefined ? undefined : subnetOf(address, prefix);
    // Link-local networks have the same numbers everywhere and are not the same network.
    if (!network || network.text.startsWith("fe80:")) continue;
    const key = `${vlan} ${network.text}`;
    const other = bySubnet.get(key);
    if (other === undefined) bySubnet.set(key, mac);
    else merge(groups, mac, other);
  }
  return groups.map((group, id) => ({ id, targetMac: targetMac(id, macs), hostMacs: [...group] }));
}

function merge(groups: Set<string>[], one: string, other: string): void {
  const into = groups.find((group) => group.has(other))!;
  const from = groups.find((group) => group.has(one))!;
  if (into === from) return;
  for (const mac of from) into.add(mac);
  groups.splice(groups.indexOf(from), 1);
}

/** A locally administered address that no HFI has. */
function targetMac(id: number, taken: readonly string[]): string {
  let number = id;
  const text = () => `52:54:00:6e:62:${(number & 0xff).toString(16).padStart(2, "0")}`;
  while (taken.includes(text())) number += mostLinks;
  return text();
}
