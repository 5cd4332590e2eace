import type { BootDescription } from "../../boot/description.ts";
import { readDiscoveryUri } from "../../nbft/discovery-uri.ts";
import type { NbftTable } from "../../nbft/table.ts";
import { IO_PORT } from "../../text/nvme.ts";

/** A network interface that a machine needs so that a table's addresses make sense. */
export interface NicNeed {
  /** Lower case with colons. */
  readonly mac: string;
  /** `0000:00:03.0`; undefined where the table names no place. */
  readonly pci?: string | undefined;
  /** The HFIs, or the names of interfaces, that live on it. */
  readonly names: readonly string[];
  /** By position of `names`: the network of each HFI or interface. */
  readonly networks: readonly NicNetwork[];
}

/** One network on an interface. */
export interface NicNetwork {
  /** VLAN id; 0 or undefined for untagged frames. */
  readonly vlan?: number | undefined;
  /** Address that the host has there, where it is known. */
  readonly address?: string | undefined;
  /** Bits of the network; undefined where the address is. */
  readonly prefixLength?: number | undefined;
  /** Address of the gateway; undefined for none. */
  readonly gateway?: string | undefined;
  /** Whether the address comes from a DHCP server. */
  readonly dhcp: boolean;
}

/** An address that the machine connects to. */
export interface Destination {
  /** IPv4 or IPv6 address without brackets. */
  readonly traddr: string;
  /** TCP port. */
  readonly trsvcid: number;
}

/** What a boot needs of the machine around it. */
export interface MachineNeeds {
  /** One for each MAC address, in the order in which the addresses first appear. */
  readonly nics: readonly NicNeed[];
  /** Targets and discovery controllers, each once. */
  readonly destinations: readonly Destination[];
  /** Host NQN and Host ID, as text. */
  readonly hostNqn?: string | undefined;
  /** Host ID as UUID text. */
  readonly hostId?: string | undefined;
}

/** What the machine needs that boots from some tables: one NIC for each MAC address. */
export function needsOfTables(tables: readonly NbftTable[]): MachineNeeds {
  const nics = new Nics();
  const destinations: Destination[] = [];
  for (const table of tables) {
    for (const hfi of table.hfi) {
      const info = hfi.transportInfo;
      if (!info || /^(00:){5}00$/.test(info.mac)) continue;
      const dhcp = info.flags.dhcpOverride || info.ipOrigin === "dhcp" || !isAny(info.dhcpServer);
      nics.add(info.mac, info.pciSbdf === "0000:00:00.0" ? undefined : info.pciSbdf, `HFI ${hfi.index}`, {
        vlan: info.vlan,
        address: isAny(info.ipAddress) ? undefined : info.ipAddress,
        prefixLength: info.subnetMaskPrefix,
        gateway: isAny(info.gateway) ? undefined : info.gateway,
        dhcp,
      });
    }
    for (const { traddr, trsvcid } of table.ssns)
      if (traddr !== undefined && !isAny(traddr)) add(destinations, { traddr, trsvcid: Number(trsvcid) || IO_PORT });
    for (const { uri } of table.discovery) {
      const parts = readDiscoveryUri(uri ?? "");
      if (parts.kind === "address") add(destinations, { traddr: parts.host, trsvcid: parts.port });
    }
  }
  const host = tables.find((table) => table.host)?.host;
  return { nics: nics.list(), destinations, hostNqn: host?.hostNqn, hostId: host?.hostId };
}

/** What the machine of a boot description needs. */
export function needsOfBoot(boot: BootDescription): MachineNeeds {
  const nics = new Nics();
  for (const { mac, pci, name, vlan, address, prefixLength, gateway, origin } of boot.interfaces)
    nics.add(mac, pci, name, { vlan, address, prefixLength, gateway, dhcp: origin === "dhcp" });
  const destinations: Destination[] = [];
  for (const { enabled, traddr, trsvcid } of boot.attempts) if (enabled) add(destinations, { traddr, trsvcid });
  for (const target of boot.targets)
    for (const { traddr, trsvcid } of target.portals) add(destinations, { traddr, trsvcid });
  return { nics: nics.list(), destinations, hostNqn: boot.host.nqn, hostId: boot.host.id };
}

function add(list: Destination[], { traddr, trsvcid }: Destination): void {
  if (!list.some((other) => other.traddr === traddr && other.trsvcid === trsvcid)) list.push({ traddr, trsvcid });
}

function isAny(address: string | undefined): boolean {
  return address === undefined || address === "0.0.0.0" || address === "::";
}

class Nics {
  readonly #byMac = new Map<string, { pci: string | undefined; names: string[]; networks: NicNetwork[] }>();

  add(mac: string, pci: string | undefined, name: string, network: NicNetwork): void {
    const nic = this.#byMac.get(mac) ?? { pci, names: [], networks: [] };
    nic.pci ??= pci;
    nic.names.push(name);
    nic.networks.push(network);
    this.#byMac.set(mac, nic);
  }

  list(): NicNeed[] {
    return [...this.#byMac].map(([mac, nic]) => ({ mac, ...nic }));
  }
}
